#include "app/folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

Folder::Folder(const std::string& path) {
  std::filesystem::create_directories(path);
  ::chmod(path.c_str(), 0700);
  ::umask(0077);
  lock_ = ::open((path + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ < 0) throw std::runtime_error("cannot write to the data folder " + path);
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock_);
    throw std::runtime_error("another carillon works in the data folder " + path);
  }
}

Folder::~Folder() { ::close(lock_); }
