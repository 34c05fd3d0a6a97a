#pragma once
#include "privacy/key_store.hpp"

// Copies of the key store. Without the root key they open nothing, with it everything: so a copy lies
// neither beside the root key nor beside the data. All throw std::runtime_error with a sentence for people.
namespace privacy {

inline constexpr std::chrono::days key_backups_kept{7};

// The last copy, as the data folder remembers it.
struct KeyBackup {
  std::string folder, file;
  Time at;
};
BOOST_DESCRIBE_STRUCT(KeyBackup, (), (folder, file, at))

// Writes a copy into the folder and removes its own older ones there.
KeyBackup back_up_keys(KeyStore&, const std::filesystem::path& data, const std::filesystem::path& folder, Time now);
std::optional<KeyBackup> last_key_backup(const std::filesystem::path& data);

bool is_key_backup(const std::filesystem::path&);  // by its name

// Why no copy of the keys may lie in a folder; empty if it may.
std::string misplaced(const std::filesystem::path& folder, const std::filesystem::path& data);

// Fills a key store that is empty yet from a copy.
void restore_keys(const db::Options& store, const std::filesystem::path& copy);

}  // namespace privacy
