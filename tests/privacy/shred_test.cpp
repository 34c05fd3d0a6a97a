#include "privacy/shred.hpp"

#include <fstream>
#include <future>

#include "core/jobs.hpp"
#include "db/copy.hpp"
#include "privacy/audit.hpp"
#include "privacy/key_backup.hpp"
#include "world.hpp"

namespace {

namespace fs = std::filesystem;
using RowId = Id<"row">;

class Shred : public probe::World {
 protected:
  const Actor ana = person(101), ben = person(102), system{.kind = Actor::Kind::system, .org = first_org};

  void SetUp() override {
    probe::World::SetUp();
    fs::create_directory(folder / "data");
    ledger = std::make_unique<privacy::LedgerFiles>(folder / "data/ledger", folder / "witness");
    for (const auto& who : {ana, ben})
      act(who, [&](Ctx& c) {
        c.db.exec("insert into elsewhere_contact (id, org_id, member_id, phone) values ($1, $2, $3, $4)",
                  c.fresh<RowId>(), c.org, c.who.member,
                  c.gate.sealed<data::directory_phone>(c.who.member, std::string("+8613800000001")));
      });
  }

  // What somebody's own phone reads as, in a store of the data and with the keys of a node.
  std::string read(const Actor& who, db::Database& data, privacy::KeyStore& keys) {
    std::string seen = "no row";
    data.write_now([&](db::Connection& c) {
      Outbox out;
      const Moment m{who, who.org, now_, purpose::communication, c, ids, out};
      privacy::ConsentGate gate(m, keys);
      c.each<Kept>(
          "select phone from elsewhere_contact where org_id = $1 and member_id = $2",
          [&](const Kept& k) { seen = gate.opened<std::string>(who.member, k.phone).value_or("shut"); }, who.org,
          who.member);
    });
    return seen;
  }
  void shred(const Actor& who) {
    act(system, [&](Ctx& c) { privacy::shred(c, who.member.value, "test.asked"); }, purpose::rights);
    privacy::destroy_keys(*store, *ledger, {{who.org, who.member.value}, now_});
    act(system, [&](Ctx& c) { privacy::note_shredded(c, who.member.value); }, purpose::rights);
  }
  std::unique_ptr<db::Database> copy_of_data() {
    auto copy = db::open({.address = "sqlite:" + (folder / "copy.db").string()}, probe::tables());
    copy->write_now(
        [&](db::Connection& to) { db->read_now([&](db::Connection& from) { db::copy(from, to, probe::tables()); }); });
    return copy;
  }
  // As somebody would who puts an older copy back.
  void bring_back(const fs::path& copy) {
    store.reset();
    if (postgres())
      db::open(keys(), {})->write_now([](db::Connection& c) {
        for (const auto* table : {"privacy_data_key", "privacy_master_key"})
          c.generated(std::string("delete from ") + table);
      });
    else
      for (const auto* part : {"keys.db", "keys.db-wal", "keys.db-shm"}) fs::remove(folder / part);
    privacy::restore_keys(keys(), copy);
    store = open_keys();
  }

  std::unique_ptr<privacy::LedgerFiles> ledger;

