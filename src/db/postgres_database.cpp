// The organisation's own server: a pool of threads with a connection each. Work of one lane always
// goes to the same thread, so it runs in order.
#include <atomic>
#include <random>
#include <thread>

#include "db/database.hpp"
#include "db/postgres.hpp"
#include "db/queue.hpp"
#include "db/watch.hpp"

namespace db {
namespace {

using namespace std::chrono_literals;
using schema::Dialect;

// What SQLite has and PostgreSQL has not, or not under this name.
constexpr const char* common_words =
    "create or replace function json_each(text) returns table(value bigint) language sql immutable parallel safe as "
    "$$select e::bigint from pg_catalog.json_array_elements_text($1::pg_catalog.json) e$$";

// One server at a time: the schema's own lock, apart from the locks on ids.
void bring_up(Postgres& c, std::span<const schema::Table> tables) {
  transaction(c, [&] {
    c.generated("set local statement_timeout = 0");
    c.generated("set local lock_timeout = '60s'");
    c.generated("select pg_advisory_xact_lock(1667330674, hashtext(current_schema()))");
    c.generated(common_words);
    migrate(c, Dialect::postgres, tables);
    return true;
  });
}

void pause(int attempt) {
  thread_local std::minstd_rand random(std::random_device{}());
  const auto most = std::min(2 << attempt, 100);
  std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution(1, most)(random)));
}

// Runs it until it commits; again only after a collision, which leaves nothing behind.
std::exception_ptr carry_out(Postgres& c, Work& work) {
  constexpr int most_attempts = 8;
  for (int attempt = 1;; ++attempt) {
    try {
      transaction(c, [&] {
        work.run(c);
        return true;
      });
      return nullptr;
    } catch (const Collision&) {
      if (attempt == most_attempts) return std::current_exception();
    } catch (...) { return std::current_exception(); }
    pause(attempt);
  }
}

void serve(Queue& queue, Postgres& c) {
  for (;;) {
    auto one = queue.take(1);
    if (one.empty()) return;
    answer(one[0], carry_out(c, one[0]));
  }
}

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(const Options& o, std::span<const schema::Table> tables)
      : watch_(tables), writes_(static_cast<std::size_t>(std::max(1, o.writers))) {
    const auto open = [&](int n, Postgres::Mode mode) {
      for (int i = 0; i < n; ++i) connections_.push_back(std::make_unique<Postgres>(o.address, mode, &watch_));
    };
    open(std::max(1, o.writers), Postgres::Mode::write);
    bring_up(*connections_[0], tables);
    open(std::max(1, o.readers), Postgres::Mode::read);
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      auto& queue = i < writes_.size() ? writes_[i] : reads_;
      threads_.emplace_back([&queue, &c = *connections_[i]] { serve(queue, c); });
    }
  }
  ~PostgresDatabase() override { PostgresDatabase::stop(); }

  Dialect dialect() const override { return Dialect::postgres; }
  void write(std::vector<Work> work) override {
    std::vector<std::vector<Work>> shares(writes_.size());
    for (auto& w : work) {
      const auto lane = w.lane ? static_cast<std::uint64_t>(w.lane) : next_++;
      shares[lane % shares.size()].push_back(std::move(w));
    }
    for (std::size_t i = 0; i < shares.size(); ++i)
      if (!shares[i].empty()) writes_[i].put(std::move(shares[i]));
  }
  void read(std::vector<Work> work) override { reads_.put(std::move(work)); }
  void stop() override {
    for (auto& queue : writes_) queue.close();
    reads_.close();
    threads_.clear();
  }

 private:
  Watch watch_;
  std::vector<std::unique_ptr<Postgres>> connections_;
  std::vector<Queue> writes_;
  Queue reads_;
  std::atomic<std::uint64_t> next_ = 0;
  std::vector<std::jthread> threads_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const Options& options, std::span<const schema::Table> tables) {
  return std::make_unique<PostgresDatabase>(options, tables);
}

}  // namespace db
