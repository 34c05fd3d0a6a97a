#include "db/database.hpp"

#include <condition_variable>
#include <mutex>

namespace db {
namespace {

// Runs one piece through `submit`. What went wrong moves over to the waiting thread.
template <class Submit>
void wait(std::function<void(Connection&)> work, Submit submit) {
  std::mutex mutex;
  std::condition_variable ended;
  bool over = false;
  std::exception_ptr failure;

  std::vector<Work> one(1);
  one[0].run = [&](Connection& c) { work(c); };
  one[0].done = [&](std::exception_ptr wrong) {
    const std::lock_guard hold(mutex);
    failure = std::move(wrong);
    over = true;
    ended.notify_one();
  };
  submit(std::move(one));

  std::unique_lock hold(mutex);
  ended.wait(hold, [&] { return over; });
  if (failure) std::rethrow_exception(std::move(failure));
}

}  // namespace

void Database::write_now(std::function<void(Connection&)> work) {
  wait(std::move(work), [&](auto one) { write(std::move(one)); });
}
void Database::read_now(std::function<void(Connection&)> work) {
  wait(std::move(work), [&](auto one) { read(std::move(one)); });
}

std::unique_ptr<Database> open(const Options& options, std::span<const schema::Table> tables) {
  return options.address.starts_with("postgres") ? open_postgres(options, tables) : open_sqlite(options, tables);
}

}  // namespace db
