// The embedded engine: one writer thread that commits for all who wait (group commit), and readers
// with connections of their own.
#include <thread>

#include "db/database.hpp"
#include "db/queue.hpp"
#include "db/sqlite.hpp"

namespace db {
namespace {

using namespace std::chrono_literals;
using Clock = Queue::Clock;

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(const Options& o, std::span<const schema::Table> tables)
      : file_(o.address.substr(o.address.find(':') + 1)), writer_(file_, tables, Sqlite::Mode::write) {
    transaction(writer_, [&] {
      migrate(writer_, schema::Dialect::sqlite, tables);
      return true;
    });
    for (int i = 0; i < std::max(1, o.readers); ++i)
      readers_.push_back(std::make_unique<Sqlite>(file_, tables, Sqlite::Mode::read));
    threads_.emplace_back([this] { write_loop(); });
    for (auto& r : readers_) threads_.emplace_back([this, &r] { read_loop(*r); });
  }
  ~SqliteDatabase() override { SqliteDatabase::stop(); }

  schema::Dialect dialect() const override { return schema::Dialect::sqlite; }
  void write(std::vector<Work> work) override { writes_.put(std::move(work)); }
  void read(std::vector<Work> work) override { reads_.put(std::move(work)); }
  bool accompany(Companion* companion) override {
    companion_ = companion;
    return true;
  }
  void answer_within(Around around) override { around_ = std::move(around); }
  void stop() override {
    writes_.close();
    reads_.close();
    threads_.clear();
  }

 private:
  static constexpr std::size_t largest_batch = 1000;
  static constexpr auto longest_gather = 1ms, busy = 20ms;

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
    bool kept = false;
    try {
      writer_.begin();
      for (std::size_t i = 0; i < batch.size(); ++i) wrong[i] = run_one(batch[i]);
      if (companion_) companion_->before_commit(writer_);
      writer_.commit();
      kept = true;
    } catch (...) {
      writer_.rollback();
      std::ranges::fill(wrong, std::current_exception());
    }
    if (companion_) kept ? companion_->committed() : companion_->rolled_back();
    const bool several = batch.size() > 1;
    if (several && around_.before) around_.before();
    for (std::size_t i = 0; i < batch.size(); ++i) answer(batch[i], std::move(wrong[i]));
    if (several && around_.after) around_.after();
  }

  std::exception_ptr run_one(Work& work) {
    writer_.savepoint();
    try {
      work.run(writer_);
      writer_.release();
    } catch (...) {
      writer_.rollback_to();
      if (companion_) companion_->piece_undone();
      if (!writer_.in_transaction()) throw;  // the engine has undone the whole batch
      return std::current_exception();
    }
    if (companion_) companion_->piece_kept();
    return nullptr;
  }

  void read_loop(Sqlite& reader) {
    for (;;) {
      auto one = reads_.take(1);
      if (one.empty()) return;
      answer(one[0], read_one(reader, one[0]));
    }
  }

  static std::exception_ptr read_one(Sqlite& reader, Work& work) {
    try {
      transaction(reader, [&] {
        work.run(reader);
        return true;
      });
      return nullptr;
    } catch (...) { return std::current_exception(); }
  }

  std::string file_;
  Sqlite writer_;
  std::vector<std::unique_ptr<Sqlite>> readers_;
  Queue writes_, reads_;
  Companion* companion_ = nullptr;
  Around around_;
  std::vector<std::jthread> threads_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const Options& options, std::span<const schema::Table> tables) {
  return std::make_unique<SqliteDatabase>(options, tables);
}

}  // namespace db
