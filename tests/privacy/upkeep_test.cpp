#include "privacy/upkeep.hpp"

#include "core/ctx.hpp"
#include "core/metrics.hpp"
#include "privacy/process.hpp"
#include "world.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using privacy::KeyId;
using RowId = Id<"row">;

class Upkeep : public probe::World {
 protected:
  const Actor ana = person(101), ben = person(102);

  void add_phones(Ctx& c, const std::string& phone) {
    c.db.exec("insert into elsewhere_contact (id, org_id, member_id, phone, phone_index) values ($1, $2, $3, $4, $5)",
              c.fresh<RowId>(), c.org, c.who.member, c.gate.sealed<data::directory_phone>(c.who.member, phone),
              c.gate.indexed<data::directory_phone>(phone));
    c.db.exec("insert into elsewhere_login (id, account_id, phone, phone_index) values ($1, $2, $3, $4)",
              c.fresh<RowId>(), c.who.account, c.gate.sealed<data::phone>(c.who.account, phone),
              c.gate.indexed<data::phone>(phone));
  }
  std::vector<MemberId> found(const std::string& phone) {
    struct Whose {
      MemberId member;
    };
    std::vector<MemberId> all;
    act(ben, [&](Ctx& c) {
      all.clear();
      for (const auto n : {101, 102, 103})
        if (c.db.value<std::int64_t>(
                "select id from elsewhere_contact where org_id = $1 and member_id = $2 and phone_index in ($3, $4)",
                c.org, n, c.gate.indexed<data::directory_phone>(phone),
                c.gate.indexed_before<data::directory_phone>(phone)))
          all.push_back(MemberId{n});
    });
    return all;
  }
  bool signs_in(const std::string& phone) {
    bool known = false;
    act(ben, [&](Ctx& c) {
      known = c.db.value<std::int64_t>("select id from elsewhere_login where phone_index in ($1, $2)",
                                       c.gate.indexed<data::phone>(phone), c.gate.indexed_before<data::phone>(phone))
                  .has_value();
    });
    return known;
  }
  bool reindex_some(OrgId org, int limit) {
    bool more = false;
    db->write_now([&](db::Connection& c) { more = privacy::reindex(c, probe::tables(), *store, org, limit); });
    return more;
  }
  std::vector<std::string> indexes(const std::string& table) {
    std::vector<std::string> all;
    db->read_now([&](db::Connection& c) {
      all.clear();
      c.generated("select phone_index from " + table + " where phone_index is not null order by id", {},
                  [&](const db::Row& r) { all.emplace_back(r.bytes(0).begin(), r.bytes(0).end()); });
    });
    return all;
  }
};
ON_BOTH_ENGINES(Upkeep);

TEST_P(Upkeep, keys_without_data_go_and_others_stay) {
  act(ana, [&](Ctx& c) { add_phones(c, "+8613800000001"); });
  const auto used = store->make({first_org, 101}, purpose::directory),
             login = store->make({OrgId{}, 5101}, purpose::communication);
  // As when the verb is undone after its key was made.
  EXPECT_EQ(refused(ben,
                    [](Ctx& c) {
                      c.gate.sealed<data::directory_phone>(c.who.member, std::string("1"));
                      throw Error::conflict("probe.undone", "Undone");
                    }),
            "probe.undone");
  const auto orphan = store->make({first_org, 102}, purpose::directory);
  const auto blob = store->make_for_blob(first_org, std::nullopt), lost = store->make_for_blob(first_org, std::nullopt);
  act(ana, [&](Ctx& c) {
    c.db.exec("insert into elsewhere_paper (id, org_id, owner_id, at, blob_id) values (1, $1, $2, $3, $4)", c.org,
              c.who.member, c.now, blob.id);
  });
  privacy::Sweep sweep{*db, probe::tables(), *store};
  const auto sweep_all = [&] {
    while (sweep.run(now_, 2)) {}
  };
  const auto there = [&](KeyId id) { return open_keys()->find(id).has_value(); };

  now_ += std::chrono::hours{23};
  sweep_all();
  EXPECT_TRUE(there(orphan.id));
  now_ += std::chrono::hours{2};
  sweep_all();
  EXPECT_TRUE(there(orphan.id));  // rests: a verb under way may still commit data under it
  EXPECT_NE(store->make({first_org, 102}, purpose::directory).id, orphan.id);
  now_ += std::chrono::days{6};
  sweep_all();
  EXPECT_TRUE(there(orphan.id));  // as long as copies of it live
  now_ += std::chrono::days{2};
  sweep_all();
  EXPECT_FALSE(there(orphan.id));
  EXPECT_FALSE(there(lost.id));
  for (const auto id : {used.id, login.id, blob.id}) EXPECT_TRUE(there(id));
  EXPECT_EQ(store->make({first_org, 101}, purpose::directory).id, used.id);
}

