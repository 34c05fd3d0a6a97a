// An installation that holds, and the same one broken on purpose: `prove` must say which clause fell.
#include <gtest/gtest.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "app/folder.hpp"
#include "app/installation.hpp"
#include "db/append_only.hpp"
#include "db/postgres.hpp"
#include "db/sqlite.hpp"
#include "privacy/audit.hpp"
#include "privacy/choices.hpp"
#include "privacy/files.hpp"

namespace {

namespace fs = std::filesystem;
using privacy::Proof;
constexpr Time start{std::chrono::sys_days{std::chrono::year{2026} / 3 / 31}};

const Router* routes = nullptr;  // of an assembled program
std::string name_of_run;         // of folders and schemas

Settings settings_in(const fs::path& place) {
  Settings s;
  s.data = place / "data";
  s.witness = place / "witness";
  s.operator_name = "City Data Bureau";
  return s;
}

// Two people who signed in, a refusal in the audit, a consent that was withdrawn; all of it in the ledger.
void furnish(const Settings& settings) {
  const Folder folder(settings.data);
  assemble(settings, [] { return start; }, [&](App app) {
    OrgId org;
    MemberId ana;
    const auto digest = identity::password_digest("open sesame");
    app.dispatcher.as_system({}, purpose::directory, [&](Ctx& c) { org = app.directory.add_org(c, "Bureau"); });
    app.dispatcher.as_system(org, purpose::directory, [&](Ctx& c) {
      const auto unit = app.directory.add_unit(c, {{}, {"Bureau"}, directory::UnitKind::institution, {}}).id;
      for (const std::string login : {"root", "ana"}) {
        ana = app.directory.add_member(c, {unit, {login}, {"Clerk"}, {}}).id;
        app.identity.open_account(c, ana, login, digest);
        if (login == "root") app.identity.grant(c, ana, Role::administrator);
      }
      privacy::record(c, {.action = "denied", .subject = ana.value, .reason = "test.refused"});
      const Actor person{.kind = Actor::Kind::person, .member = ana, .org = org};
      Ctx mine{{person, org, c.now, c.purpose, c.db, c.ids, c.out}, c.gate};
      privacy::grant(mine, purpose::attendance_place.id, purpose::attendance_place.version, privacy::Surface::centre);
      privacy::withdraw(mine, purpose::attendance_place.id, privacy::Surface::centre);
    });
    for (const std::string login : {"root", "ana"}) {
      Request r{.method = "POST", .path = "/identity/sessions"};
      r.input = json::Document(R"({"login":")" + login + R"(","password":"open sesame","client":"program","policy":")" + app.policy.hash + R"("})");
      if (const auto answer = app.dispatcher.handle(std::move(r)); answer.status != 200) throw std::runtime_error(answer.body);
    }
    app.db.write_now([](db::Connection& c) { privacy::chain(c); });
    privacy::LedgerFiles(fs::path(settings.data) / "ledger", settings.witness).catch_up(app.db);
    return 0;
  });
}

Proof prove(const Settings& s, std::span<const schema::Table> tables = app::all_tables) {
  const auto data = db::look(database_of(s), tables);
  auto in = installation_of(s, *routes, *data, start + std::chrono::minutes{1});
  in.tables = tables;
  return privacy::prove(in);
}

const privacy::Verdict& verdict(const Proof& p, std::string_view clause) {
  const auto found = std::ranges::find(p.clauses, clause, &privacy::Verdict::clause);
  if (found == p.clauses.end()) throw std::runtime_error("there is no clause " + std::string(clause));
  return *found;
}

std::string what_fell(const Proof& p) {
  std::string all;
  for (auto& [check, why] : p.fallen) all += check + ": " + why + "\n";
  return all;
}

// Every clause that proofs.tsv binds to tests.
std::set<std::string> proved() {
  std::ifstream file(CARILLON_PROOFS);
  std::set<std::string> all;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) all.insert(line.substr(0, line.find('\t')));
  return all;
}

