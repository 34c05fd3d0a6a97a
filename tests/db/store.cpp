#include "store.hpp"

#include <unistd.h>

#include <cstdlib>
#include <random>

#include "db/postgres.hpp"
#include "db/sqlite.hpp"

namespace probe {
namespace {

std::string fresh_name() {
  std::random_device random;
  return "t_" + std::to_string(::getpid()) + '_' + std::to_string(random());
}

}  // namespace

std::string postgres_address() {
  const char* address = std::getenv("CARILLON_TEST_POSTGRES");
  return address ? address : "";
}

std::vector<schema::Dialect> engines() {
  if (postgres_address() == "none") return {schema::Dialect::sqlite};
  return {schema::Dialect::sqlite, schema::Dialect::postgres};
}

std::vector<schema::Dialect> postgres_only() {
  auto found = engines();
  std::erase(found, schema::Dialect::sqlite);
  return found;
}

std::string engine_name(const testing::TestParamInfo<schema::Dialect>& info) {
  return info.param == schema::Dialect::sqlite ? "sqlite" : "postgres";
}

void Store::SetUp() {
  name_ = fresh_name();
  if (!postgres()) {
    folder_ = std::filesystem::path("/dev/shm") / ("carillon_" + name_);
    std::filesystem::create_directory(folder_);
    address_ = "sqlite:" + (folder_ / "carillon.db").string();
    return;
  }
  const auto server = postgres_address();
  ASSERT_FALSE(server.empty()) << "CARILLON_TEST_POSTGRES must hold an address, or \"none\"";
  db::Postgres(server, db::Postgres::Mode::write).generated("create schema " + name_);
  address_ = server + (server.contains('?') ? '&' : '?') + "options=-csearch_path%3D" + name_;
}

void Store::TearDown() {
  if (!folder_.empty()) std::filesystem::remove_all(folder_);
  else if (!address_.empty())
    db::Postgres(postgres_address(), db::Postgres::Mode::write).generated("drop schema " + name_ + " cascade");
}

std::unique_ptr<db::Database> Store::open(std::span<const schema::Table> tables) const {
  return db::open(options(), tables);
}

std::unique_ptr<db::Connection> Store::connection() const {
  if (postgres()) return std::make_unique<db::Postgres>(address_, db::Postgres::Mode::write);
  return std::make_unique<db::Sqlite>((folder_ / "carillon.db").string(), things, db::Sqlite::Mode::write);
}

void OpenStore::SetUp() {
  Store::SetUp();
  if (!HasFatalFailure()) db = open();
}

void OpenStore::TearDown() {
  db.reset();
  Store::TearDown();
}

void OpenStore::fill(int rows) {
  db->write_now([&](db::Tx& tx) {
    for (int i = 1; i <= rows; ++i) tx.exec("insert into elsewhere_thing (id, number) values ($1, 0)", i);
  });
}

std::int64_t OpenStore::count() {
  std::int64_t found = -1;
  db->read_now([&](db::Tx& tx) { found = tx.value<std::int64_t>("select count(*) from elsewhere_thing").value(); });
  return found;
}

void Group::add(std::function<void(db::Connection&)> run, std::int64_t lane, std::function<void()> answered) {
  std::promise<std::string> end;
  ended.push_back(end.get_future());
  work.push_back({std::move(run),
                  [end = std::move(end), answered = std::move(answered)](std::exception_ptr wrong) mutable {
                    answered();
                    end.set_value(wrong ? outcome([&] { std::rethrow_exception(wrong); }) : "fine");
                  },
                  lane});
}

std::string outcome(const std::function<void()>& act) {
  try {
    act();
    return "fine";
  } catch (const Error& e) { return e.code; } catch (const std::logic_error& e) {
    return std::string("bug: ") + e.what();
  }
}

}  // namespace probe
