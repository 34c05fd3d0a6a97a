#include <cstdio>

#include "app/commands.hpp"
#include "app/tables.hpp"
#include "db/ddl.hpp"
#include "privacy/inventory.hpp"

int commands::schema(const Settings&, const Arguments& words) {
  if (has(words, "--inventory")) {
    const auto language = option(words, "--language");
    std::printf("%s", privacy::inventory(app::all_tables, language == "zh-CN" ? Language::zh_CN : Language::en).c_str());
    return 0;
  }
  const auto dialect = has(words, "--postgres") ? schema::Dialect::postgres : schema::Dialect::sqlite;
  for (const auto& table : app::all_tables)
    for (const auto& statement : schema::create(table, dialect)) std::printf("%s;\n\n", statement.c_str());
  return 0;
}
