// Audit and ledger: rows that stay, lines that can be checked by somebody with nothing but files.
#include <sys/stat.h>

#include <fstream>

#include "db/append_only.hpp"
#include "db/copy.hpp"
#include "privacy/acceptance.hpp"
#include "privacy/audit.hpp"
#include "privacy/choices.hpp"
#include "privacy/ledger_files.hpp"
#include "privacy/ledger_verify.hpp"
#include "privacy/schema.hpp"
#include "register/permissions.hpp"
#include "register/purposes.hpp"
#include "world.hpp"

namespace {

namespace fs = std::filesystem;
using privacy::Act;
using privacy::Checkpoint;
using privacy::LedgerKind;
using privacy::LedgerLine;
using probe::contents;
using probe::outcome;

const privacy::InForce policy{"0", std::string(64, 'a')};

class Ledger : public probe::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    store = db::open(data(), privacy::stored::tables);
  }
  void TearDown() override {
    store.reset();
    Place::TearDown();
  }

  void within(const std::function<void(const Moment&)>& act) {
    store->write_now([&](db::Connection& c) {
      const Actor who{.kind = Actor::Kind::person, .account = {7}, .member = {8}, .org = {9}};
      Outbox out;
      act({who, who.org, now_, purpose::security, c, ids, out});
    });
  }
  void accept(int accounts, int from = 1) {
    for (int i = 0; i < accounts; ++i)
      within([&](const Moment& c) { privacy::accept(c, policy, AccountId{from + i}, "en"); });
  }
  void decide(const std::function<void(Ctx&)>& act) {
    const auto keys = open_keys();
    within([&](const Moment& m) {
      privacy::ConsentGate gate(m, *keys);
      Ctx c{m, gate};
      act(c);
    });
  }
  void publish() { publish(folder / "witness"); }
  void publish(const fs::path& witness) {
    bool more = true;
    while (more) store->write_now([&](db::Connection& c) { more = privacy::chain(c); });
    privacy::LedgerFiles(folder / "ledger", witness).catch_up(*store);
  }
  std::unique_ptr<db::Database> backup() {
    auto copy = db::open({.address = "sqlite:" + (folder / "backup.db").string()}, privacy::stored::tables);
    copy->write_now([&](db::Connection& to) {
      store->read_now([&](db::Connection& from) { db::copy(from, to, privacy::stored::tables); });
    });
    return copy;
  }
  template <class T>
  T value(const std::string& sql) {
    T found{};
    store->read_now(
        [&](db::Connection& c) { c.generated(sql, {}, [&](const db::Row& r) { db::from_row(r, 0, found); }); });
    return found;
  }
  std::string refused(const std::string& sql) {
    return outcome([&] { store->write_now([&](db::Connection& c) { c.generated(sql); }); });
  }

  std::string key() { return contents(folder / "ledger/ledger.pub").substr(0, 64); }
  std::vector<std::string> problems(const fs::path& of, bool witness = true) {
    return privacy::verify_ledger(of, key(), witness ? folder / "witness" : fs::path()).problems;
  }
  // A copy that a test may spoil: the lines of its one segment.
  fs::path spoiled(const std::function<void(std::vector<std::string>&)>& spoil) {
    const auto copy = folder / "copy";
    fs::remove_all(copy);
    fs::copy(folder / "ledger", copy, fs::copy_options::recursive);
    const auto path = copy / privacy::ledger_file::segment(1);
    auto lines = privacy::lines_of(path);
    spoil(lines);
    std::ofstream file(path, std::ios::trunc);
    for (auto& line : lines) file << line << '\n';
    return copy;
  }
  static bool says(const std::vector<std::string>& all, std::string_view words) {
    return std::ranges::any_of(all, [&](auto& p) { return p.find(words) != p.npos; });
  }

  std::unique_ptr<db::Database> store;
};
ON_BOTH_ENGINES(Ledger);

