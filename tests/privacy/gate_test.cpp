#include <atomic>
#include <future>
#include <random>
#include <ranges>

#include "core/dispatch.hpp"
#include "privacy/choices.hpp"
#include "register/permissions.hpp"
#include "world.hpp"

namespace {

using privacy::Surface;
struct Spot {
  double latitude, longitude;
};
BOOST_DESCRIBE_STRUCT(Spot, (), (latitude, longitude))
constexpr Spot here{31.2304, 121.4737};

using PlaceId = Id<"pla">;
struct Kept {
  PlaceId id;
  std::optional<db::Sealed<data::geolocation>> place;
};
struct Phone {
  db::Sealed<data::directory_phone> phone;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (id, place))
BOOST_DESCRIBE_STRUCT(Phone, (), (phone))

void grant_all(Ctx& c) {
  privacy::grant(c, purpose::attendance_place.id, 1, Surface::when_used);
  privacy::grant(c, permission::location.id, 1, Surface::when_used);
}
void withdraw_place(Ctx& c) { privacy::withdraw(c, purpose::attendance_place.id, Surface::centre); }

void check_in(Ctx& c, const Began& began = {}) {
  c.db.exec("insert into elsewhere_place (id, org_id, member_id, at, place) values ($1, $2, $3, $4, $5)",
            c.fresh<PlaceId>(), c.org, c.who.member, c.now,
            c.gate.granted<data::geolocation>(c.who.member, here, {}, began));
}
void check_in_now(Ctx& c) { check_in(c); }

class Consent : public probe::World {
 protected:
  const Actor ana = person(101), ben = person(102);

