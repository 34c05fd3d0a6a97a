// The embedded engine: one writer thread that commits for all who wait (group commit), and readers
// with connections of their own.
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "base/error.hpp"
#include "db/database.hpp"
#include "db/sqlite.hpp"

namespace db {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::exception_ptr stopping() {
  return std::make_exception_ptr(Error{Error::Kind::unavailable, "server.stopping", "The server is stopping"});
}

class Queue {
 public:
  // False once closed; the work is then still the caller's.
  bool put(std::vector<Work>& work) {
    const std::lock_guard hold(mutex_);
    if (closed_) return false;
    const bool was_empty = waiting_.empty();
    for (auto& w : work) waiting_.push_back(std::move(w));
    if (was_empty || waiting_.size() >= wanted_) ready_.notify_one();
    return true;
  }
  // Waits for work; empty once closed and drained.
  std::vector<Work> take(std::size_t most) {
    std::unique_lock hold(mutex_);
    wanted_ = 1;
    ready_.wait(hold, [&] { return closed_ || !waiting_.empty(); });
    return cut(most);
  }
  // Waits until `wanted` pieces are there, at most until `deadline`.
  void gather(std::size_t wanted, Clock::time_point deadline) {
    std::unique_lock hold(mutex_);
    wanted_ = wanted;
    ready_.wait_until(hold, deadline, [&] { return closed_ || waiting_.size() >= wanted; });
  }
  void wait() {
    std::unique_lock hold(mutex_);
    wanted_ = 1;
    ready_.wait(hold, [&] { return closed_ || !waiting_.empty(); });
  }
  void close() {
    const std::lock_guard hold(mutex_);
    closed_ = true;
    ready_.notify_all();
  }

 private:
  std::vector<Work> cut(std::size_t most) {
    std::vector<Work> out;
    const auto n = std::min(most, waiting_.size());
    out.reserve(n);
    for (std::size_t i = 0; i < n; ++i) {
      out.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    return out;
  }
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Work> waiting_;
  std::size_t wanted_ = 1;
  bool closed_ = false;
};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(const Options& o, std::span<const schema::Table> tables)
      : file_(o.address.substr(o.address.find(':') + 1)), writer_(file_, tables, Sqlite::Mode::write) {
    transaction(writer_, [&] { migrate(writer_, schema::Dialect::sqlite, tables); return true; });
    for (int i = 0; i < o.readers; ++i) readers_.push_back(std::make_unique<Sqlite>(file_, tables, Sqlite::Mode::read));
    threads_.emplace_back([this] { write_loop(); });
    for (auto& r : readers_) threads_.emplace_back([this, &r] { read_loop(*r); });
  }
  ~SqliteDatabase() override { SqliteDatabase::stop(); }

  schema::Dialect dialect() const override { return schema::Dialect::sqlite; }
  void write(std::vector<Work> work) override { submit(writes_, work); }
  void read(std::vector<Work> work) override { submit(reads_, work); }
  void stop() override {
    writes_.close();
    reads_.close();
    threads_.clear();
  }

 private:
  static constexpr std::size_t largest_batch = 1000;
  static constexpr auto longest_gather = 1ms, busy = 20ms;

  static void submit(Queue& queue, std::vector<Work>& work) {
    if (!queue.put(work)) for (auto& w : work) w.done(stopping());
  }

  // Gathers at most 1 ms, and only while commits follow each other closely and fewer wait than the
  // last batch held: it costs a quiet server nothing.
  void write_loop() {
    std::size_t last = 0;
    Clock::time_point ended{};
    for (;;) {
      writes_.wait();
      const auto now = Clock::now();
      if (now - ended < busy && last > 1) writes_.gather(last, now + longest_gather);
      auto batch = writes_.take(largest_batch);
      if (batch.empty()) return;
      commit(batch);
      last = batch.size();
      ended = Clock::now();
    }
  }

  // Each piece in a savepoint, one commit for all; nobody is answered before it.
  void commit(std::vector<Work>& batch) {
    std::vector<std::exception_ptr> wrong(batch.size());
    try {
      writer_.begin();
      for (std::size_t i = 0; i < batch.size(); ++i) wrong[i] = run_one(batch[i]);
      writer_.commit();
    } catch (...) {
      writer_.rollback();
      for (auto& w : wrong) w = std::current_exception();
    }
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i].done(wrong[i]);
  }

  std::exception_ptr run_one(Work& work) {
    writer_.savepoint();
    try {
      work.run(writer_);
      writer_.release();
      return nullptr;
    } catch (...) {
      writer_.rollback_to();
      return std::current_exception();
    }
  }

  void read_loop(Sqlite& reader) {
    for (;;) {
      auto one = reads_.take(1);
      if (one.empty()) return;
      std::exception_ptr wrong;
      try {
        transaction(reader, [&] { one[0].run(reader); return true; });
      } catch (...) {
        wrong = std::current_exception();
      }
      one[0].done(wrong);
    }
  }

  std::string file_;
  Sqlite writer_;
  std::vector<std::unique_ptr<Sqlite>> readers_;
  Queue writes_, reads_;
  std::vector<std::jthread> threads_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const Options& options, std::span<const schema::Table> tables) {
  return std::make_unique<SqliteDatabase>(options, tables);
}

}  // namespace db
