#include <map>
#include <set>

#include "db/append_only.hpp"

namespace db {
namespace {

using Columns = std::set<std::string, std::less<>>;

Columns columns_of(Connection& c, schema::Dialect d, std::string_view table) {
  const bool sqlite = d == schema::Dialect::sqlite;
  Columns found;
  c.generated(sqlite ? "select name from pragma_table_info($1)"
                     : "select column_name::text from information_schema.columns where table_schema = current_schema() "
                       "and table_name = $1",
              std::array{to_arg(table)}, [&](const Row& row) { found.emplace(row.text(0)); });
  return found;
}

Columns recorded(Connection& c, std::string_view table) {
  Columns found;
  c.generated("select column_name from db_column where table_name = $1", std::array{to_arg(table)},
              [&](const Row& row) { found.emplace(row.text(0)); });
  return found;
}

void record(Connection& c, std::string_view table, const schema::Column& column) {
  c.generated(
      "insert into db_column (table_name, column_name, item) values ($1, $2, $3) "
      "on conflict (table_name, column_name) do update set item = excluded.item",
      std::array{to_arg(table), to_arg(column.name), to_arg(column.item.id)});
}

void bring(Connection& c, schema::Dialect d, const schema::Table& t) {
  const auto before = columns_of(c, d, t.name);
  const auto statements = schema::create(t, d);
  if (before.empty()) c.generated(statements.front());
  for (auto& column : t.columns)
    if (!before.empty() && !before.contains(column.name)) c.generated(schema::add_column(t, column, d));
  for (std::size_t i = 1; i < statements.size(); ++i) c.generated(statements[i]);
  for (auto& trigger : append_only_triggers(t, d)) c.generated(trigger);
  for (auto& column : t.columns) record(c, t.name, column);
}

// A column that a later version recorded is fine: an older program reads around it.
void refuse_unrecorded(Connection& c, schema::Dialect d, const schema::Table& t) {
  const auto known = recorded(c, t.name);
  for (auto& name : columns_of(c, d, t.name))
    if (!known.contains(name))
      throw std::runtime_error("the column " + std::string(t.name) + "." + name +
                               " is in the database but nobody declared it");
}

}  // namespace

void migrate(Connection& c, schema::Dialect d, std::span<const schema::Table> tables) {
  c.generated(
      "create table if not exists db_column (table_name text not null, column_name text not null, item text not null, "
      "primary key (table_name, column_name))");
  for (auto& words : append_only_words(d)) c.generated(words);
  for (auto& t : tables) {
    bring(c, d, t);
    refuse_unrecorded(c, d, t);
  }
}

}  // namespace db
