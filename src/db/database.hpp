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

// Something that a single writer keeps in its memory beside the rows, so that it need not be
// written for every piece. All calls come on the writer's thread; only before_commit() may throw.
class Companion {
 public:
  virtual ~Companion() = default;
  virtual void piece_kept() = 0;                // the last piece is part of the batch
  virtual void piece_undone() = 0;              // the last piece never happened
  virtual void before_commit(Connection&) = 0;  // write what was put off
  virtual void committed() = 0;
  virtual void rolled_back() = 0;  // none of the batch happened
};

// One store with its threads. Both engines behind it; rooms never see it, only the Tx of their verb.
class Database {
 public:
  virtual ~Database() = default;
  virtual schema::Dialect dialect() const = 0;

  // Hands over all that gathered in one pass of the caller's loop. Never blocks.
  virtual void write(std::vector<Work>) = 0;
  virtual void read(std::vector<Work>) = 0;  // on a connection that cannot write

  // False: there are several writers, and nothing can be kept beside the rows. Null takes it away.
  // While no work is under way.
  virtual bool accompany(Companion*) { return false; }

  // Called around the answers to one commit of several pieces, on the writer's thread. Never where
  // each piece commits alone. While no work is under way.
  struct Around {
    std::function<void()> before, after;
  };
  virtual void answer_within(Around) {}

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
