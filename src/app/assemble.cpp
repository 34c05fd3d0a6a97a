#include "app/assemble.hpp"

db::Options database_of(const Settings& s) {
  return {s.database.empty() ? "sqlite:" + s.data + "/carillon.db" : s.database, s.readers};
}

consent::Published published_by(const Settings& s) {
  constexpr Time effective = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};  // of version 0
  const privacy::Operator who{s.operator_name, s.operator_department, s.operator_address,
                              s.operator_postcode, s.operator_email, s.operator_phone};
  return {privacy::publish(app::all_tables, who, Language::zh_CN, effective),
          privacy::publish(app::all_tables, who, Language::en, effective)};
}
