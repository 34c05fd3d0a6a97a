#pragma once
#include <string>

// The data folder: made if it is missing, readable by its owner alone, and one process at a time.
// Throws std::runtime_error when another one works in it.
class Folder {
 public:
  explicit Folder(const std::string& path);
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

 private:
  int lock_ = -1;
};
