#include "db/look.hpp"

#include "db/postgres.hpp"
#include "db/sqlite.hpp"

namespace db {

schema::Dialect dialect_of(const Options& o) {
  return o.address.starts_with("postgres") ? schema::Dialect::postgres : schema::Dialect::sqlite;
}

std::unique_ptr<Connection> look(const Options& o, std::span<const schema::Table> tables) {
  if (dialect_of(o) == schema::Dialect::postgres) return std::make_unique<Postgres>(o.address, Postgres::Mode::read);
  return std::make_unique<Sqlite>(o.address.substr(o.address.find(':') + 1), tables, Sqlite::Mode::read);
}

std::map<std::string, std::map<std::string, std::string>> found_tables(Connection& c, schema::Dialect d) {
  std::map<std::string, std::map<std::string, std::string>> all;
  c.generated(d == schema::Dialect::sqlite
                  ? "select t.name, i.name, lower(i.type) from sqlite_master t join pragma_table_info(t.name) i "
                    "where t.type = 'table' and t.name not like 'sqlite~_%' escape '~'"
                  : "select table_name::text, column_name::text, data_type::text from information_schema.columns "
                    "where table_schema = current_schema()",
              {}, [&](const Row& row) { all[std::string(row.text(0))].emplace(row.text(1), row.text(2)); });
  return all;
}

}  // namespace db
