#include "core/inspector.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "base/error.hpp"
#include "base/log.hpp"

namespace {

constexpr int patience = 25;  // seconds; the other process gives up before
constexpr std::size_t longest_type = 100;

Error cannot() { return {Error::Kind::unavailable, "file.cannot_inspect", "Files cannot be looked at now"}; }

// The other process, and our end of the socket that is its standard input.
class Child {
 public:
  explicit Child(const std::filesystem::path& program) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) throw cannot();
    ours_ = ends[0];
    const timeval wait{patience, 0};
    ::setsockopt(ours_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    ::setsockopt(ours_, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    const bool started = spawn(program, ends[1]);
    ::close(ends[1]);
    if (started) return;
    ::close(ours_);
    throw cannot();
  }
  ~Child() {
    ::close(ours_);
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ended();
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  bool send(std::string_view bytes) {  // false: it takes no more
    while (!bytes.empty()) {
      const auto n = ::send(ours_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  void sent_all() { ::shutdown(ours_, SHUT_WR); }
  std::string_view receive() {  // empty: that was all
    const auto n = ::recv(ours_, buffer_.data(), buffer_.size(), 0);
    return {buffer_.data(), static_cast<std::size_t>(std::max<ssize_t>(n, 0))};
  }
  int ended() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {}
    pid_ = 0;
    return status;
  }

 private:
  bool spawn(const std::filesystem::path& program, int theirs) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    posix_spawn_file_actions_adddup2(&files, theirs, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    sigset_t none, pipe;
    sigemptyset(&none);
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &pipe);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    auto name = program.string();
    std::array<char*, 2> words{name.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    const int wrong = ::posix_spawn(&pid_, name.c_str(), &files, &how, words.data(), environment.data());
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
    return wrong == 0;
  }

  int ours_ = -1;
  pid_t pid_ = 0;
  std::array<char, 64 * 1024> buffer_;
};

// Its first line is the type; what follows are the bytes of a picture.
std::string receive_all(Child& child, const Inspector::Take& take) {
  std::string type;
  bool typed = false;
  for (auto bytes = child.receive(); !bytes.empty(); bytes = child.receive()) {
    if (!typed) {
      const auto end = bytes.find('\n');
      type += bytes.substr(0, end);
      bytes.remove_prefix(std::min(end == bytes.npos ? end : end + 1, bytes.size()));
      typed = end != bytes.npos;
      if (type.size() > longest_type) return {};
    }
    if (!bytes.empty()) take(bytes);
  }
  return typed ? type : std::string();
}

}  // namespace

std::optional<std::string> Inspector::look(Source& file, const Take& take) const {
  Child child(program_);
  bool taking = true;
  std::uint64_t at = 0;
  for (auto bytes = file.read(at); !bytes.empty(); bytes = file.read(at)) {
    at += bytes.size();
    taking = taking && child.send(bytes);
  }
  child.sent_all();
  auto type = receive_all(child, take);
  const int status = child.ended();
  if (WIFEXITED(status) && WEXITSTATUS(status) > 1) throw cannot();
  if (!WIFEXITED(status)) logging::warn("file.inspector_killed", {{"signal", WTERMSIG(status)}});
  if (status != 0 || type.empty()) return std::nullopt;
  return type;
}

std::filesystem::path inspecting_program() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "carillon_inspect";
}
