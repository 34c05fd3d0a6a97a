#include "db/watch.hpp"

#include "db/database.hpp"

namespace db {

Watch::Watch(std::span<const schema::Table> tables) : empty_(":memory:", tables, Sqlite::Mode::write) {
  migrate(empty_, schema::Dialect::sqlite, tables);
}

std::vector<Guard> Watch::inspect(const Statement& sql) {
  const std::lock_guard hold(mutex_);
  return empty_.inspected(sql);
}

}  // namespace db