TEST_P(Ledger, AnActIsARowInTheTransactionOfWhatItDescribes) {
  within([](const Moment& c) {
    privacy::record(c,
                    {.action = "read", .subject = 5, .item = "D-01", .reason = "test.reason", .acting_for = OrgId{9}});
    privacy::record(c, {.action = "read", .subject = 6, .item = "D-01", .reason = "test.reason"});
  });
  EXPECT_EQ(value<std::int64_t>("select count(*) from privacy_audit where actor = 'person' and actor_member = 8 and "
                                "actor_account = 7 and org_id = 9 and purpose = 'PU-07' and reason = 'test.reason'"),
            2);
  EXPECT_EQ(value<std::int64_t>("select count(distinct request) from privacy_audit"), 1);
  EXPECT_EQ(value<std::int64_t>("select count(*) from privacy_audit where acting_for = 9 and subject_id = 5"), 1);
  EXPECT_EQ(value<std::int64_t>("select count(*) from privacy_ledger where kind = 'audit'"), 2);

  EXPECT_EQ(outcome([&] {
              within([](const Moment& c) {
                privacy::record(c, {.action = "read"});
                throw std::runtime_error("undone");
              });
            }),
            "undone");
  EXPECT_EQ(value<std::int64_t>("select count(*) from privacy_audit"), 2);
}

TEST_P(Ledger, WithoutTheAuditTheDeedIsNotDone) {
  store->write_now([](db::Connection& c) { c.generated("alter table privacy_audit rename to privacy_gone"); });
  EXPECT_EQ(outcome([&] {
              within([](const Moment& c) {
                privacy::accept(c, policy, AccountId{1}, "en");
                privacy::record(c, {.action = "read"});
              });
            }),
            "privacy.audit_unavailable");
  EXPECT_EQ(value<std::int64_t>("select count(*) from privacy_acceptance"), 0);
}

TEST_P(Ledger, NobodyChangesOrRemovesEvidence) {
  accept(1);
  within([](const Moment& c) { privacy::record(c, {.action = "read"}); });
  decide([](Ctx& c) { privacy::grant(c, permission::location.id, 1, privacy::Surface::centre); });
  publish();
  for (const std::string table :
       {"privacy_acceptance", "privacy_audit", "privacy_decision", "privacy_ledger", "privacy_ledger_chain"}) {
    EXPECT_NE(refused("delete from " + table), "fine") << table;
    const auto column = table == "privacy_ledger_chain" ? "entry_id" : "at";
    EXPECT_NE(refused("update " + table + " set " + column + " = 1"), "fine") << table;
    EXPECT_EQ(value<std::int64_t>("select count(*) from " + table) > 0, true) << table;
  }
}

// The second life makes ids and times that are older than everything in the chain.
TEST_P(Ledger, AClockThatWasSetBackLosesNothing) {
  accept(2);
  publish();
  now_ -= std::chrono::days{1};
  Ids reborn{1};
  store->write_now([&](db::Connection& c) {
    const Actor who{.kind = Actor::Kind::person, .account = {7}};
    Outbox out;
    privacy::accept({who, {}, now_, purpose::security, c, reborn, out}, policy, AccountId{50}, "en");
  });
  publish();
  EXPECT_EQ(value<std::int64_t>("select count(*) from privacy_ledger_chain"), 3);
  EXPECT_EQ(value<std::int64_t>("select count(*) from privacy_ledger_waiting"), 0);
  EXPECT_EQ(privacy::verify_ledger(folder / "ledger", key(), folder / "witness").lines, 3);
}

TEST_P(Ledger, OnlyExpiryRemovesWhatIsOldEnough) {
  within([](const Moment& c) { privacy::record(c, {.action = "old"}); });
  now_ += std::chrono::days{10};
  within([](const Moment& c) { privacy::record(c, {.action = "new"}); });
  store->write_now(
      [&](db::Connection& c) { EXPECT_EQ(db::expire(c, privacy::stored::audit, now_ - std::chrono::days{5}), 1); });
  EXPECT_EQ(value<std::string>("select action from privacy_audit"), "new");
  EXPECT_NE(refused("delete from privacy_audit"), "fine");
}

TEST_P(Ledger, AConsentThatHoldsDoesNotExpireAndOneThatEndedIsCountedFromItsEnd) {
  const auto matter = permission::location.id;
  const auto kept = [&] {
    store->write_now(
        [&](db::Connection& c) { db::expire(c, privacy::stored::decisions, now_ - std::chrono::days{5}); });
    return value<std::int64_t>("select count(*) from privacy_decision");
  };
  decide([&](Ctx& c) { privacy::grant(c, matter, 1, privacy::Surface::centre); });
  now_ += std::chrono::days{100};
  EXPECT_EQ(kept(), 1);
  decide([&](Ctx& c) { privacy::withdraw(c, matter, privacy::Surface::centre); });
  now_ += std::chrono::days{4};
  EXPECT_EQ(kept(), 2);
  now_ += std::chrono::days{4};
  EXPECT_EQ(kept(), 0);
}

