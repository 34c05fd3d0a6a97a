#include "privacy/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>

namespace files {
namespace {

class Open {
 public:
  Open(const std::filesystem::path& path, int flags, mode_t mode = 0600)
      : path_(path),
        verb_((flags & O_ACCMODE) == O_RDONLY ? "read " : "write "),
        fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
    must(fd_ >= 0);
  }
  ~Open() {
    if (fd_ >= 0) ::close(fd_);
  }
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;

  void write(std::string_view text) {
    while (!text.empty()) {
      const auto n = ::write(fd_, text.data(), text.size());
      must(n > 0);
      text.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  void write_at(std::uint64_t offset, std::string_view text) {
    must(::lseek(fd_, static_cast<off_t>(offset), SEEK_SET) >= 0);
    write(text);
  }
  std::string read_at(std::uint64_t offset, std::size_t most) {
    std::string text(most, '\0');
    std::size_t size = 0;
    while (size < most) {
      const auto n = ::pread(fd_, text.data() + size, most - size, static_cast<off_t>(offset + size));
      must(n >= 0);
      if (n == 0) break;
      size += static_cast<std::size_t>(n);
    }
    text.resize(size);
    return text;
  }
  std::string read() {
    std::string all, part(64 * 1024, '\0');
    for (ssize_t n; (n = ::read(fd_, part.data(), part.size())) != 0;) {
      must(n > 0);
      all.append(part, 0, static_cast<std::size_t>(n));
    }
    return all;
  }
  void cut(std::size_t size) { must(::ftruncate(fd_, static_cast<off_t>(size)) == 0); }
  void sync() { must(::fsync(fd_) == 0); }

 private:
  void must(bool ok) const {
    if (!ok) throw std::runtime_error("cannot " + (verb_ + path_.string()));
  }
  std::filesystem::path path_;
  std::string verb_;
  int fd_;
};

void sync_folder_of(const std::filesystem::path& path) { Open(path.parent_path(), O_RDONLY | O_DIRECTORY).sync(); }

}  // namespace

// What cannot be read is not nothing: somebody would write it again, or cut it off.
std::string read(const std::filesystem::path& path) {
  return std::filesystem::exists(path) ? Open(path, O_RDONLY).read() : "";
}

void append(const std::filesystem::path& path, std::string_view text) {
  const bool fresh = !std::filesystem::exists(path);
  Open file(path, O_WRONLY | O_CREAT | O_APPEND);
  file.write(text);
  file.sync();
  if (fresh) sync_folder_of(path);
}

void create_private(const std::filesystem::path& path, std::string_view text) {
  auto part = path;
  part += ".new";
  std::filesystem::remove(part);
  {
    Open file(part, O_WRONLY | O_CREAT | O_EXCL);
    file.write(text);
    file.sync();
  }
  if (::link(part.c_str(), path.c_str()) != 0) throw std::runtime_error("cannot write " + path.string());
  std::filesystem::remove(part);
  sync_folder_of(path);
}

void cut(const std::filesystem::path& path, std::size_t size) {
  Open file(path, O_WRONLY);
  file.cut(size);
  file.sync();
}

void write_at(const std::filesystem::path& path, std::uint64_t offset, std::string_view text) {
  const bool fresh = !std::filesystem::exists(path);
  Open file(path, O_WRONLY | O_CREAT);
  file.write_at(offset, text);
  file.sync();
  if (fresh) sync_folder_of(path);
}

std::string read_at(const std::filesystem::path& path, std::uint64_t offset, std::size_t most) {
  return Open(path, O_RDONLY).read_at(offset, most);
}

void move(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::rename(from, to);
  sync_folder_of(to);
}

void make_folder(const std::filesystem::path& path) {
  if (std::filesystem::create_directories(path)) ::chmod(path.c_str(), 0700);
}

}  // namespace files
