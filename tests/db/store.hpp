#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <future>

#include "base/error.hpp"
#include "db/database.hpp"

namespace probe {

// As statements of these files may see them: their room is called "elsewhere".
inline constexpr auto thing = [] {
  using namespace schema;
  return table(
      "elsewhere_thing", {.no_org = "a probe", .indexes = {"at"}, .unique = {"token"}},
      Column{"id", Type::key, not_personal}, Column{"token", Type::text, not_personal}.nullable(),
      Column{"name", Type::text, not_personal}.nullable(), Column{"number", Type::integer, not_personal}.nullable(),
      Column{"ratio", Type::real, not_personal}.nullable(), Column{"flag", Type::boolean, not_personal}.nullable(),
      Column{"at", Type::time, not_personal}.nullable(), Column{"data", Type::bytes, not_personal}.nullable());
}();
inline const schema::Table things[] = {thing};

// A place of its own for each test on each engine: a folder in memory, or a schema. Gone afterwards.
class Store : public testing::TestWithParam<schema::Dialect> {
 protected:
  void SetUp() override;
  void TearDown() override;

  bool postgres() const { return GetParam() == schema::Dialect::postgres; }
  std::unique_ptr<db::Database> open(std::span<const schema::Table> tables = things) const;
  std::unique_ptr<db::Connection> connection() const;  // beside the database
  db::Options options() const { return {.address = address_}; }

 private:
  std::string name_, address_;
  std::filesystem::path folder_;
};

// The same with its database open.
class OpenStore : public Store {
 protected:
  void SetUp() override;
  void TearDown() override;
  void fill(int rows);  // with ids from 1 on, and number 0
  std::int64_t count();
  std::unique_ptr<db::Database> db;
};

// SQLite, and PostgreSQL at the address CARILLON_TEST_POSTGRES unless that says "none".
std::vector<schema::Dialect> engines();
std::vector<schema::Dialect> postgres_only();
std::string engine_name(const testing::TestParamInfo<schema::Dialect>&);
std::string postgres_address();

#define ON_BOTH_ENGINES(suite) \
  INSTANTIATE_TEST_SUITE_P(Db, suite, testing::ValuesIn(probe::engines()), probe::engine_name)

// Pieces of work and how each of them ended.
struct Group {
  void add(std::function<void(db::Connection&)> run, std::int64_t lane = 0, std::function<void()> answered = [] {});

  std::vector<db::Work> work;
  std::vector<std::future<std::string>> ended;  // with their outcomes
};

// The code of the Error that `act` ends with, "bug: ..." for a logic_error, or "fine".
std::string outcome(const std::function<void()>& act);
inline std::string outcome(std::future<std::string>& ended) { return ended.get(); }

}  // namespace probe