// A copy of one installation, on SQLite, for each test.
class Prove : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    original() = fs::path("/dev/shm") / (name_of_run + "_original");
    fs::create_directory(original());
    furnish(settings_in(original()));
  }
  static void TearDownTestSuite() { fs::remove_all(original()); }
  static fs::path& original() {
    static fs::path path;
    return path;
  }

  void SetUp() override {
    place = fs::path("/dev/shm") / (name_of_run + "_" + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::copy(original(), place, fs::copy_options::recursive);
    settings = settings_in(place);
    ASSERT_EQ(what_fell(prove(settings)), "") << "the installation must be sound before it is broken";
  }
  void TearDown() override { fs::remove_all(place); }

  void in_database(const std::string& sql) { db::Sqlite(settings.data + "/carillon.db", {}, db::Sqlite::Mode::write).generated(sql); }
  // As somebody would who may do everything in the database and hides it.
  void behind_the_triggers(const schema::Table& t, const std::string& sql) {
    for (auto what : {"update", "delete"}) in_database("drop trigger " + std::string(t.name) + "_no_" + what);
    in_database(sql);
    for (auto& trigger : db::append_only_triggers(t, schema::Dialect::sqlite)) in_database(trigger);
  }
  fs::path ledger(const std::string& name) const { return fs::path(settings.data) / "ledger" / name; }
  static void rewrite(const fs::path& path, const std::function<void(std::vector<std::string>&)>& change) {
    auto lines = privacy::lines_of(path);
    change(lines);
    std::ofstream file(path, std::ios::trunc);
    for (auto& line : lines) file << line << '\n';
  }

  // The check that saw it, and the clauses that fell with it.
  void expect_fallen(const std::string& check, std::initializer_list<const char*> clauses, std::span<const schema::Table> tables = app::all_tables) {
    const auto proof = prove(settings, tables);
    EXPECT_TRUE(proof.fallen.contains(check)) << "what fell:\n" << what_fell(proof);
    for (auto clause : clauses) {
      EXPECT_EQ(verdict(proof, clause).state, "does not hold") << clause;
      EXPECT_FALSE(verdict(proof, clause).why.empty()) << clause;
    }
  }

  fs::path place;
  Settings settings;
};

TEST_F(Prove, AllClausesAreThere) {
  EXPECT_EQ(privacy::clauses().size(), 257u);
  EXPECT_EQ(prove(settings).clauses.size(), 257u);
}

TEST_F(Prove, WhatHoldsIsBoundToTestsAndTheOtherWayRound) {
  const auto bound = proved();
  EXPECT_GE(bound.size(), 45u);
  for (auto& v : prove(settings).clauses) EXPECT_EQ(v.state == "holds", bound.contains(v.clause)) << v.clause << " " << v.state;
}

TEST_F(Prove, WithoutACheckNothingHolds) {
  EXPECT_EQ(verdict(prove(settings), "2.4.3-2").state, "does not hold");
  EXPECT_EQ(verdict(prove(settings), "2.4.3-2").why, std::vector<std::string>{"nothing checks it yet"});
  EXPECT_EQ(verdict(prove(settings), "2.5.4-3").state, "waits for rights");
}