TEST_P(Ledger, AcceptingTwiceIsOneEntry) {
  accept(1);
  accept(1);
  EXPECT_EQ(value<std::int64_t>("select count(*) from privacy_ledger"), 1);
}

TEST_P(Ledger, IsVerifiedFromItsFilesAlone) {
  accept(25);
  publish();
  accept(5, 100);
  publish();
  publish();
  const auto report = privacy::verify_ledger(folder / "ledger", key(), folder / "witness");
  EXPECT_TRUE(report.problems.empty()) << report.problems.front();
  EXPECT_EQ(report.lines, 30);
  EXPECT_EQ(report.witnessed, 30);
  EXPECT_EQ(privacy::lines_of(folder / "witness/checkpoints.jsonl").size(), 2u);
}

TEST_P(Ledger, HoldsNoPersonalData) {
  accept(3);
  publish();
  const auto exported = contents(folder / "ledger" / privacy::ledger_file::segment(1));
  EXPECT_EQ(exported.find(policy.hash), exported.npos);
  EXPECT_EQ(exported.find("\"account"), exported.npos);
}

TEST_P(Ledger, GoesOnWhereACrashLeftIt) {
  accept(4);
  publish();
  accept(4, 50);
  {
    std::ofstream file(folder / "ledger" / privacy::ledger_file::segment(1), std::ios::app);
    file << R"({"seq":5,"entry":)";  // cut off in the middle
    std::ofstream points(folder / "ledger/checkpoints.jsonl", std::ios::app);
    points << R"({"size":)";
  }
  publish();
  EXPECT_EQ(problems(folder / "ledger"), std::vector<std::string>{});
  EXPECT_EQ(privacy::verify_ledger(folder / "ledger", key(), folder / "witness").lines, 8);
}

TEST_P(Ledger, WhatCannotBeReadIsNotTakenForEmpty) {
  accept(2);
  publish();
  const auto path = folder / "ledger" / privacy::ledger_file::segment(1);
  fs::rename(path, folder / "aside");
  fs::create_directory(path);  // opens, and does not read
  accept(1, 9);
  EXPECT_EQ(outcome([&] { publish(); }), "cannot read " + path.string());
  fs::remove(path);
  fs::rename(folder / "aside", path);
  publish();
  EXPECT_EQ(problems(folder / "ledger"), std::vector<std::string>{});
  EXPECT_EQ(privacy::lines_of(path).size(), 3U);
}

TEST_P(Ledger, AnAlteredLineIsFound) {
  accept(6);
  publish();
  const auto copy = spoiled([](auto& lines) {
    auto line = json::parse<LedgerLine>(lines[2]);
    line.digest[0] = line.digest[0] == '0' ? '1' : '0';
    lines[2] = json::dump(line);
  });
  EXPECT_TRUE(says(problems(copy), "line 3 was altered"));
}

TEST_P(Ledger, ARewrittenLedgerIsFoundByItsCheckpoints) {
  accept(6);
  publish();
  const auto copy = spoiled([](auto& lines) {
    std::string before = privacy::first_hash;
    for (auto& text : lines) {
      auto line = json::parse<LedgerLine>(text);
      line.entry += 1;
      before = line.hash = privacy::hash_of(line, before);
      text = json::dump(line);
    }
  });
  EXPECT_TRUE(says(problems(copy), "forked or rewritten"));
}

TEST_P(Ledger, ACutOffEndIsFound) {
  accept(3);
  publish();
  accept(3, 50);
  publish();
  auto copy = spoiled([](auto& lines) { lines.resize(3); });
  EXPECT_TRUE(says(problems(copy), "the ledger has a checkpoint at 6, but there are only 3 lines"));

  // With its checkpoints cut as well, only the witness knows.
  const auto first = privacy::lines_of(copy / "checkpoints.jsonl").front();
  std::ofstream(copy / "checkpoints.jsonl", std::ios::trunc) << first << '\n';
  EXPECT_EQ(problems(copy, false), std::vector<std::string>{});
  EXPECT_TRUE(says(problems(copy), "the witness has a checkpoint at 6, but there are only 3 lines"));
}

