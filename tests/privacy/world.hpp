#pragma once
#include <gtest/gtest.h>

#include <filesystem>

#include "db/database.hpp"
#include "privacy/gate.hpp"
#include "privacy/key_store.hpp"
#include "privacy/schema.hpp"

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

// Rooms of these files are called "elsewhere". One table as attendance would have it, two as a directory.
inline constexpr auto place_table = [] {
  using namespace schema;
  return table("elsewhere_place",
               {.org = "org_id", .subjects = {{"member_id", Erase::delete_row}}, .kept = keep::attendance, .age = "at"},
               Column{"id", Type::key, not_personal}, Column{"org_id", Type::id, not_personal},
               Column{"member_id", Type::id, data::staff_link}, Column{"at", Type::time, data::check_in},
               Column{"place", Type::sealed, data::geolocation}.nullable().kept_for(keep::location));
}();
inline constexpr auto contact_table = [] {
  using namespace schema;
  return table("elsewhere_contact",
               {.org = "org_id", .subjects = {{"member_id", Erase::delete_row}}, .kept = keep::account},
               Column{"id", Type::key, not_personal}, Column{"org_id", Type::id, not_personal},
               Column{"member_id", Type::id, data::staff_link}, Column{"phone", Type::sealed, data::directory_phone},
               Column{"phone_index", Type::digest, data::directory_phone}.index_of("phone").nullable());
}();
inline constexpr auto login_table = [] {
  using namespace schema;
  return table("elsewhere_login",
               {.no_org = "an account is the installation's",
                .subjects = {{"account_id", Erase::delete_row}},
                .kept = keep::account},
               Column{"id", Type::key, not_personal}, Column{"account_id", Type::id, data::staff_link},
               Column{"phone", Type::sealed, data::phone},
               Column{"phone_index", Type::digest, data::phone}.index_of("phone").nullable());
}();
inline constexpr auto paper_table = [] {
  using namespace schema;
  return table("elsewhere_paper",
               {.org = "org_id", .subjects = {{"owner_id", Erase::delete_row}}, .kept = keep::message, .age = "at"},
               Column{"id", Type::key, not_personal}, Column{"org_id", Type::id, not_personal},
               Column{"owner_id", Type::id, data::staff_link}, Column{"at", Type::time, data::drive_file},
               Column{"blob_id", Type::blob, data::drive_file});
}();
std::span<const schema::Table> tables();  // these, the core's and the privacy layer's own

// A place with people in it, who act through the gate.
class World : public Place {
 protected:
  void SetUp() override;
  void TearDown() override;

  static Actor person(std::int64_t member, OrgId org = first_org);
  // In a transaction of its own, as the purpose's route would.
  void act(const Actor&, const std::function<void(Ctx&)>&, const Purpose& = purpose::communication);
  db::Work work(const Actor&, std::function<void(Ctx&)>, std::function<void(std::exception_ptr)> done = [](auto) {});
  std::string refused(const Actor&, const std::function<void(Ctx&)>&, const Purpose& = purpose::communication);

  struct Row {
    std::string action;
    std::optional<std::int64_t> actor, subject;
    std::optional<std::string> item;
    std::string purpose;
    std::optional<std::string> reason;
  };
  std::vector<Row> audit();
  std::int64_t count(const std::string& table);

  static constexpr OrgId first_org{7}, second_org{8};
  std::unique_ptr<db::Database> db;
  std::unique_ptr<privacy::KeyStore> store;
};

// SQLite, and PostgreSQL at the address CARILLON_TEST_POSTGRES unless that says "none".
std::vector<schema::Dialect> engines();

#define ON_BOTH_ENGINES(suite)                                                  \
  INSTANTIATE_TEST_SUITE_P(Privacy, suite, testing::ValuesIn(probe::engines()), \
                           [](const auto& e) { return e.param == schema::Dialect::sqlite ? "sqlite" : "postgres"; })

std::string contents(const std::filesystem::path&);

// What the std::exception says that `act` ends with, an Error's code, or "fine".
std::string outcome(const std::function<void()>& act);

}  // namespace probe