TEST_F(Prove, AColumnAddedByHand) {
  in_database("alter table chat_entry add column remark text");
  expect_fallen("tables_as_declared", {"0-1", "1.6-1", "2.1.A-0", "2.1.2.10-1"});
}
TEST_F(Prove, ATableAddedByHand) {
  in_database("create table notes (id integer primary key, about text)");
  expect_fallen("tables_as_declared", {"1.6-1"});
}
TEST_F(Prove, ADeclaredColumnThatIsGone) {
  in_database("alter table identity_session drop column device");
  expect_fallen("tables_as_declared", {"1.6-1"});
}
TEST_F(Prove, AColumnRecordedForAnotherItem) {
  in_database("update db_column set item = '' where table_name = 'directory_member' and column_name = 'name'");
  expect_fallen("tables_as_declared", {"1.6-1", "2.1.B-2"});
}
TEST_F(Prove, ATriggerThatWasDropped) {
  in_database("drop trigger privacy_audit_no_delete");
  expect_fallen("evidence_stays", {"0-1", "0-10", "2.8-1"});
}
TEST_F(Prove, AnAcceptanceThatWasDeleted) {
  behind_the_triggers(privacy::stored::acceptances, "delete from privacy_acceptance where id = (select min(id) from privacy_acceptance)");
  expect_fallen("sessions_rest_on_acceptance", {"0-10", "2.1.B-5"});
  expect_fallen("acceptances_are_whole", {"0-10"});
}
TEST_F(Prove, AnAcceptanceThatWasMovedToAnotherDay) {
  behind_the_triggers(privacy::stored::acceptances, "update privacy_acceptance set at = at - 86400000");
  expect_fallen("acceptances_are_whole", {"0-10"});
}
TEST_F(Prove, AnAcceptanceOfATextThatNeverWas) {
  behind_the_triggers(privacy::stored::acceptances, "update privacy_acceptance set policy_hash = 'another'");
  expect_fallen("acceptances_name_kept_policies", {"0-10", "1.1-1"});
}
TEST_F(Prove, AConsentRowThatWasDeleted) {
  in_database("delete from privacy_decision where action = 'withdraw'");
  expect_fallen("choices_rest_on_decisions", {"2.1.A-3", "2.1.B-0", "2.1.B-5"});
}
TEST_F(Prove, AConsentMovedToAnotherPerson) {
  in_database("update privacy_decision set member_id = member_id + 1");
  expect_fallen("decisions_are_whole", {"2.1.B-0", "2.1.B-5", "2.1.2.9-4"});
}
TEST_F(Prove, AConsentMadeUp) {
  in_database("update privacy_choice set granted = 1");
  expect_fallen("choices_rest_on_decisions", {"2.1.A-3", "2.1.B-5"});
}
TEST_F(Prove, AConsentToEverything) {
  in_database("update privacy_decision set matter = 'all'");
  expect_fallen("decisions_about_known_matters", {"2.1.B-0"});
}
TEST_F(Prove, AuditRowsThatWereRemoved) {
  behind_the_triggers(privacy::stored::audit, "delete from privacy_audit");
  expect_fallen("audit_is_whole", {"0-1"});
}
TEST_F(Prove, AnAuditRowThatNamesSomebodyElse) {
  behind_the_triggers(privacy::stored::audit, "update privacy_audit set subject_id = 1");
  expect_fallen("audit_is_whole", {"0-1"});
}
TEST_F(Prove, AuditAndLedgerRowsThatWereRemovedTogether) {
  behind_the_triggers(privacy::stored::audit, "delete from privacy_audit");
  behind_the_triggers(privacy::stored::ledger, "delete from privacy_ledger where kind = 'audit'");
  rewrite(ledger(privacy::ledger_file::segment(1)), [](auto& lines) { lines.erase(lines.begin()); });
  expect_fallen("ledger_whole", {"0-1", "0-10"});
}
TEST_F(Prove, ACheckpointThatWasAltered) {
  rewrite(ledger("checkpoints.jsonl"), [](auto& lines) {
    auto c = json::parse<privacy::Checkpoint>(lines.back());
    c.size -= 1;
    lines.back() = json::dump(c);
  });
  expect_fallen("ledger_whole", {"0-1", "0-10"});
}
TEST_F(Prove, ALedgerThatWasCutOff) {
  rewrite(ledger(privacy::ledger_file::segment(1)), [](auto& lines) { lines.pop_back(); });
  expect_fallen("ledger_whole", {"0-1", "0-10"});
  expect_fallen("ledger_keeps_up", {"0-1"});
}
TEST_F(Prove, AnAppointmentThatWasHidden) {
  behind_the_triggers(privacy::stored::audit, "delete from privacy_audit where action = 'role.grant'");
  expect_fallen("audit_is_whole", {"0-1"});
}
TEST_F(Prove, ANewInstallationHasNoLedgerYet) {
  const auto fresh = settings_in(place / "new");
  const Folder folder(fresh.data);
  assemble(fresh, [] { return start; }, [](App) { return 0; });
  EXPECT_EQ(what_fell(prove(fresh)), "");
}
TEST_F(Prove, AWitnessThatIsNotThere) {
  fs::remove_all(settings.witness);
  expect_fallen("ledger_witnessed", {"0-1"});
}
TEST_F(Prove, AWitnessThatWasNeverNamed) {
  settings.witness.clear();
  expect_fallen("ledger_witnessed", {"0-1"});
}
TEST_F(Prove, AWitnessInTheDataFolder) {
  fs::copy(settings.witness, fs::path(settings.data) / "witness", fs::copy_options::recursive);
  settings.witness = fs::path(settings.data) / "witness";
  expect_fallen("ledger_witnessed", {"0-1"});
}
TEST_F(Prove, AWitnessThatFellBehind) {
  rewrite(fs::path(settings.witness) / "checkpoints.jsonl", [](auto& lines) { lines.clear(); });
  expect_fallen("ledger_witnessed", {"0-1"});
}
TEST_F(Prove, OtherHostsWithoutTls) {
  settings.address = "0.0.0.0";
  expect_fallen("tls_for_other_hosts", {"0-1", "2.4.1-2"});
}
TEST_F(Prove, AKeyThatOthersCanRead) {
  ::chmod(ledger("signing.key").c_str(), 0644);
  expect_fallen("files_are_private", {"0-1"});
}
TEST_F(Prove, ADataFolderThatIsOpen) {
  ::chmod(settings.data.c_str(), 0755);
  expect_fallen("files_are_private", {"0-1"});
}
TEST_F(Prove, AnOperatorWithoutAName) {
  settings.operator_name.clear();
  expect_fallen("operator_named", {"1.1-1"});
  expect_fallen("policies_unaltered", {"0-9", "0-10"});
}
TEST_F(Prove, APolicyTextThatWasAltered) {
  behind_the_triggers(privacy::stored::policies, "update privacy_policy set en = replace(en, 'No protection', 'Our protection')");
  expect_fallen("policies_unaltered", {"0-9", "1.1-1", "2.8-1"});
  expect_fallen("honest_about_protection", {"2.4.7-1"});
}
TEST_F(Prove, APolicyHashThatWasAltered) {
  behind_the_triggers(privacy::stored::policies, "update privacy_policy set hash = 'a' || substr(hash, 2)");
  expect_fallen("policies_unaltered", {"0-9", "2.8-1"});
}
TEST_F(Prove, APolicyThatLostASection) {
  behind_the_triggers(privacy::stored::policies, "update privacy_policy set zh = replace(zh, '\"minors\"', '\"others\"')");
  expect_fallen("nine_sections", {"2.0-0", "2.0-6"});
  expect_fallen("minors_advised", {"2.4.6-2"});
}
TEST_F(Prove, APolicyThatHidesAnItem) {
  behind_the_triggers(privacy::stored::policies, "update privacy_policy set en = replace(en, 'D-09', 'D-99')");
  expect_fallen("lists_what_is_held", {"0-9", "2.1.B-2"});
  expect_fallen("sensitive_stands_out", {"0-9"});
}
TEST_F(Prove, APolicyThatHidesWhoDecides) {
  behind_the_triggers(privacy::stored::policies, "update privacy_policy set en = replace(en, 'Your organisation', 'Nobody')");
  expect_fallen("says_who_decides", {"1.10-1", "2.1.2.4-5"});
}
TEST_F(Prove, APolicyThatAsksForPhoneState) {
  behind_the_triggers(privacy::stored::policies, "update privacy_policy set en = replace(en, 'Never asked for', 'Asked for when used')");
  expect_fallen("permissions_listed", {"2.1.2.8-0a", "2.1.2.8-4", "2.1.2.8-5", "2.1.2.9-1"});
}
TEST_F(Prove, APolicyThatHidesWhatTheBrowserKeeps) {
  behind_the_triggers(privacy::stored::policies,
                      "update privacy_policy set en = replace(replace(en, 'carillon.theme', 'x'), 'if you block it', 'perhaps')");
  expect_fallen("storage_listed", {"2.2.1-1", "2.2.1-5"});
  expect_fallen("refusing_storage_explained", {"2.2.1-6", "2.2.1-7"});
}
TEST_F(Prove, APolicyThatIsSilentAboutRecipients) {
  behind_the_triggers(privacy::stored::policies, "update privacy_policy set en = replace(en, 'no third party receives', 'partners receive')");
  expect_fallen("no_recipient_named", {"2.3.1-0", "2.3.2-0"});
}
TEST_F(Prove, SomebodyWithTwoOffices) {
  in_database("update identity_membership set roles = 3");
  expect_fallen("one_duty_each", {"2.4.1-6"});
}