  struct Kept {
    db::Sealed<data::directory_phone> phone;
    BOOST_DESCRIBE_CLASS(Kept, (), (phone), (), ())
  };
};
ON_BOTH_ENGINES(Shred);

constexpr auto shown = "+8613800000001";

// On PostgreSQL the other node has the keys in its memory; on SQLite a folder has one node at a time.
TEST_P(Shred, nothing_opens_any_more_on_any_node_or_from_a_copy) {
  const auto copy = copy_of_data();
  std::unique_ptr<privacy::KeyStore> other;
  if (postgres()) other = open_keys();
  const auto everywhere = [&](const Actor& who) {
    if (!postgres()) other = open_keys();
    return std::array{read(who, *db, *store), read(who, *db, *other), read(who, *copy, *store),
                      read(who, *copy, *other)};
  };
  const std::array open{shown, shown, shown, shown}, shut{"shut", "shut", "shut", "shut"};
  EXPECT_TRUE(std::ranges::equal(everywhere(ana), open));
  EXPECT_TRUE(std::ranges::equal(everywhere(ben), open));
  shred(ana);
  EXPECT_TRUE(std::ranges::equal(everywhere(ana), shut));
  EXPECT_TRUE(std::ranges::equal(everywhere(ben), open));
}

TEST_P(Shred, an_older_copy_of_the_keys_brings_nothing_back) {
  const auto backup = folder / "elsewhere" / "keys.db";
  fs::create_directory(backup.parent_path());
  store->copy_to(backup);
  now_ += std::chrono::hours{1};
  shred(ana);
  bring_back(backup);
  EXPECT_EQ(read(ana, *db, *store), shown) << "without the ledger the copy would open it";
  privacy::shred_again(*db, *store, *ledger);
  EXPECT_EQ(read(ana, *db, *store), "shut");
  EXPECT_EQ(read(ben, *db, *store), shown);
}

// What was put back knows nothing of it, neither the data nor the keys.
TEST_P(Shred, older_copies_of_data_and_keys_together_bring_nothing_back) {
  const auto backup = folder / "elsewhere" / "keys.db";
  fs::create_directory(backup.parent_path());
  store->copy_to(backup);
  const auto data = copy_of_data();
  now_ += std::chrono::hours{1};
  shred(ana);
  ledger->catch_up(*db);
  const auto after_restoring = [&] {
    bring_back(backup);
    EXPECT_EQ(read(ana, *data, *store), shown);
    privacy::LedgerFiles anew{folder / "data/ledger", folder / "witness"};
    privacy::shred_again(*data, *store, anew);
    return read(ana, *data, *store) + " " + read(ben, *data, *store);
  };
  const auto still_open = " " + std::string(shown);
  EXPECT_EQ(after_restoring(), "shut" + still_open);

  const auto lines = probe::contents(folder / "witness/shreds.jsonl");
  fs::remove(folder / "data/ledger/shreds.jsonl");
  EXPECT_EQ(after_restoring(), "shut" + still_open) << "the witness knows it, too";

  auto forged = json::parse<privacy::ShredLine>(lines.substr(0, lines.find('\n')));
  forged.subject = 102;
  std::ofstream(folder / "witness/shreds.jsonl", std::ios::app) << json::dump(forged) << '\n';
  EXPECT_EQ(after_restoring(), "shut" + still_open) << "the witness destroys nothing of its own accord";
}

TEST_P(Shred, who_returns_begins_anew) {
  shred(ana);
  now_ += std::chrono::hours{1};
  const auto fresh = store->make({first_org, 101}, purpose::directory);
  privacy::shred_again(*db, *store, *ledger);
  EXPECT_TRUE(open_keys()->find(fresh.id));
}

TEST_P(Shred, it_is_written_with_its_transaction) {
  EXPECT_EQ(refused(system,
                    [](Ctx& c) {
                      privacy::shred(c, 101, "test.asked");
                      throw Error::conflict("probe.undone", "Undone");
                    }),
            "probe.undone");
  EXPECT_EQ(count("core_job"), 0);
  EXPECT_EQ(count("privacy_ledger where kind = 'shredding'"), 0);
  shred(ana);
  EXPECT_EQ(count("core_job"), 1);
  EXPECT_EQ(count("privacy_ledger where kind = 'shredding'"), 2);
  const auto rows = audit();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].action, "keys.shred");
  EXPECT_EQ(rows[0].reason, "test.asked");
  EXPECT_EQ(rows[1].action, "keys.shredded");
  for (const auto& row : rows) EXPECT_EQ(row.subject, 101);
}