  void later(std::chrono::milliseconds t = std::chrono::milliseconds{1}) { now_ += t; }
  void decide(const Actor& who, const std::function<void(Ctx&)>& verb) {
    later();
    act(who, verb);
  }
};
ON_BOTH_ENGINES(Consent);

TEST_P(Consent, nothing_is_written_without_consent_and_permission) {
  EXPECT_EQ(refused(ana, check_in_now), "privacy.consent_needed");
  decide(ana, [](Ctx& c) { privacy::grant(c, purpose::attendance_place.id, 1, Surface::centre); });
  EXPECT_EQ(refused(ana, check_in_now), "privacy.permission_needed");
  decide(ana, [](Ctx& c) { privacy::grant(c, permission::location.id, 1, Surface::when_used); });
  EXPECT_EQ(refused(ana, check_in_now), "fine");
  EXPECT_EQ(refused(ben, check_in_now), "privacy.consent_needed");
  EXPECT_EQ(refused(person(101, second_org), check_in_now), "privacy.consent_needed");
  for (const auto* matter : {"PU-10.1", "PM-04"}) {
    decide(ana, [&](Ctx& c) { privacy::withdraw(c, matter, Surface::centre); });
    EXPECT_NE(refused(ana, check_in_now), "fine") << matter;
    later();
    decide(ana, grant_all);
    EXPECT_EQ(refused(ana, check_in_now), "fine");
  }
  EXPECT_EQ(count("elsewhere_place"), 3);
}

TEST_P(Consent, what_began_before_a_withdrawal_is_refused_after_a_new_consent) {
  decide(ana, grant_all);
  const Time captured = now_;
  Began begun;
  act(ana, [&](Ctx& c) { begun = c.gate.begun<data::geolocation>(c.who.member); });
  EXPECT_EQ(refused(ana, [&](Ctx& c) { check_in(c, begun); }), "fine");
  decide(ana, withdraw_place);
  EXPECT_EQ(refused(ana, [&](Ctx& c) { check_in(c, begun); }), "privacy.consent_needed");
  decide(ana, grant_all);
  EXPECT_EQ(refused(ana, [&](Ctx& c) { check_in(c, begun); }), "privacy.withdrawn_since");
  EXPECT_EQ(refused(ana, [&](Ctx& c) { check_in(c, {.at = captured}); }), "privacy.withdrawn_since");
  EXPECT_EQ(refused(ana, [&](Ctx& c) { check_in(c, {.at = now_}); }), "fine");
}

TEST_P(Consent, decisions_are_rows_and_count_without_gaps) {
  decide(ana, grant_all);
  decide(ana, grant_all);  // nothing new
  decide(ana, withdraw_place);
  decide(ana, withdraw_place);
  decide(ana, grant_all);
  decide(ben, withdraw_place);  // was never granted
  std::string all;
  db->read_now([&](db::Connection& c) {
    all.clear();
    c.generated(
        "select member_id, number, action from privacy_decision "
        "where matter = 'PU-10.1' order by member_id, number",
        {}, [&](const db::Row& r) {
          all +=
              std::to_string(r.integer(0)) + ' ' + std::to_string(r.integer(1)) + ' ' + std::string(r.text(2)) + "\n";
        });
  });
  EXPECT_EQ(all, "101 1 grant\n101 2 withdraw\n101 3 grant\n102 1 decline\n");
}

TEST_P(Consent, a_withdrawal_wins_over_a_grant_of_the_same_moment) {
  decide(ana, grant_all);
  decide(ana, withdraw_place);
  EXPECT_EQ(refused(ana, grant_all), "privacy.withdrawn_since");
  EXPECT_EQ(refused(ana, check_in_now), "privacy.consent_needed");
}

TEST_P(Consent, only_people_decide_and_only_about_what_there_is_in_the_words_shown) {
  auto bot = ana;
  bot.kind = Actor::Kind::program;
  EXPECT_EQ(refused(bot, grant_all), "privacy.people_only");
  EXPECT_EQ(refused(bot, withdraw_place), "privacy.people_only");
  for (const auto* id : {"PU-01", "PM-05", "D-27", ""})
    EXPECT_EQ(refused(ana, [&](Ctx& c) { privacy::grant(c, id, 1, Surface::centre); }), "privacy.no_matter") << id;
  EXPECT_EQ(refused(ana, [](Ctx& c) { privacy::grant(c, "PU-10.1", 2, Surface::centre); }), "privacy.matter_changed");
}

TEST_P(Consent, the_centre_shows_what_holds_and_what_was_taken) {
  const auto row = [&](const Actor& who, std::string_view id) {
    privacy::Choice found;
    act(who, [&](Ctx& c) {
      const auto all = privacy::grants(c, Language::en);
      for (auto& x : id.starts_with("PM") ? all.permissions : all.purposes)
        if (x.id == id) found = x;
    });
    return found;
  };
  EXPECT_TRUE(row(ana, "PM-04").may_ask);
  EXPECT_FALSE(row(ana, "PM-05").used);
  decide(ana, grant_all);
  for (int i = 0; i < 3; ++i) act(ana, check_in_now);
  later(std::chrono::days{2});
  act(ana, check_in_now);
  EXPECT_TRUE(row(ana, "PM-04").granted);
  EXPECT_EQ(row(ana, "PM-04").name, "Location");
  EXPECT_EQ(row(ana, "PM-04").taken, 4);
  ASSERT_EQ(row(ana, "PM-04").serves.size(), 1u);
  EXPECT_EQ(row(ana, "PM-04").serves.front().name, "Place of attendance");
  act(ana, [](Ctx& c) {
    const auto taken = privacy::what_was_taken_30_days(c, Language::en);
    ASSERT_EQ(taken.size(), 1u);
    EXPECT_EQ(taken.front().times, 4);
    EXPECT_EQ(taken.front().name, data::geolocation.name.en);
  });
  EXPECT_EQ(row(ana, "PU-10.1").taken, 4);
  EXPECT_EQ(row(ben, "PU-10.1").taken, 0);
  later(std::chrono::days{29});
  EXPECT_EQ(row(ana, "PU-10.1").taken, 1);
  decide(ana, withdraw_place);
  EXPECT_FALSE(row(ana, "PU-10.1").granted);
  EXPECT_FALSE(row(ana, "PU-10.1").may_ask);
}

TEST_P(Consent, a_closed_feature_collects_nothing) {
  decide(ana, grant_all);
  decide(ben, [](Ctx& c) { privacy::switch_feature(c, purpose::attendance_place, true); });
  EXPECT_EQ(refused(ana, check_in_now), "privacy.feature_closed");
  EXPECT_EQ(refused(ana, [](Ctx&) {}, purpose::attendance_place), "privacy.feature_closed");
  EXPECT_EQ(refused(ana, [](Ctx&) {}, purpose::communication), "fine");
  EXPECT_EQ(refused(person(101, second_org), [](Ctx&) {}, purpose::attendance_place), "fine");
  EXPECT_EQ(refused(ana, withdraw_place), "fine");
  EXPECT_EQ(refused(ana, grant_all), "privacy.feature_closed");
  EXPECT_EQ(refused(ben, [](Ctx& c) { privacy::switch_feature(c, purpose::communication, true); }),
            "privacy.no_feature");
  decide(ben, [](Ctx& c) { privacy::switch_feature(c, purpose::attendance_place, false); });
  decide(ana, grant_all);
  EXPECT_EQ(refused(ana, check_in_now), "fine");
}

// Whatever the order: the withdrawal sees every row that is ever there.
TEST_P(Consent, no_row_commits_after_its_withdrawal) {
  constexpr std::int64_t races = 1000;
  std::vector<db::Work> grants, race;
  std::vector<std::int64_t> seen(races);
  std::atomic<int> written = 0, refusals = 0, strange = 0, left = 4 * races;
  std::promise<void> over;
  for (std::int64_t i = 0; i < races; ++i)
    grants.push_back(work(person(i + 1), grant_all, [&](std::exception_ptr wrong) { strange += wrong != nullptr; }));
  std::mt19937 random(7);
  const auto ended = [&](std::exception_ptr wrong) {
    const auto how = probe::outcome([&] {
      if (wrong) std::rethrow_exception(wrong);
    });
    (how == "fine" ? written : how == "privacy.consent_needed" ? refusals : strange)++;
    if (--left == 0) over.set_value();
  };
  for (std::int64_t i = 0; i < races; ++i) {
    std::vector<db::Work> four;
    for (int n = 0; n < 3; ++n) four.push_back(work(person(i + 1), check_in_now, ended));
    four.push_back(work(
        person(i + 1),
        [&seen, i](Ctx& c) {
          withdraw_place(c);
          seen[static_cast<std::size_t>(i)] =
              c.db.value<std::int64_t>("select count(*) from elsewhere_place where org_id = $1 and member_id = $2",
                                       c.org, c.who.member)
                  .value();
        },
        ended));
    std::ranges::shuffle(four, random);
    for (auto& w : four) race.push_back(std::move(w));
  }
  db->write(std::move(grants));
  for (int i = 0; i < 8; ++i) db->write_now([](db::Connection&) {});  // behind the grants on every thread
  later();
  db->write(std::move(race));
  over.get_future().get();

  EXPECT_EQ(strange, 0);
  EXPECT_GT(refusals, races / 2);
  EXPECT_GT(written - races, races / 2);
  std::map<std::int64_t, std::int64_t> rows;
  db->read_now([&](db::Connection& c) {
    rows.clear();
    c.generated("select member_id, count(*) from elsewhere_place group by member_id", {},
                [&](const db::Row& r) { rows[r.integer(0)] = r.integer(1); });
  });
  for (std::int64_t i = 0; i < races; ++i)
    EXPECT_EQ(rows[i + 1], seen[static_cast<std::size_t>(i)]) << "person " << i + 1;
}

class Sealing : public Consent {
 protected:
  void add_phone(Ctx& c, const std::string& phone) {
    c.db.exec("insert into elsewhere_contact (id, org_id, member_id, phone, phone_index) values ($1, $2, $3, $4, $5)",
              c.fresh<PlaceId>(), c.org, c.who.member, c.gate.sealed<data::directory_phone>(c.who.member, phone),
              c.gate.indexed<data::directory_phone>(phone));
  }
  static std::optional<Phone> phone_of(Ctx& c, std::int64_t member) {
    return c.db.one<Phone>("select phone from elsewhere_contact where org_id = $1 and member_id = $2", c.org,
                           MemberId{member});
  }
  std::optional<std::string> read(const Actor& who, std::int64_t member) {
    std::optional<std::string> plain;
    act(who, [&](Ctx& c) {
      plain = c.gate.opened<std::string>(MemberId{member}, phone_of(c, member)->phone, {}, Reason("directory.call"));
    });
    return plain;
  }
  std::int64_t found(const Actor& who, const std::string& phone) {
    std::int64_t n = 0;
    act(who, [&](Ctx& c) {
      n = c.db.value<std::int64_t>(
                  "select count(*) from elsewhere_contact where org_id = $1 and phone_index in ($2, $3)", c.org,
                  c.gate.indexed<data::directory_phone>(phone), c.gate.indexed_before<data::directory_phone>(phone))
              .value();
    });
    return n;
  }
  void change(const std::string& sql) {
    db->write_now([&](db::Connection& c) { c.generated(sql); });
  }
};
ON_BOTH_ENGINES(Sealing);

TEST_P(Sealing, a_value_opens_where_it_stands_and_nowhere_else) {
  act(ana, [&](Ctx& c) { add_phone(c, "+8613800000001"); });
  act(ben, [&](Ctx& c) { add_phone(c, "+8613800000002"); });
  EXPECT_EQ(read(ana, 101), "+8613800000001");
  EXPECT_EQ(read(ana, 102), "+8613800000002");
  const std::string moved = "a sealed value was altered, or moved to another row";
  const auto sealed = [&] {
    std::optional<Phone> row;
    act(ana, [&](Ctx& c) { row = phone_of(c, 101); });
    return row->phone;
  }();
  // Another person, another organisation, another kind of subject; another item needs bytes from below.
  EXPECT_EQ(probe::outcome([&] { act(ben, [&](Ctx& c) { c.gate.opened<std::string>(MemberId{102}, sealed); }); }),
            moved);
  EXPECT_EQ(probe::outcome([&] {
              act(person(101, second_org), [&](Ctx& c) { c.gate.opened<std::string>(MemberId{101}, sealed); });
            }),
            moved);
  EXPECT_EQ(probe::outcome([&] { act(ana, [&](Ctx& c) { c.gate.opened<std::string>(AccountId{5101}, sealed); }); }),
            moved);
  change(
      "insert into elsewhere_place (id, org_id, member_id, at, place) select 1, org_id, member_id, 1, phone from "
      "elsewhere_contact where member_id = 101");
  EXPECT_EQ(probe::outcome([&] {
              act(ana, [&](Ctx& c) {
                const auto kept =
                    c.db.one<Kept>("select id, place from elsewhere_place where org_id = $1 and id = 1", c.org);
                c.gate.opened<Spot>(c.who.member, *kept->place);
              });
            }),
            moved);
  change(
      "update elsewhere_contact set phone = (select phone from elsewhere_contact where member_id = 102) where "
      "member_id = 101");
  EXPECT_EQ(probe::outcome([&] { read(ana, 101); }), moved);
}

TEST_P(Sealing, nothing_is_readable_in_the_store) {
  act(ana, [&](Ctx& c) { add_phone(c, "+8613812345678"); });
  std::string bytes;
  db->read_now([&](db::Connection& c) {
    bytes.clear();
    c.generated("select phone, phone_index from elsewhere_contact", {}, [&](const db::Row& r) {
      for (const int i : {0, 1}) bytes.append(r.bytes(i).begin(), r.bytes(i).end());
    });
  });
  EXPECT_FALSE(bytes.contains("138"));
  EXPECT_FALSE(bytes.contains(std::string("\"+86")));
}

TEST_P(Sealing, shredding_closes_every_copy_restored_ones_too) {
  act(ana, [&](Ctx& c) { add_phone(c, "+8613800000001"); });
  act(ben, [&](Ctx& c) { add_phone(c, "+8613800000002"); });
  change("create table backup as select * from elsewhere_contact");
  EXPECT_EQ(read(ben, 101), "+8613800000001");  // control: it opens before
  store->destroy({first_org, 101});
  EXPECT_EQ(read(ben, 101), std::nullopt);
  change("delete from elsewhere_contact");
  change("insert into elsewhere_contact select * from backup");
  store = open_keys();  // today's keys, and yesterday's data
  EXPECT_EQ(read(ben, 101), std::nullopt);
  EXPECT_EQ(read(ben, 102), "+8613800000002");
}

TEST_P(Sealing, opening_what_is_sensitive_about_others_needs_a_reason_and_leaves_a_row) {
  act(ana, [&](Ctx& c) { add_phone(c, "+8613800000001"); });
  act(ana,
      [&](Ctx& c) { EXPECT_EQ(c.gate.opened<std::string>(c.who.member, phone_of(c, 101)->phone), "+8613800000001"); });
  EXPECT_TRUE(audit().empty());
  EXPECT_EQ(read(ben, 101), "+8613800000001");
  ASSERT_EQ(audit().size(), 1U);
  const auto row = audit()[0];
  EXPECT_EQ(row.actor, 102);
  EXPECT_EQ(row.subject, 101);
  EXPECT_EQ(row.item, "D-04");
  EXPECT_EQ(row.purpose, "PU-02");
  EXPECT_EQ(row.reason, "directory.call");
  const auto without = [&](Ctx& c) { c.gate.opened<std::string>(MemberId{101}, phone_of(c, 101)->phone); };
  EXPECT_EQ(refused(ben, without), "opening what is sensitive about somebody else needs a reason");
}

TEST_P(Sealing, without_a_row_nothing_is_opened) {
  act(ana, [&](Ctx& c) { add_phone(c, "+8613800000001"); });
  change("alter table privacy_audit rename to gone");
  EXPECT_EQ(probe::outcome([&] { read(ben, 101); }), "privacy.audit_unavailable");
}

TEST_P(Sealing, nobody_and_the_operator_open_nothing_of_an_organisation) {
  act(ana, [&](Ctx& c) { add_phone(c, "+8613800000001"); });
  auto nobody = ben, operating = ben;
  nobody.kind = Actor::Kind::nobody;
  operating.operating = true;
  EXPECT_EQ(probe::outcome([&] { read(nobody, 101); }), "identity.sign_in_first");
  EXPECT_EQ(probe::outcome([&] { read(operating, 101); }), "privacy.not_the_operators");
}

TEST_P(Sealing, guarded_columns_take_nothing_plain) {
  const auto plain = [&](auto... values) {
    return refused(ana, [&](Ctx& c) {
      c.db.exec("insert into elsewhere_contact (id, org_id, member_id, phone, phone_index) values ($1, $2, $3, $4, $5)",
                1, c.org, c.who.member, values(c)...);
    });
  };
  const auto sealed = [](Ctx& c) { return c.gate.sealed<data::directory_phone>(c.who.member, std::string("1")); };
  const auto index = [](Ctx& c) { return c.gate.indexed<data::directory_phone>(std::string("1")); };
  const auto others = [](Ctx& c) { return c.gate.indexed<data::phone>(std::string("1")); };
  const auto bytes = [](Ctx&) { return db::Bytes{1, 2, 3}; };
  EXPECT_EQ(plain(sealed, index), "fine");
  EXPECT_EQ(plain(bytes, index), "phone: takes a sealed value only");
  EXPECT_EQ(plain(sealed, bytes), "phone_index: takes an index of its value only");
  EXPECT_EQ(plain(sealed, others), "phone_index: takes an index of its value only");
}

TEST_P(Sealing, an_index_finds_within_its_organisation_only) {
  act(ana, [&](Ctx& c) { add_phone(c, "+8613800000001"); });
  EXPECT_EQ(found(ben, "+8613800000001"), 1);
  EXPECT_EQ(found(ben, "+8613800000002"), 0);
  const auto bytes_in = [&](OrgId org) {
    act(person(300, org), [&](Ctx& c) { add_phone(c, "+8613899999999"); });
    std::string bytes;
    db->read_now([&](db::Connection& c) {
      c.generated("select phone_index from elsewhere_contact where member_id = 300 and org_id = $1",
                  std::array{db::to_arg(org)},
                  [&](const db::Row& r) { bytes.assign(r.bytes(0).begin(), r.bytes(0).end()); });
    });
    return bytes;
  };
  EXPECT_NE(bytes_in(first_org), bytes_in(second_org));
}

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())
struct Room {
  Nothing take(Ctx& c, Nothing) {
    check_in(c);
    return {};
  }
  Nothing look(Ctx& c, Nothing) {
    c.gate.begun<data::geolocation>(c.who.member);
    return {};
  }
  Nothing govern(Ctx&, Nothing) { return {}; }
};