// A program that was built with other tables or routes than it should have been.
template <class... C>
constexpr auto unchecked(std::string_view name, schema::About about, C... columns) {
  return schema::TableOf<sizeof...(C)>{name, about, {columns...}};
}
constexpr Item nameless{.id = "D-99", .kind = Class::personal};
constexpr Item somebody_elses{.id = "D-02", .kind = Class::personal, .controller = Controller::operating, .purposes = {purpose::directory}};
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
  constexpr auto t = unchecked("chat_odd", {.no_org = "odd"}, Column{"id", key, not_personal}, Column{"a", text, nameless});
  expect_fallen("items_registered", {"1.6-1", "2.1.A-0", "2.1.B-2"}, with(t));
  expect_fallen("periods_explained", {"2.4.3-5", "2.4.3-6"}, with(t));
}
TEST_F(Prove, AnItemWithAnotherController) {
  constexpr auto t = unchecked("chat_odd", {.no_org = "odd"}, Column{"id", key, not_personal}, Column{"a", text, somebody_elses});
  expect_fallen("controllers_named", {"1.10-1"}, with(t));
}
TEST_F(Prove, APeriodThatNobodyExplains) {
  constexpr auto t = unchecked("chat_odd", {.no_org = "odd", .kept = because_of}, Column{"id", key, not_personal}, Column{"a", text, data::person_name});
  expect_fallen("periods_explained", {"2.4.3-5", "2.4.3-6"}, with(t));
}
TEST_F(Prove, APhoneNumberInClear) {
  constexpr auto t = unchecked("chat_odd", {.no_org = "odd"}, Column{"id", key, not_personal}, Column{"mobile", text, data::person_name},
                               Column{"b", text, data::phone});
  expect_fallen("sensitive_sealed", {"0-1", "1.7-1", "1.7-2"}, with(t));
  expect_fallen("phones_and_biometrics_sensitive", {"1.7-2"}, with(t));
}
TEST_F(Prove, AHardwareCode) {
  constexpr auto t = unchecked("chat_odd", {.no_org = "odd"}, Column{"id", key, not_personal}, Column{"imei", text, data::device_code});
  expect_fallen("no_hardware_codes", {"2.1.2.2-2", "2.1.2.8-4", "2.1.2.8-5"}, with(t));
}
TEST_F(Prove, PersonalDataForImprovement) {
  constexpr auto t = unchecked("chat_odd", {.no_org = "odd"}, Column{"id", key, not_personal}, Column{"a", text, improving});
  expect_fallen("improving_uses_nothing_personal", {"2.1.C-1"}, with(t));
}
TEST_F(Prove, AnOutsideComponent) {
  constexpr auto t = unchecked("chat_odd", {.no_org = "odd"}, Column{"id", key, not_personal}, Column{"a", text, data::security_signal});
  expect_fallen("no_outside_components", {"2.1.2.7-2"}, with(t));
}
TEST_F(Prove, ATableWithoutAnOrganisation) {
  constexpr auto t = unchecked("chat_odd", {}, Column{"id", key, not_personal});
  expect_fallen("organisations_apart", {"2.4.1-6"}, with(t));
}
TEST_F(Prove, AValueThatNeededConsentAndHasNone) {
  constexpr auto t = unchecked("chat_odd", {.org = "org_id", .subjects = {{"who", schema::Erase::delete_row}}, .kept = keep::location},
                               Column{"id", key, not_personal}, Column{"org_id", schema::Type::id, not_personal},
                               Column{"who", schema::Type::id, data::staff_link}, Column{"place", sealed, data::geolocation});
  in_database("create table chat_odd (id integer primary key, org_id integer, who integer, place blob)");
  in_database("insert into chat_odd values (1, 1, 1, x'00')");
  expect_fallen("granted_values_have_grants", {"2.1.B-5", "2.1.A-3", "2.1.2.2-1", "2.1.2.8-1d", "2.1.2.9-5"}, with(t));
}

