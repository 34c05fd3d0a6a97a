#include "core/numbers.hpp"

namespace {

struct LogRow {
  std::int64_t id, head, first;
  Time at;
};
BOOST_DESCRIBE_STRUCT(LogRow, (), (id, head, first, at))

// Missing only through a bug: a log is opened with the thing it belongs to.
Standing stored(db::Tx& db, std::int64_t log) {
  const auto found = db.one<Standing>("select head, first, at from core_log where id = $1", log);
  if (!found) throw std::logic_error("a log that was never opened");
  return *found;
}

}  // namespace

void Numbers::begin(Ctx& c, std::int64_t log, Standing start) {
  if (start.at == Time{}) start.at = c.now;
  c.db.exec("insert into core_log (id, head, first, at) values ($1, $2, $3, $4)", log, start.head, start.first,
            start.at);
}

Standing Numbers::standing(db::Tx& db, std::int64_t log, bool writing) {
  if (!in_memory_) return stored(db, log);
  if (writing)
    if (const auto found = batch_.find(log); found != batch_.end()) return found->second;
  {
    const std::lock_guard hold(mutex_);
    if (const auto found = kept_.find(log); found != kept_.end()) return found->second;
  }
  return stored(db, log);
}

std::unordered_map<std::int64_t, Standing> Numbers::standings_of(db::Tx& db, const std::vector<std::int64_t>& logs) {
  std::unordered_map<std::int64_t, Standing> all;
  std::vector<std::int64_t> unknown;
  std::uint64_t before = 0;
  {
    const std::lock_guard hold(mutex_);
    before = turn_;
    for (const auto log : logs) {
      if (const auto found = kept_.find(log); found != kept_.end()) all.emplace(log, found->second);
      else unknown.push_back(log);
    }
  }
  if (unknown.empty()) return all;
  std::unordered_map<std::int64_t, Standing> read;
  db.each<LogRow>(
      "select id, head, first, at from core_log where id in (select value from json_each($1))",
      [&](LogRow s) { read.emplace(s.id, Standing{s.head, s.first, s.at}); }, json::dump(unknown));
  if (in_memory_) {
    const std::lock_guard hold(mutex_);
    // What the writer committed meanwhile is newer and stays.
    if (turn_ == before && kept_.size() + read.size() <= most_kept) kept_.insert(read.begin(), read.end());
  }
  all.merge(read);
  return all;
}

void Numbers::advance(Ctx& c, std::int64_t log, std::int64_t number, bool news) {
  const auto before = standing(c.db, log, true);
  const Standing now{number, before.first, news ? c.now : before.at};
  if (!in_memory_) {
    c.db.exec("update core_log set head = $1, at = $2 where id = $3", now.head, now.at, log);
    return;
  }
  const bool first = !batch_.contains(log);
  batch_[log] = now;
  piece_.push_back({log, before, first});
}

void Numbers::piece_kept() { piece_.clear(); }

void Numbers::piece_undone() {
  for (auto change = piece_.rbegin(); change != piece_.rend(); ++change) {
    if (change->first_in_batch) batch_.erase(change->log);
    else batch_[change->log] = change->before;
  }
  piece_.clear();
}

void Numbers::before_commit(db::Connection& db) {
  for (const auto& [log, now] : batch_)
    db.exec("update core_log set head = $1, at = $2 where id = $3", now.head, now.at, log);
}

void Numbers::committed() {
  const std::lock_guard hold(mutex_);
  if (kept_.size() + batch_.size() > most_kept) {
    kept_.clear();
    ++turn_;
  }
  for (const auto& [log, now] : batch_) kept_[log] = now;
  batch_.clear();
}

// What the batch had seen is read again from the rows.
void Numbers::rolled_back() {
  batch_.clear();
  piece_.clear();
}
