// An installation broken on purpose: `prove` must say which clause fell.
#include <sys/prctl.h>
#include <sys/stat.h>

#include <fstream>
#include <set>
#include <thread>

#include "app/folder.hpp"
#include "broken.hpp"
#include "db/postgres.hpp"
#include "privacy/audit.hpp"
#include "privacy/files.hpp"
#include "privacy/key_backup.hpp"
#include "privacy/ledger_files.hpp"
#include "privacy/process.hpp"

namespace {

namespace fs = std::filesystem;
using namespace broken;

// Every clause that proofs.tsv binds to tests.
std::set<std::string> proved() {
  std::ifstream file(CARILLON_PROOFS);
  std::set<std::string> all;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) all.insert(line.substr(0, line.find('\t')));
  return all;
}

TEST_F(Prove, AllClausesAreThere) {
  EXPECT_EQ(privacy::clauses().size(), 257u);
  EXPECT_EQ(prove(settings).clauses.size(), 257u);
}

TEST_F(Prove, EveryClauseIsToldInBothLanguages) {
  const auto data = db::look(database_of(settings), app::all_tables);
  const auto in = installation_of(settings, *routes, *data, start);
  const auto en = privacy::prove(in), zh = privacy::prove(in, Language::zh_CN);
  for (std::size_t i = 0; i < en.clauses.size(); ++i) {
    EXPECT_EQ(en.clauses[i].state, zh.clauses[i].state);
    EXPECT_TRUE(en.clauses[i].behaviour.ends_with(".")) << en.clauses[i].clause;
    EXPECT_TRUE(zh.clauses[i].behaviour.ends_with("。")) << en.clauses[i].clause;
  }
}

