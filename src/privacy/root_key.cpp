#include "privacy/root_key.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <stdexcept>

namespace privacy {
namespace {

constexpr std::size_t longest = 4096;
constexpr auto variant = sodium_base64_VARIANT_ORIGINAL;

[[noreturn]] void fail(const std::filesystem::path& file, const char* why) {
  throw std::runtime_error(file.string() + " " + why);
}

class File {
 public:
  File(const std::filesystem::path& path, int flags)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

// Wiped like the keys that it holds.
struct Text {
  std::string value;
  ~Text() { sodium_memzero(value.data(), value.size()); }
};

void check(const std::filesystem::path& path, int fd) {
  struct stat is{};
  if (::fstat(fd, &is) != 0 || !S_ISREG(is.st_mode)) fail(path, "is not a file");
  if ((is.st_mode & 077) != 0) fail(path, "can be read by others; nobody but its owner may (mode 0600)");
  if (is.st_uid != ::geteuid() && is.st_uid != 0) fail(path, "belongs to somebody else");
}

std::pair<int, SecretKey> parse(const std::filesystem::path& path, std::string_view line) {
  int epoch = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), epoch);
  unsigned char key[SecretKey::size];
  std::size_t size = 0;
  const auto rest = line.substr(std::min(line.size(), static_cast<std::size_t>(end - line.data()) + 1));
  if (error != std::errc{} || epoch < 1 ||
      sodium_base642bin(key, sizeof key, rest.data(), rest.size(), nullptr, &size, nullptr, variant) != 0 ||
      size != sizeof key)
    fail(path, "is not a root key: it needs lines of a number and 32 bytes in base64");
  std::pair made{epoch, SecretKey(key)};
  sodium_memzero(key, sizeof key);
  return made;
}

void sync_folder(const std::filesystem::path& folder) {
  const File file(folder, O_RDONLY | O_DIRECTORY);
  if (file.get() < 0 || ::fsync(file.get()) != 0) fail(folder, "cannot be synced");
}

}  // namespace

RootKey::RootKey(const std::filesystem::path& folder) {
  if (folder.empty()) return;
  file_ = folder / "root.key";
  const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");  // NOLINT: before any thread
  if (const auto credential = std::filesystem::path(credentials ? credentials : "") / "root.key";
      credentials && std::filesystem::exists(credential)) {
    file_ = credential;
    handed_over_ = true;
  }
  if (handed_over_ || std::filesystem::exists(file_)) load();
}

bool RootKey::empty() const {
  const std::lock_guard hold(mutex_);
  return keys_.empty();
}
int RootKey::newest() const {
  const std::lock_guard hold(mutex_);
  return keys_.empty() ? 0 : keys_.rbegin()->first;
}
std::optional<SecretKey> RootKey::find(int epoch) {
  const std::lock_guard hold(mutex_);
  if (!keys_.contains(epoch) && !file_.empty() && std::filesystem::exists(file_)) load();
  const auto found = keys_.find(epoch);
  return found == keys_.end() ? std::nullopt : std::optional(found->second);
}

void RootKey::add() {
  const std::lock_guard hold(mutex_);
  if (handed_over_) fail(file_, "is handed over by systemd: add a newer line there and start again");
  auto more = keys_;
  more.emplace(keys_.empty() ? 1 : keys_.rbegin()->first + 1, SecretKey::random());
  save(more);
  keys_ = std::move(more);
}

void RootKey::forget_before(int epoch) {
  const std::lock_guard hold(mutex_);
  auto left = keys_;
  std::erase_if(left, [&](const auto& key) { return key.first < epoch; });
  if (handed_over_ || left.empty() || left.size() == keys_.size()) return;
  save(left);
  keys_ = std::move(left);
}

void RootKey::load() {
  const File file(file_, O_RDONLY);
  if (file.get() < 0) fail(file_, "cannot be read");
  check(file_, file.get());
  Text text{std::string(longest, '\0')};
  const auto size = ::read(file.get(), text.value.data(), longest);
  if (size <= 0) fail(file_, "is empty");
  std::map<int, SecretKey> read;
  std::string_view rest(text.value.data(), static_cast<std::size_t>(size));
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    if (!line.empty()) read.insert(parse(file_, line));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  keys_ = std::move(read);
}

// Another file first: whatever happens, the old keys or the new ones are there whole.
void RootKey::save(const std::map<int, SecretKey>& keys) {
  if (file_.empty()) return;
  Text text;
  text.value.reserve(longest);
  for (const auto& [epoch, key] : keys) {
    char encoded[sodium_base64_ENCODED_LEN(SecretKey::size, variant)];
    sodium_bin2base64(encoded, sizeof encoded, key.data(), SecretKey::size, variant);
    ((text.value += std::to_string(epoch)) += ' ') += encoded;
    text.value += '\n';
    sodium_memzero(encoded, sizeof encoded);
  }
  auto fresh = file_;
  fresh += ".new";
  std::filesystem::remove(fresh);
  {
    const File file(fresh, O_WRONLY | O_CREAT | O_EXCL);
    const auto size = static_cast<ssize_t>(text.value.size());
    if (file.get() < 0 || ::write(file.get(), text.value.data(), text.value.size()) != size || ::fsync(file.get()) != 0)
      fail(fresh, "cannot be written");
  }
  std::filesystem::rename(fresh, file_);
  sync_folder(file_.parent_path());
}

}  // namespace privacy
