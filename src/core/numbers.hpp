#pragma once
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/ctx.hpp"
#include "db/database.hpp"

// Where a numbered log stands: the last number given, the first one that still exists, and when the
// last entry came that was news.
struct Standing {
  std::int64_t head = 0, first = 1;
  Time at = {};
};
BOOST_DESCRIBE_STRUCT(Standing, (), (head, first, at))

// The numbers of all logs: a log is a conversation or a person's inbox, named by its id. Numbers
// have no gaps: they are taken inside the verb's transaction and given back when it is undone. With
// one writer (SQLite) they live in its memory and each log is written once a batch, before the
// commit; with several (PostgreSQL) each is its row, locked by c.lock(log).
class Numbers final : public db::Companion {
 public:
  explicit Numbers(db::Database& db) : db_(db), in_memory_(db.accompany(this)) {}
  ~Numbers() override { db_.accompany(nullptr); }

  template <Literal K>
  void open(Ctx& c, Id<K> log, Standing start = {}) {
    begin(c, log.value, start);
  }

  // The next number of a log. The caller holds c.lock(log) and writes the entry first, then takes it.
  template <Literal K>
  std::int64_t next(Ctx& c, Id<K> log) {
    return standing(c.db, log.value, true).head + 1;
  }
  template <Literal K>
  void take(Ctx& c, Id<K> log, std::int64_t number) {
    advance(c, log.value, number, true);
  }
  // The same for an entry that is no news of its own: the log stays where it is among others.
  template <Literal K>
  void take_quietly(Ctx& c, Id<K> log, std::int64_t number) {
    advance(c, log.value, number, false);
  }

  // Where a log stands, as committed.
  template <Literal K>
  Standing standing(db::Tx& db, Id<K> log) {
    return standing(db, log.value, false);
  }

  // Of many logs; those that nobody asked about since the start are read with one statement.
  template <Literal K>
  std::unordered_map<std::int64_t, Standing> standings(db::Tx& db, const std::vector<Id<K>>& logs) {
    std::vector<std::int64_t> ids;
    ids.reserve(logs.size());
    for (const auto log : logs) ids.push_back(log.value);
    return standings_of(db, ids);
  }

  void piece_kept() override;
  void piece_undone() override;
  void before_commit(db::Connection&) override;
  void committed() override;
  void rolled_back() override;

 private:
  static constexpr std::size_t most_kept = 500'000;
  struct Change {
    std::int64_t log;
    Standing before;
    bool first_in_batch;
  };

  void begin(Ctx&, std::int64_t log, Standing);
  Standing standing(db::Tx&, std::int64_t log, bool writing);
  std::unordered_map<std::int64_t, Standing> standings_of(db::Tx&, const std::vector<std::int64_t>& logs);
  void advance(Ctx&, std::int64_t log, std::int64_t number, bool news);

  db::Database& db_;
  bool in_memory_;
  std::unordered_map<std::int64_t, Standing> batch_;  // the writer's, of this batch
  std::vector<Change> piece_;                         // what the running piece changed
  std::mutex mutex_;
  std::unordered_map<std::int64_t, Standing> kept_;  // committed, for everyone
  std::uint64_t turn_ = 0;  // so that what was read before everything was forgotten is not kept after it
};
