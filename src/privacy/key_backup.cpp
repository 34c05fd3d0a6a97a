#include "privacy/key_backup.hpp"

#include <fmt/chrono.h>

#include "base/json.hpp"
#include "db/copy.hpp"
#include "privacy/files.hpp"
#include "privacy/keys_schema.hpp"

namespace privacy {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view begins = "keys-", ends = ".db";

// "keys-20260331T081500Z.db": sorted by name, they are sorted by age.
std::string name_at(Time t) {
  return fmt::format("{}{:%Y%m%dT%H%M%S}Z{}", begins, std::chrono::floor<std::chrono::seconds>(t), ends);
}

void remove_older(const fs::path& folder, Time now) {
  const auto oldest = name_at(now - key_backups_kept);
  std::vector<fs::path> old;
  for (const auto& entry : fs::directory_iterator(folder))
    if (is_key_backup(entry.path()) && entry.path().filename().string() < oldest) old.push_back(entry.path());
  for (const auto& path : old) fs::remove(path);
}

fs::path note_in(const fs::path& data) { return data / "keys-backup.json"; }

}  // namespace

bool is_key_backup(const fs::path& path) {
  const auto name = path.filename().string();
  return name.size() == name_at({}).size() && name.starts_with(begins) && name.ends_with(ends);
}

std::string misplaced(const fs::path& folder, const fs::path& data) {
  const auto relative = fs::weakly_canonical(folder).lexically_relative(fs::weakly_canonical(data));
  if (!relative.empty() && *relative.begin() != "..") return "it is part of the data folder";
  if (fs::exists(folder / "root.key")) return "root.key lies there, which opens every copy";
  if (fs::exists(folder / "carillon.db")) return "data lie there";
  return "";
}

KeyBackup back_up_keys(KeyStore& keys, const fs::path& data, const fs::path& folder, Time now) {
  if (const auto why = misplaced(folder, data); !why.empty())
    throw std::runtime_error("the keys are not copied to " + folder.string() + ": " + why);
  files::make_folder(folder);
  const auto name = name_at(now);
  auto part = folder / name;
  part += ".part";
  fs::remove(part);
  keys.copy_to(part);
  files::move(part, folder / name);
  remove_older(folder, now);
  const KeyBackup made{fs::weakly_canonical(folder).string(), name, now};
  fs::remove(note_in(data));
  files::create_private(note_in(data), json::dump(made));
  return made;
}

std::optional<KeyBackup> last_key_backup(const fs::path& data) {
  const auto text = files::read(note_in(data));
  return text.empty() ? std::nullopt : std::optional(json::parse<KeyBackup>(text));
}

void restore_keys(const db::Options& store, const fs::path& copy) {
  if (!fs::exists(copy)) throw std::runtime_error("there is no " + copy.string());
  const auto from_db = db::open({.address = "sqlite:" + copy.string(), .readers = 1}, keystore::tables);
  const auto to_db = db::open(store, keystore::tables);
  to_db->write_now([&](db::Connection& to) {
    if (!db::empty(to, keystore::tables))
      throw std::runtime_error("this installation has keys: a copy is only put where there are none");
    from_db->read_now([&](db::Connection& from) { db::copy(from, to, keystore::tables); });
  });
}

}  // namespace privacy