struct Empty {};
struct Asks { std::string login, birthday; };
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

TEST_F(Prove, OnlyKnownFieldsAreStored) {
  const Folder folder(settings.data);
  assemble(settings, [] { return start; }, [&](App app) {
    Request r{.method = "POST", .path = "/identity/sessions"};
    r.input = json::Document(R"({"login":"ana","password":"open sesame","client":"program","idcard":"planted-4711","device":"known-0815","policy":")" + app.policy.hash + R"("})");
    EXPECT_EQ(app.dispatcher.handle(std::move(r)).status, 200);
    return 0;
  });
  std::string kept;
  for (const auto& entry : fs::recursive_directory_iterator(settings.data))
    if (entry.is_regular_file()) kept += files::read(entry.path());
  EXPECT_NE(kept.find("known-0815"), kept.npos);
  EXPECT_EQ(kept.find("planted-4711"), kept.npos);
}

TEST_F(Prove, NothingPersonalIsServedWithAProtectionOff) {
  const auto protection = [&] {
    const auto data = db::look(database_of(settings), app::all_tables);
    privacy::must_be_protected(installation_of(settings, *routes, *data, start));
  };
  EXPECT_NO_THROW(protection());
  in_database("drop trigger privacy_audit_no_update");
  EXPECT_THROW(protection(), std::runtime_error);
}

