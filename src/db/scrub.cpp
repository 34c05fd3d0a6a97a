#include "db/scrub.hpp"

#include "db/postgres.hpp"
#include "db/sqlite.hpp"

namespace db {
namespace {

bool empty_log(const std::string& file) {
  Sqlite c(file, {}, Sqlite::Mode::write);
  bool done = false;
  c.generated("pragma wal_checkpoint(truncate)", {}, [&](const Row& row) { done = row.integer(0) == 0; });
  return done;
}

}  // namespace

bool scrub(const Options& o, const schema::Table& table) {
  if (!o.address.starts_with("postgres")) return empty_log(o.address.substr(o.address.find(':') + 1));
  Postgres(o.address, Postgres::Mode::write).generated("vacuum " + std::string(table.name));
  return true;
}

}  // namespace db
