#include "app/assemble.hpp"

static constexpr const char* in_memory = "sqlite::memory:";

db::Options database_of(const Settings& s) {
  return {s.database.empty() ? "sqlite:" + s.data + "/carillon.db" : s.database, s.readers};
}

// Never in the database of the data: they must not share a backup.
db::Options keys_of(const Settings& s) {
  if (s.database == in_memory) return {in_memory};
  return {s.keys.empty() ? "sqlite:" + s.data + "/keys.db" : s.keys};
}
file::Limits limits_of(const Settings& s) {
  const auto mebibytes = [](int n) { return std::int64_t{n} << 20; };
  return {mebibytes(s.largest_file), mebibytes(s.member_space), mebibytes(s.organisation_space)};
}
std::string keys_folder(const Settings& s) { return s.database == in_memory ? "" : s.data; }

consent::Published published_by(const Settings& s) {
  constexpr Time effective = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};  // of version 0
  const privacy::Operator who{s.operator_name,     s.operator_department, s.operator_address,
                              s.operator_postcode, s.operator_email,      s.operator_phone};
  return {privacy::publish(app::all_tables, who, Language::zh_CN, effective),
          privacy::publish(app::all_tables, who, Language::en, effective)};
}
