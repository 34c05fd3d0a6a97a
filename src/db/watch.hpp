#pragma once
#include <mutex>

#include "db/sqlite.hpp"

namespace db {

// Reads statements as SQLite does, and never runs them: so the wall stands on PostgreSQL, too, which does
// not say what a statement touches. The text of a statement is the same on both.
class Watch {
 public:
  explicit Watch(std::span<const schema::Table>);
  std::vector<Guard> inspect(const Statement&);  // throws std::logic_error as SQLite would

 private:
  std::mutex mutex_;
  Sqlite empty_;  // the tables, without a row
};

}  // namespace db
