#include "db/database.hpp"

#include <future>

namespace db {
namespace {

template <class Submit>
void wait(std::function<void(Connection&)> work, Submit submit) {
  std::promise<void> finished;
  std::vector<Work> one(1);
  one[0].run = [&](Connection& c) { work(c); };
  one[0].done = [&](std::exception_ptr wrong) { wrong ? finished.set_exception(std::move(wrong)) : finished.set_value(); };
  submit(std::move(one));
  finished.get_future().get();
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
