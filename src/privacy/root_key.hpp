#pragma once
#include <filesystem>
#include <map>
#include <mutex>

#include "privacy/sealing.hpp"

namespace privacy {

// The key above all keys: a file that nobody but its owner can read, never part of a backup of data.
// One line a key, "EPOCH BASE64"; more than one while its rotation is under way. The newest wraps.
class RootKey {
 public:
  // $CREDENTIALS_DIRECTORY/root.key where systemd hands one over, else FOLDER/root.key. It may be
  // missing yet. Without a folder the key lives no longer than the program. Throws std::runtime_error if others can
  // read it or if it is not such a file.
  explicit RootKey(const std::filesystem::path& folder);

  bool empty() const;
  int newest() const;
  std::optional<SecretKey> find(int epoch);  // reads the file again before it says no
  void add();                                // the first key, or a newer one beside the others
  void forget_before(int epoch);             // nothing is wrapped with the older ones any more

 private:
  void load();
  void save(const std::map<int, SecretKey>&);

  std::filesystem::path file_;
  bool handed_over_ = false;  // by systemd: its owner writes it, not this program
  mutable std::mutex mutex_;
  std::map<int, SecretKey> keys_;
};

}  // namespace privacy
