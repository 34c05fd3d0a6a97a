#include <cstdio>

#include "app/commands.hpp"
#include "app/tables.hpp"
#include "db/append_only.hpp"
#include "privacy/inventory.hpp"

int commands::schema(const Settings&, const Arguments& words) {
  if (has(words, "--inventory")) {
    std::printf("%s", privacy::inventory(app::all_tables, language_in(words)).c_str());
    return 0;
  }
  const auto dialect = has(words, "--postgres") ? schema::Dialect::postgres : schema::Dialect::sqlite;
  const auto print = [](const std::vector<std::string>& statements) {
    for (const auto& statement : statements) std::printf("%s;\n\n", statement.c_str());
  };
  print(db::append_only_words(dialect));
  for (const auto& table : app::all_tables) {
    print(schema::create(table, dialect));
    print(db::append_only_triggers(table, dialect));
  }
  return 0;
}
