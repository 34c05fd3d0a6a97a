#pragma once
#include <map>
#include <memory>

#include "db/tx.hpp"
#include "db/wall.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace db {

// One connection to one file. Statements are inspected when first prepared, then kept.
class Sqlite final : public Connection {
 public:
  enum class Mode { read, write };
  Sqlite(const std::string& file, std::span<const schema::Table>, Mode);

  std::int64_t generated(std::string_view sql, std::span<const Arg> args = {}, const Sink& each = {}) override;
  void lock(std::int64_t) override {}  // there is one writer
  void begin() override;
  void commit() override;
  void rollback() noexcept override;

  // Within the transaction of a batch, one verb's part of it.
  void savepoint();
  void release();
  void rollback_to() noexcept;
  std::vector<Guard> inspected(const Statement&);  // prepared, and not run
  bool in_transaction() const;                     // a full disk may have ended it

 private:
  struct Close {
    void operator()(sqlite3*) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt*) const;
  };
  using Handle = std::unique_ptr<sqlite3_stmt, Finalize>;
  struct Prepared {
    Handle statement;
    std::vector<int> places;  // where the engine keeps $1, $2 …
    std::vector<Guard> guards;
  };

  std::int64_t run(const Statement&, std::span<const Arg>, const Sink&) override;
  Prepared prepare(std::string_view sql, unsigned flags = 0);
  std::int64_t step(const Prepared&, std::span<const Arg>, const Sink&);
  void fixed(const char* sql);
  void undo(const char* sql) noexcept;
  void refuse_failed() const;
  [[noreturn]] void refuse();

  std::span<const schema::Table> tables_;
  Mode mode_;
  bool failed_ = false;
  std::vector<Touch> touches_;
  std::unique_ptr<sqlite3, Close> db_;
  std::map<std::pair<const char*, const char*>, Prepared> kept_;  // by the literal's address and its room's
  std::map<const char*, Prepared> fixed_;
};

}  // namespace db