class Denied : public Consent {};
ON_BOTH_ENGINES(Denied);

TEST_P(Denied, a_refused_access_leaves_a_row_and_nothing_else_of_the_verb) {
  Room room;
  Router router;
  router.serves(purpose::attendance);
  router.post("/probe/places", Access::member, room, "Check in", &Room::take);
  router.get("/probe/places", Access::member, room, "Look", &Room::look);
  router.post("/probe/rules", Access::administrator, room, "Rule", &Room::govern);
  Audiences audiences;
  Callers callers{[&](db::Tx&, std::string_view, Time) { return Caller{ana, true, now_ + std::chrono::hours{1}}; }};
  Dispatcher dispatcher{{router, *db, callers, audiences, ids,
                         [&](const Moment& m) { return std::make_unique<privacy::ConsentGate>(m, *store); },
                         [&] { return now_; }}};
  const auto send = [&](const std::string& method, const std::string& path) {
    return dispatcher.handle({.method = method, .path = path, .token = Secret<std::string>("x")}).status;
  };
  EXPECT_EQ(send("POST", "/probe/places"), 428);
  EXPECT_EQ(send("GET", "/probe/places"), 428);
  EXPECT_EQ(send("POST", "/probe/rules"), 403);
  const auto rows = audit();
  ASSERT_EQ(rows.size(), 3U);
  for (const auto& row : rows) {
    EXPECT_EQ(row.action, "denied");
    EXPECT_EQ(row.actor, 101);
  }
  EXPECT_EQ(rows[0].reason, "privacy.consent_needed");
  EXPECT_EQ(rows[0].item, "D-27");
  EXPECT_EQ(rows[0].subject, 101);
  EXPECT_EQ(rows[0].purpose, "PU-10.1");
  EXPECT_EQ(rows[2].reason, "request.administrators_only");
  EXPECT_EQ(rows[2].purpose, "PU-10");
  EXPECT_EQ(count("elsewhere_place"), 0);
  EXPECT_EQ(dispatcher.rehearse({.method = "POST", .path = "/probe/places", .token = Secret<std::string>("x")}).status,
            428);
  EXPECT_EQ(audit().size(), 3U);
  decide(ana, grant_all);
  EXPECT_EQ(send("POST", "/probe/places"), 200);
  EXPECT_EQ(audit().size(), 3U);
}

}  // namespace