// A write that comes while keys are destroyed has committed before that ends.
TEST_P(Shred, nobody_waits_while_keys_are_destroyed) {
  Router router;
  Audiences audiences;
  Callers callers{[](db::Tx&, std::string_view, Time) { return std::nullopt; }};
  const auto gates = [&](const Moment& m) { return std::make_unique<privacy::ConsentGate>(m, *store); };
  const auto clock = [&] { return now_; };
  Dispatcher dispatcher{{router, *db, callers, audiences, ids, gates, clock}};
  Jobs jobs{*db, dispatcher, ids, clock};
  bool others_write = false;
  std::future<void> write;
  jobs.outside(
      privacy::shredding_job, purpose::rights,
      [&](const Job& job) {
        privacy::destroy_keys(*store, *ledger, {{job.org, job.reference}, now_});
        write = std::async(std::launch::async,
                           [&] { act(system, [](Ctx& c) { privacy::record(c, {.action = "read"}); }); });
        others_write = write.wait_for(std::chrono::seconds{20}) == std::future_status::ready;
      },
      [&](Ctx& c, const Job& job) {
        EXPECT_TRUE(others_write);
        privacy::note_shredded(c, job.reference);
      });
  act(system, [](Ctx& c) { privacy::shred(c, 101, "test.asked"); }, purpose::rights);
  EXPECT_EQ(jobs.run_due(), 1);
  EXPECT_EQ(count("core_job"), 0);
  EXPECT_EQ(count("privacy_audit where action = 'keys.shredded'"), 1);
  EXPECT_EQ(read(ana, *db, *store), "shut");
}

TEST_P(Shred, expiry_says_how_many_rows_went) {
  act(system, [](Ctx& c) { privacy::expired(c, "elsewhere_contact", 0); });
  EXPECT_EQ(count("privacy_ledger"), 0);
  act(system, [](Ctx& c) { privacy::expired(c, "elsewhere_contact", 12); });
  EXPECT_EQ(count("privacy_ledger where kind = 'expiry'"), 1);
  EXPECT_EQ(audit().at(0).reason, "elsewhere_contact:12");
}

TEST_P(Shred, a_copy_of_the_keys_is_private_whole_and_shut_without_the_root_key) {
  const auto place = folder / "safe";
  const auto made = privacy::back_up_keys(*store, folder / "data", place, now_);
  const auto file = place / made.file;
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(place), {}), 1);
  const auto root = probe::contents(folder / "root.key");
  EXPECT_FALSE(probe::contents(file).contains(root.substr(2, 40)));
  EXPECT_EQ(privacy::last_key_backup(folder / "data")->file, made.file);

  bring_back(file);
  EXPECT_EQ(read(ana, *db, *store), shown);
  EXPECT_NE(probe::outcome([&] { privacy::restore_keys(keys(), file); }).find("has keys"), std::string::npos);
  store.reset();
  fs::rename(folder / "root.key", folder / "lost");
  EXPECT_NE(probe::outcome([&] { open_keys(); }).find("root.key is missing"), std::string::npos);
}

TEST_P(Shred, copies_of_the_keys_go_after_seven_days) {
  const auto place = folder / "safe", data = folder / "data";
  const auto first = privacy::back_up_keys(*store, data, place, now_);
  privacy::back_up_keys(*store, data, place, now_ + std::chrono::days{6});
  EXPECT_TRUE(fs::exists(place / first.file));
  std::ofstream(place / "keys-of-the-house.db") << "somebody else's";
  privacy::back_up_keys(*store, data, place, now_ + std::chrono::days{8});
  EXPECT_FALSE(fs::exists(place / first.file));
  EXPECT_TRUE(fs::exists(place / "keys-of-the-house.db"));
}

TEST_P(Shred, no_copy_of_the_keys_lies_beside_the_root_key_or_the_data) {
  const auto data = folder / "data";
  const auto told = [&](const fs::path& place) {
    return probe::outcome([&] { privacy::back_up_keys(*store, data, place, now_); });
  };
  EXPECT_NE(told(data).find("part of the data folder"), std::string::npos);
  EXPECT_NE(told(data / "safe").find("part of the data folder"), std::string::npos);
  EXPECT_NE(told(folder).find("root.key lies there"), std::string::npos);
  fs::create_directory(folder / "backup");
  std::ofstream(folder / "backup" / "carillon.db") << "data";
  EXPECT_NE(told(folder / "backup").find("data lie there"), std::string::npos);
}

}  // namespace