TEST_P(Ledger, LinesInAnotherOrderAreFound) {
  accept(6);
  publish();
  EXPECT_TRUE(
      says(problems(spoiled([](auto& lines) { std::swap(lines[1], lines[2]); })), "lines were moved or taken out"));
  EXPECT_TRUE(
      says(problems(spoiled([](auto& lines) { lines.erase(lines.begin() + 1); })), "lines were moved or taken out"));
}

// Whoever has the key can sign two ledgers; the witness has seen the other one.
TEST_P(Ledger, AForkIsFound) {
  accept(4);
  const auto seed_only = [&] {
    const auto seed = contents(folder / "ledger/signing.key");
    fs::remove_all(folder / "ledger");
    fs::create_directory(folder / "ledger");
    std::ofstream(folder / "ledger/signing.key") << seed;
    ::chmod((folder / "ledger/signing.key").c_str(), 0600);
  };
  publish();
  const auto first = privacy::lines_of(folder / "ledger/checkpoints.jsonl").front();
  seed_only();
  store.reset();
  store = db::open(keys(), privacy::stored::tables);  // another history
  accept(4, 70);
  publish({});
  EXPECT_EQ(problems(folder / "ledger", false), std::vector<std::string>{});
  EXPECT_TRUE(says(problems(folder / "ledger"), "the witness has another signed hash at 4"));

  std::ofstream(folder / "ledger/checkpoints.jsonl", std::ios::app) << first << '\n';
  EXPECT_TRUE(says(problems(folder / "ledger", false), "two signed checkpoints that disagree at 4"));
}

TEST_P(Ledger, AnotherKeyVerifiesNothing) {
  accept(2);
  publish();
  const auto report = privacy::verify_ledger(folder / "ledger", std::string(64, 'b'), folder / "witness");
  EXPECT_TRUE(says(report.problems, "that the key did not sign"));
}

// A data folder that was put back beside a newer database, or the other way round.
TEST_P(Ledger, FilesAndDatabaseThatDisagreeAreNotMixed) {
  accept(2);
  publish();
  const auto path = folder / "ledger" / privacy::ledger_file::segment(1);
  auto lines = privacy::lines_of(path);
  auto line = json::parse<LedgerLine>(lines[1]);
  line.hash = std::string(64, 'c');
  std::ofstream(path, std::ios::trunc) << lines[0] << '\n' << json::dump(line) << '\n';
  accept(1, 9);
  EXPECT_EQ(outcome([&] { publish(); }), "privacy.ledger_forked");
}

TEST_P(Ledger, ARestoredDatabaseGoesOnWhereTheExportEnds) {
  accept(2);
  publish();
  auto older = backup();
  accept(3, 50);
  publish();
  store = std::move(older);
  const auto begin = [&] { privacy::LedgerFiles(folder / "ledger", folder / "witness").rejoin(*store, ids, now_); };
  begin();
  begin();
  accept(1, 90);
  publish();
  EXPECT_EQ(problems(folder / "ledger"), std::vector<std::string>{});
  EXPECT_EQ(privacy::verify_ledger(folder / "ledger", key(), folder / "witness").lines, 7);
  EXPECT_EQ(value<std::int64_t>("select count(*) from privacy_audit where action = 'ledger.restored'"), 1);
  EXPECT_EQ(value<std::int64_t>("select count(*) from privacy_ledger where kind = 'restoration'"), 1);
}

TEST_P(Ledger, NothingIsSignedAgainstTheWitness) {
  accept(2);
  publish();
  auto older = backup();
  fs::copy(folder / "ledger", folder / "older");
  accept(3, 50);
  publish();
  store = std::move(older);
  fs::remove_all(folder / "ledger");
  fs::rename(folder / "older", folder / "ledger");
  EXPECT_EQ(outcome([&] { publish(); }), "privacy.ledger_cut_off");
  accept(3, 90);
  EXPECT_EQ(outcome([&] { publish(); }), "privacy.ledger_forked");
  EXPECT_EQ(privacy::lines_of(folder / "witness/checkpoints.jsonl").size(), 2U);
  EXPECT_EQ(privacy::lines_of(folder / "ledger/checkpoints.jsonl").size(), 1U);
}

TEST_P(Ledger, NobodyElseReadsTheKey) {
  accept(1);
  publish();
  EXPECT_EQ(fs::status(folder / "ledger/signing.key").permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(folder / "ledger").permissions(), fs::perms::owner_all);
}

}  // namespace
