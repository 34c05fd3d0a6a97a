#pragma once
#include <exception>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "db/ddl.hpp"
#include "db/tx.hpp"

namespace db {

// A piece of work for a database thread. `run` is called inside a transaction and undone if it
// throws; it may be run again (PostgreSQL, after a serialisation failure), so its only effects are
// rows and what it assigns anew. `done` is called once, on the database thread, after the commit or
// the rollback: with nothing when all of it is on disk, with the exception otherwise. It must not
// throw.
struct Work {
  std::move_only_function<void(Connection&)> run;
  std::move_only_function<void(std::exception_ptr)> done;
  std::int64_t lane = 0;  // work of one lane (a session) runs one at a time, in order; 0 is no lane
};

// One store with its threads. Both engines behind it; rooms never see it, only the Tx of their verb.
class Database {
 public:
  virtual ~Database() = default;
  virtual schema::Dialect dialect() const = 0;

  // Hands over all that gathered in one pass of the caller's loop. Never blocks.
  virtual void write(std::vector<Work>) = 0;
  virtual void read(std::vector<Work>) = 0;  // on a connection that cannot write

  // Runs one piece and waits for it; rethrows. For start-up, commands and tests.
  void write_now(std::function<void(Connection&)>);
  void read_now(std::function<void(Connection&)>);

  // Finishes what waits, then stops its threads. Later work is refused with Error server.stopping,
  // on the thread that hands it over.
  virtual void stop() = 0;
};

// "sqlite:FOLDER/carillon.db", or "postgresql://…".
struct Options {
  std::string address;
  int readers = 2;
  int writers = 4;  // PostgreSQL; SQLite has one
};
std::unique_ptr<Database> open(const Options&, std::span<const schema::Table>);
std::unique_ptr<Database> open_sqlite(const Options&, std::span<const schema::Table>);
std::unique_ptr<Database> open_postgres(const Options&, std::span<const schema::Table>);

// Brings the tables of a store to their declarations: creates what is missing, adds columns, and
// records each column with its item. Throws std::runtime_error for a column that nobody recorded.
void migrate(Connection&, schema::Dialect, std::span<const schema::Table>);

}  // namespace db