TEST_P(Upkeep, beside_the_wrong_data_no_key_is_destroyed) {
  act(ana, [&](Ctx& c) { add_phones(c, "+8613800000001"); });
  const auto key = store->make({first_org, 101}, purpose::directory);
  const auto others = db::open({.address = "sqlite:" + (folder / "others.db").string()}, probe::tables());
  privacy::Sweep wrong{*others, probe::tables(), *store};
  for (int day = 0; day < 30; ++day) {
    now_ += std::chrono::days{1};
    wrong.run(now_, 100);
  }
  EXPECT_TRUE(open_keys()->find(key.id));
  EXPECT_TRUE(metrics::text().contains("carillon_keys_sweep_refused 1"));

  privacy::Sweep right{*db, probe::tables(), *store};
  right.run(now_, 100);
  EXPECT_EQ(store->make({first_org, 101}, purpose::directory).id, key.id) << "it seals again";
  EXPECT_FALSE(store->most_rest());
}

TEST_P(Upkeep, data_that_came_late_keeps_its_key) {
  const auto key = store->make({first_org, 101}, purpose::directory);
  privacy::Sweep sweep{*db, probe::tables(), *store};
  act(ana, [&](Ctx& c) {  // begun with the key in hand, before it was found idle
    const auto phone = c.gate.sealed<data::directory_phone>(c.who.member, std::string("+8613800000001"));
    now_ += std::chrono::hours{30};
    sweep.run(now_, 100);
    c.db.exec("insert into elsewhere_contact (id, org_id, member_id, phone) values (1, $1, $2, $3)", c.org,
              c.who.member, phone);
  });
  now_ += std::chrono::hours{30};
  sweep.run(now_, 100);
  EXPECT_TRUE(open_keys()->find(key.id));
}

TEST_P(Upkeep, an_index_is_renewed_while_everybody_is_found) {
  const std::string phones[] = {"+8613800000001", "+8613800000002", "+8613800000003"};
  for (int i = 0; i < 3; ++i) act(person(101 + i), [&](Ctx& c) { add_phones(c, phones[i]); });
  const auto before = indexes("elsewhere_contact"), logins = indexes("elsewhere_login");
  const auto all_found = [&] {
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(found(phones[i]), std::vector{MemberId{101 + i}});
      EXPECT_TRUE(signs_in(phones[i]));
    }
  };
  store->rotate_index(first_org);
  all_found();
  EXPECT_TRUE(reindex_some(first_org, 2));
  store = open_keys();  // as after a stop
  all_found();
  while (reindex_some(first_org, 2)) {}
  all_found();
  store->end_index_rotation(first_org);
  all_found();
  for (const auto& old : before) EXPECT_EQ(std::ranges::count(indexes("elsewhere_contact"), old), 0);
  EXPECT_EQ(indexes("elsewhere_login"), logins);

  store->rotate_index(OrgId{});
  while (reindex_some(OrgId{}, 2)) {}
  store->end_index_rotation(OrgId{});
  all_found();
  for (const auto& old : logins) EXPECT_EQ(std::ranges::count(indexes("elsewhere_login"), old), 0);
}

TEST_P(Upkeep, renewing_goes_on_by_itself_and_ends_when_every_node_knows) {
  const std::string phone = "+8613800000001";
  for (int i = 0; i < 250; ++i) act(person(1000 + i), [&](Ctx& c) { add_phones(c, std::to_string(i)); });
  act(ana, [&](Ctx& c) { add_phones(c, phone); });
  const auto left = [&] {
    std::int64_t n = 0;
    db->read_now([&](db::Connection& c) { n = privacy::outdated_indexes(c, probe::tables(), *store, first_org); });
    return n;
  };
  EXPECT_TRUE(store->renewals().empty());
  store->rotate_index(first_org);
  EXPECT_EQ(probe::outcome([&] { store->rotate_index(first_org); }), "this index is being renewed already");
  ASSERT_EQ(store->renewals().size(), 1U);
  EXPECT_EQ(left(), 251);
  while (privacy::renew_keys(*db, probe::tables(), *store, now_)) {}
  EXPECT_EQ(left(), 0);
  EXPECT_EQ(store->renewals().size(), 1U) << "another node may still write under the older key";
  now_ += std::chrono::minutes{2};
  privacy::renew_keys(*db, probe::tables(), *store, now_);
  EXPECT_TRUE(store->renewals().empty());
  EXPECT_EQ(found(phone), std::vector{MemberId{101}});
  EXPECT_TRUE(signs_in(phone));
}

TEST_P(Upkeep, who_was_shredded_is_not_found_after_renewal) {
  act(ana, [&](Ctx& c) { add_phones(c, "+8613800000001"); });
  store->destroy({first_org, 101});
  store->rotate_index(first_org);
  while (reindex_some(first_org, 10)) {}
  EXPECT_TRUE(indexes("elsewhere_contact").empty());
}

// In a process of its own: it would follow the tests around.
TEST(Process, keeps_its_memory_to_itself) {
  const pid_t child = ::fork();
  if (child == 0) {
    privacy::keep_memory_private();
    rlimit core{};
    ::getrlimit(RLIMIT_CORE, &core);
    ::_exit(::prctl(PR_GET_DUMPABLE) == 0 && core.rlim_cur == 0 && core.rlim_max == 0 ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

}  // namespace
