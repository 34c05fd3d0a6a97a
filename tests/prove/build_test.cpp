// A program that was built with other tables or routes than it should have been: `prove` says so, too.
#include "broken.hpp"

namespace {

using namespace broken;

template <class... C>
constexpr auto unchecked(std::string_view name, schema::About about, C... columns) {
  return schema::TableOf<sizeof...(C)>{name, about, {columns...}};
}
constexpr Item nameless{.id = "D-99", .kind = Class::personal};
constexpr Item somebody_elses{
    .id = "D-02", .kind = Class::personal, .controller = Controller::operating, .purposes = {purpose::directory}};
constexpr Item improving{.id = "D-02", .kind = Class::personal, .purposes = {purpose::improvement}};
constexpr Retention because_of{.code = "R-ELSE", .because = Because::control};

template <class TableOf>
auto with(const TableOf& extra) {
  std::vector<schema::Table> tables(app::all_tables.begin(), app::all_tables.end());
  tables.push_back(extra);
  return tables;
}
using enum schema::Type;
using schema::Column;

TEST_F(Prove, AnItemThatIsNotRegistered) {
  constexpr auto t =
      unchecked("chat_odd", {.no_org = "odd"}, Column{"id", key, not_personal}, Column{"a", text, nameless});
  expect_fallen("items_registered", {"1.6-1", "2.1.A-0", "2.1.B-2"}, with(t));
  expect_fallen("periods_explained", {"2.4.3-5", "2.4.3-6"}, with(t));
}
TEST_F(Prove, AnItemWithAnotherController) {
  constexpr auto t =
      unchecked("chat_odd", {.no_org = "odd"}, Column{"id", key, not_personal}, Column{"a", text, somebody_elses});
  expect_fallen("controllers_named", {"1.10-1"}, with(t));
}
TEST_F(Prove, APeriodThatNobodyExplains) {
  constexpr auto t = unchecked("chat_odd", {.no_org = "odd", .kept = because_of}, Column{"id", key, not_personal},
                               Column{"a", text, data::person_name});
  expect_fallen("periods_explained", {"2.4.3-5", "2.4.3-6"}, with(t));
}
TEST_F(Prove, APhoneNumberInClear) {
  constexpr auto t = unchecked("chat_odd", {.no_org = "odd"}, Column{"id", key, not_personal},
                               Column{"mobile", text, data::person_name}, Column{"b", text, data::phone});
  expect_fallen("sensitive_sealed", {"0-1", "1.7-1", "1.7-2"}, with(t));
  expect_fallen("phones_and_biometrics_sensitive", {"1.7-2"}, with(t));
}
TEST_F(Prove, AHardwareCode) {
  constexpr auto t = unchecked("chat_odd", {.no_org = "odd"}, Column{"id", key, not_personal},
                               Column{"imei", text, data::device_code});
  expect_fallen("no_hardware_codes", {"2.1.2.2-2", "2.1.2.8-4", "2.1.2.8-5"}, with(t));
}
TEST_F(Prove, PersonalDataForImprovement) {
  constexpr auto t =
      unchecked("chat_odd", {.no_org = "odd"}, Column{"id", key, not_personal}, Column{"a", text, improving});
  expect_fallen("improving_uses_nothing_personal", {"2.1.C-1"}, with(t));
}
TEST_F(Prove, AnOutsideComponent) {
  constexpr auto t = unchecked("chat_odd", {.no_org = "odd"}, Column{"id", key, not_personal},
                               Column{"a", text, data::security_signal});
  expect_fallen("no_outside_components", {"2.1.2.7-2"}, with(t));
}
TEST_F(Prove, ATableWithoutAnOrganisation) {
  constexpr auto t = unchecked("chat_odd", {}, Column{"id", key, not_personal});
  expect_fallen("organisations_apart", {"2.4.1-6"}, with(t));
}
TEST_F(Prove, AValueThatNeededConsentAndHasNone) {
  constexpr auto t =
      unchecked("chat_odd", {.org = "org_id", .subjects = {{"who", schema::Erase::delete_row}}, .kept = keep::location},
                Column{"id", key, not_personal}, Column{"org_id", schema::Type::id, not_personal},
                Column{"who", schema::Type::id, data::staff_link}, Column{"place", sealed, data::geolocation});
  in_database("create table chat_odd (id integer primary key, org_id integer, who integer, place blob)");
  in_database("insert into chat_odd values (1, 1, 1, x'00')");
  expect_fallen("granted_values_have_grants", {"2.1.B-5", "2.1.A-3", "2.1.2.2-1", "2.1.2.8-1d", "2.1.2.9-5"}, with(t));
}

struct Empty {};
struct Asks {
  Line<60> login, birthday;
};
BOOST_DESCRIBE_STRUCT(Empty, (), ())
BOOST_DESCRIBE_STRUCT(Asks, (), (login, birthday))
struct Odd {
  Empty look(Ctx&, Empty) { return {}; }
  Empty ask(Ctx&, Asks) { return {}; }
};

class ProveRoutes : public Prove {
 protected:
  void SetUp() override {
    Prove::SetUp();
    ours = routes;
    routes = &odd;
  }
  void TearDown() override {
    routes = ours;
    Prove::TearDown();
  }
  Router odd;
  Odd room;
  const Router* ours = nullptr;
};
TEST_F(ProveRoutes, APageForAnyone) {
  odd.serves(purpose::directory);
  odd.get("/directory/everybody", Access::anyone, room, "Everybody", &Odd::look);
  expect_fallen("nothing_before_acceptance", {"0-9", "0-10", "2.3.3-0", "2.4.1-6"});
}
TEST_F(ProveRoutes, ASignInThatAsksForMoreAndForgetsThePolicy) {
  odd.serves(purpose::security);
  odd.post("/identity/sessions", Access::anyone, room, "Sign in", &Odd::ask);
  expect_fallen("demands_only_the_necessary", {"2.1.A-1"});
  expect_fallen("sign_in_names_the_policy", {"0-10"});
}
TEST_F(ProveRoutes, AChatThatNeedsSomethingOptional) {
  odd.serves(purpose::camera);
  odd.get("/chat/heads", Access::member, room, "Heads", &Odd::look);
  expect_fallen("nothing_optional_is_needed", {"2.1.A-4", "2.1.2.8-0b", "2.1.2.8-2b"});
}
TEST_F(ProveRoutes, APurposeNobodyRegistered) {
  static constexpr Purpose own{.id = "PU-99", .name = {}, .says = {}};
  odd.serves(own);
  odd.get("/chat/heads", Access::member, room, "Heads", &Odd::look);
  expect_fallen("purposes_typed", {"2.1.A-0", "2.1.2.0-1", "2.1.C-1"});
}
TEST_F(ProveRoutes, AWayToHandOver) {
  odd.serves(purpose::directory);
  odd.post("/directory/transfer", Access::administrator, room, "Hand over", &Odd::look);
  expect_fallen("no_handing_over", {"2.3.1-0", "2.3.2-0"});
}

}  // namespace