TEST_F(Prove, WhatHoldsIsBoundToTestsAndTheOtherWayRound) {
  const auto bound = proved();
  EXPECT_GE(bound.size(), 45u);
  for (auto& v : prove(settings).clauses)
    EXPECT_EQ(v.state == "holds", bound.contains(v.clause)) << v.clause << " " << v.state;
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
  behind_the_triggers(privacy::stored::acceptances,
                      "delete from privacy_acceptance where id = (select min(id) from privacy_acceptance)");
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
  behind_the_triggers(privacy::stored::decisions, "delete from privacy_decision where action = 'withdraw'");
  expect_fallen("choices_rest_on_decisions", {"2.1.A-3", "2.1.B-0", "2.1.B-5"});
}
TEST_F(Prove, AConsentMovedToAnotherPerson) {
  behind_the_triggers(privacy::stored::decisions, "update privacy_decision set member_id = member_id + 1");
  expect_fallen("decisions_are_whole", {"2.1.B-0", "2.1.B-5", "2.1.2.9-4"});
}
TEST_F(Prove, AConsentToOtherWords) {
  behind_the_triggers(privacy::stored::decisions, "update privacy_decision set text_hash = x'00'");
  expect_fallen("decisions_are_whole", {"2.1.B-0", "2.1.B-5", "2.1.2.9-4"});
}
TEST_F(Prove, AConsentMadeUp) {
  in_database("update privacy_choice set granted = 1");
  expect_fallen("choices_rest_on_decisions", {"2.1.A-3", "2.1.B-5"});
}
TEST_F(Prove, AConsentToEverything) {
  behind_the_triggers(privacy::stored::decisions, "update privacy_decision set matter = 'all'");
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
TEST_F(Prove, AClockThatWasSetBackBetweenTwoLives) {
  for (const Time now : {start + std::chrono::days{1}, start - std::chrono::hours{1}}) {
    const Folder folder(settings.data);
    assemble(
        settings, [now] { return now; },
        [](App app) {
          app.dispatcher.as_system({}, purpose::security, [](Ctx& c) { privacy::record(c, {.action = "denied"}); });
          app.jobs.start();
          app.jobs.stop();  // after one turn at least
          return 0;
        });
  }
  EXPECT_EQ(what_fell(prove(settings)), "");
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
  expect_fallen("operator_named", {"0-2", "1.1-1"});
  expect_fallen("policies_unaltered", {"0-9", "0-10"});
}
TEST_F(Prove, OtherHostsServedByNobody) {
  settings.operator_name.clear();
  settings.address = "0.0.0.0";
  expect_fallen("named_before_others_come", {"0-2"});
}
TEST_F(Prove, ARootKeyBesideACopyOfTheKeys) {
  back_up_keys(place / "safe");
  EXPECT_EQ(what_fell(prove(settings)), "");
  fs::copy(fs::path(settings.data) / "root.key", place / "safe");
  expect_fallen("keys_apart", {"0-1"});
}
TEST_F(Prove, ACopyOfTheKeysBesideABackupOfTheData) {
  back_up_keys(place / "safe");
  fs::copy(fs::path(settings.data) / "carillon.db", place / "safe");
  expect_fallen("keys_apart", {"0-1"});
}
TEST_F(Prove, ACopyOfTheKeysInTheDataFolder) {
  back_up_keys(place / "safe");
  for (const auto& copy : fs::directory_iterator(place / "safe")) fs::copy(copy, settings.data);
  expect_fallen("keys_apart", {"0-1"});
}
TEST_F(Prove, KeysInTheDatabaseOfTheData) {
  settings.keys = database_of(settings).address;
  expect_fallen("keys_apart", {"0-1"});
}
TEST_F(Prove, MemoryThatOthersCouldRead) {
  ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  expect_fallen("memory_private", {"0-1"});
  privacy::keep_memory_private();
}
TEST_F(Prove, AnotherHistoryUnderTheSameSignature) {
  behind_the_triggers(privacy::stored::ledger_chain, "delete from privacy_ledger_chain");
  behind_the_triggers(privacy::stored::ledger, "update privacy_ledger set at = at + 1");
  in_database("insert into privacy_ledger_waiting select id from privacy_ledger");
  for (const auto* name : {"lines-000000000001.jsonl", "checkpoints.jsonl"}) fs::remove(ledger(name));
  settings.witness = place / "another witness";
  keep_ledger();
  EXPECT_EQ(what_fell(prove(settings)), "") << "by itself it looks sound";
  settings.witness = place / "witness";
  expect_fallen("ledger_witnessed", {"0-1"});
}
TEST_F(Prove, APolicyTextThatWasAltered) {
  behind_the_triggers(privacy::stored::policies,
                      "update privacy_policy set en = replace(en, 'No protection', 'Our protection')");
  expect_fallen("policies_unaltered", {"0-9", "1.1-1", "2.8-1"});
  expect_fallen("honest_about_protection", {"2.4.7-1"});
}
TEST_F(Prove, APolicyHashThatWasAltered) {
  behind_the_triggers(privacy::stored::policies, "update privacy_policy set hash = 'a' || substr(hash, 2)");
  expect_fallen("policies_unaltered", {"0-9", "2.8-1"});
}
TEST_F(Prove, APolicyMovedToAnotherDay) {
  behind_the_triggers(privacy::stored::policies, "update privacy_policy set at = at - 86400000");
  expect_fallen("policies_are_whole", {"0-10", "1.1-1", "2.8-1"});
}
TEST_F(Prove, APolicyThatLostASection) {
  behind_the_triggers(privacy::stored::policies,
                      "update privacy_policy set zh = replace(zh, '\"minors\"', '\"others\"')");
  expect_fallen("nine_sections", {"2.0-0", "2.0-6"});
  expect_fallen("minors_advised", {"2.4.6-2"});
}
TEST_F(Prove, APolicyThatHidesAnItem) {
  behind_the_triggers(privacy::stored::policies, "update privacy_policy set en = replace(en, 'D-09', 'D-99')");
  expect_fallen("lists_what_is_held", {"0-9", "2.1.B-2"});
  expect_fallen("sensitive_stands_out", {"0-9"});
}
TEST_F(Prove, APolicyThatHidesWhoDecides) {
  behind_the_triggers(privacy::stored::policies,
                      "update privacy_policy set en = replace(en, 'Your organisation', 'Nobody')");
  expect_fallen("says_who_decides", {"1.10-1", "2.1.2.4-5"});
}
TEST_F(Prove, APolicyThatAsksForPhoneState) {
  behind_the_triggers(privacy::stored::policies,
                      "update privacy_policy set en = replace(en, 'Never asked for', 'Asked for when used')");
  expect_fallen("permissions_listed", {"2.1.2.8-0a", "2.1.2.8-4", "2.1.2.8-5", "2.1.2.9-1"});
}
TEST_F(Prove, APolicyThatHidesWhatTheBrowserKeeps) {
  behind_the_triggers(
      privacy::stored::policies,
      "update privacy_policy set en = replace(replace(en, 'carillon.theme', 'x'), 'if you block it', 'perhaps')");
  expect_fallen("storage_listed", {"2.2.1-1", "2.2.1-5"});
  expect_fallen("refusing_storage_explained", {"2.2.1-6", "2.2.1-7"});
}
TEST_F(Prove, APolicyThatIsSilentAboutRecipients) {
  behind_the_triggers(privacy::stored::policies,
                      "update privacy_policy set en = replace(en, 'no third party receives', 'partners receive')");
  expect_fallen("no_recipient_named", {"2.3.1-0", "2.3.2-0"});
}
TEST_F(Prove, SomebodyWithTwoOffices) {
  in_database("update identity_membership set roles = 3");
  expect_fallen("one_duty_each", {"2.4.1-6"});
}

TEST_F(Prove, OnlyKnownFieldsAreStored) {
  const Folder folder(settings.data);
  assemble(
      settings, [] { return start; },
      [&](App app) {
        Request r{.method = "POST", .path = "/identity/sessions"};
        r.input = json::Document(
            R"({"login":"ana","password":"open sesame","client":"program","idcard":"planted-4711","device":"known-0815","policy":")" +
            app.policy.hash + R"("})");
        EXPECT_EQ(app.dispatcher.handle(std::move(r)).status, 200);
        return 0;
      });
  std::string kept;
  for (const auto& entry : fs::recursive_directory_iterator(settings.data))
    if (entry.is_regular_file()) kept += files::read(entry.path());
  EXPECT_NE(kept.find("known-0815"), kept.npos);
  EXPECT_EQ(kept.find("planted-4711"), kept.npos);
}

// The running program catches up by itself with what an interrupted one left.
TEST_F(Prove, TheProgramKeepsTheLedger) {
  for (const auto& folder : {fs::path(settings.data) / "ledger", fs::path(settings.witness)}) fs::remove_all(folder);
  const Folder folder(settings.data);
  assemble(
      settings, [] { return start; },
      [&](App app) {
        app.jobs.start();
        const auto last = std::chrono::steady_clock::now() + std::chrono::seconds{20};
        while (!fs::exists(fs::path(settings.witness) / "ledger.pub") && std::chrono::steady_clock::now() < last)
          std::this_thread::sleep_for(std::chrono::milliseconds{10});
        app.jobs.stop();
        return 0;
      });
  EXPECT_EQ(what_fell(prove(settings)), "");
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
  const auto in_server = [&](const std::string& sql) {
    db::Postgres(server, db::Postgres::Mode::write).generated(sql);
  };
  const auto place = fs::path("/dev/shm") / (name_of_run + "_postgres");
  fs::create_directory(place);
  in_server("create schema " + name_of_run);
  auto settings = settings_in(place);
  settings.database = std::string(server) + (std::string(server).contains('?') ? "&" : "?") +
                      "options=-c%20search_path%3D" + name_of_run;
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
