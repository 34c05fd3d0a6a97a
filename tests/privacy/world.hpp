#pragma once
#include <gtest/gtest.h>

#include <filesystem>

#include "db/database.hpp"
#include "privacy/key_store.hpp"

namespace probe {

// A data folder and databases of its own for each test, on each engine. Gone afterwards.
class Place : public testing::TestWithParam<schema::Dialect> {
 protected:
  void SetUp() override;
  void TearDown() override;

  bool postgres() const { return GetParam() == schema::Dialect::postgres; }
  db::Options data() const { return {.address = address("data")}; }
  db::Options keys() const { return {.address = address("keys")}; }
  Time now() const { return now_; }
  std::unique_ptr<privacy::KeyStore> open_keys();

  std::filesystem::path folder;
  Ids ids{1};
  Time now_{std::chrono::sys_days{std::chrono::year{2026} / 3 / 31}};

 private:
  std::string address(const std::string& which) const;
  std::string name_;
};

// SQLite, and PostgreSQL at the address CARILLON_TEST_POSTGRES unless that says "none".
std::vector<schema::Dialect> engines();

#define ON_BOTH_ENGINES(suite)                                                                     \
  INSTANTIATE_TEST_SUITE_P(Privacy, suite, testing::ValuesIn(probe::engines()), [](const auto& e) { \
    return e.param == schema::Dialect::sqlite ? "sqlite" : "postgres";                             \
  })

std::string contents(const std::filesystem::path&);

// What the std::exception says that `act` ends with, an Error's code, or "fine".
std::string outcome(const std::function<void()>& act);

}  // namespace probe
