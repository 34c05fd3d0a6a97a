#pragma once
#include <chrono>
#include <map>
#include <memory>

#include "base/error.hpp"
#include "db/tx.hpp"
#include "db/wall.hpp"

namespace db {
class Watch;
}
struct pg_conn;
struct pg_result;

namespace db {

// Another transaction was in the way: the same work may succeed when it is run again.
struct Collision final : Error {
  Collision() : Error(Kind::unavailable, "server.busy", "The server is busy; please try again") {}
};

// One connection to one server. Its constructor throws std::runtime_error when there is none. Lost
// later, it fails the work at hand with Error server.database and comes back with the next begin().
//
// With a watch, what a statement touches is inspected as on SQLite.
//
// The server infers the type of each parameter, and values travel as text: a bool travels as "1" or
// "0", which is a boolean where one is wanted and a number elsewhere, as SQLite sees it.
class Postgres final : public Connection {
 public:
  enum class Mode { read, write };
  Postgres(std::string address, Mode, Watch* = nullptr);

  std::int64_t generated(std::string_view sql, std::span<const Arg> args = {}, const Sink& each = {}) override;
  void lock(std::int64_t id) override;
  void begin() override;
  void commit() override;
  void rollback() noexcept override;

 private:
  using Clock = std::chrono::steady_clock;
  struct Close {
    void operator()(pg_conn*) const;
  };
  struct Clear {
    void operator()(pg_result*) const;
  };
  struct Prepared {
    std::string name;  // on the server
    std::vector<Guard> guards;
  };
  using Result = std::unique_ptr<pg_result, Clear>;

  std::int64_t run(const Statement&, std::span<const Arg>, const Sink&) override;
  std::string connect();  // why not, or nothing
  void reconnect();
  void lose();
  const Prepared& prepare(const Statement&);
  Result plain(const char* sql);
  static std::int64_t rows(const Result&, const Sink&);
  Result checked(pg_result*);
  [[noreturn]] void refuse(const pg_result*);

  std::string address_;
  Mode mode_;
  std::unique_ptr<pg_conn, Close> db_;
  Watch* watch_;
  std::map<std::pair<const char*, const char*>, Prepared> prepared_;  // by the literal's address and its room's
  Clock::time_point not_before_{};  // while the server is away, not every piece of work tries it
  std::chrono::milliseconds pause_{0};
};

}  // namespace db