// The same on PostgreSQL, unless CARILLON_TEST_POSTGRES says "none".
TEST(ProveOnPostgres, HoldsAndFallsAlike) {
  const char* server = std::getenv("CARILLON_TEST_POSTGRES");  // NOLINT: before any thread
  ASSERT_TRUE(server) << "CARILLON_TEST_POSTGRES must hold an address, or \"none\"";
  if (server == std::string("none")) return;
  const auto in_server = [&](const std::string& sql) { db::Postgres(server, db::Postgres::Mode::write).generated(sql); };
  const auto place = fs::path("/dev/shm") / (name_of_run + "_postgres");
  fs::create_directory(place);
  in_server("create schema " + name_of_run);
  auto settings = settings_in(place);
  settings.database = std::string(server) + (std::string(server).contains('?') ? "&" : "?") + "options=-c%20search_path%3D" + name_of_run;
  furnish(settings);
  EXPECT_EQ(what_fell(prove(settings)), "");
  in_server("alter table " + name_of_run + ".privacy_audit disable trigger privacy_audit_no_delete");
  EXPECT_TRUE(prove(settings).fallen.contains("evidence_stays"));
  in_server("delete from " + name_of_run + ".privacy_audit");
  EXPECT_TRUE(prove(settings).fallen.contains("audit_is_whole"));
  in_server("alter table " + name_of_run + ".chat_entry add column remark text");
  EXPECT_TRUE(prove(settings).fallen.contains("tables_as_declared"));
  in_server("drop schema " + name_of_run + " cascade");
  fs::remove_all(place);
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (sodium_init() < 0) return 1;
  name_of_run = "prove_" + std::to_string(::getpid());
  Settings settings;
  settings.database = "sqlite::memory:";
  return assemble(settings, [] { return start; }, [](App app) {
    routes = &app.router;
    return RUN_ALL_TESTS();
  });
}
