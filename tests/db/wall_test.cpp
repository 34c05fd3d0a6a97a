// What is refused when a statement is first prepared, each for its own reason, on both engines.
#include "db/sqlite.hpp"
#include "store.hpp"

namespace {

using namespace schema;

constexpr auto site = table("checkin_site", {.org = "org_id"}, Column{"id", Type::key, not_personal},
                            Column{"org_id", Type::id, not_personal}, Column{"title", Type::text, not_personal});
constexpr Purpose attendance{.id = "PU-90", .name = {}, .says = {}};
constexpr Retention two_years{.code = "R-90", .until = Until::months, .amount = 24};
constexpr Item presence{
    .id = "D-90", .kind = Class::personal, .purposes = {attendance}, .basis = Basis::staff, .retention = {two_years}};
constexpr Item whereabouts{
    .id = "D-91", .kind = Class::sensitive, .purposes = {attendance}, .basis = Basis::staff, .retention = {two_years}};
constexpr Item telephone{
    .id = "D-92", .kind = Class::personal, .purposes = {attendance}, .basis = Basis::consent, .retention = {two_years}};
constexpr auto record = table(
    "checkin_record", {.org = "org_id", .subjects = {{"member_id", Erase::delete_row}}, .kept = two_years, .age = "at"},
    Column{"id", Type::key, not_personal}, Column{"org_id", Type::id, not_personal},
    Column{"member_id", Type::id, presence}, Column{"at", Type::time, presence},
    Column{"place", Type::sealed, whereabouts}.nullable(), Column{"device", Type::text, telephone}.nullable(),
    Column{"note", Type::text, presence}.nullable(),
    Column{"place_index", Type::digest, whereabouts}.index_of("place").nullable());
constexpr auto decision = table("checkin_decision", {.org = "org_id", .append_only = true},
                                Column{"id", Type::key, not_personal}, Column{"org_id", Type::id, not_personal});
constexpr auto consent = table("privacy_consent", {.org = "org_id"}, Column{"id", Type::key, not_personal},
                               Column{"org_id", Type::id, not_personal});
const Table tables[] = {site, record, decision, consent};

class Wall : public probe::Store {
 protected:
  void SetUp() override {
    Store::SetUp();
    db_ = open(tables);
  }
  void TearDown() override {
    db_.reset();
    Store::TearDown();
  }
  // Undone whatever comes of it.
  std::string said(const std::function<void(db::Tx&)>& act) {
    struct Undo {};
    std::string why;
    try {
      db_->write_now([&](db::Connection& c) {
        why = probe::outcome([&] { act(c); });
        throw Undo{};
      });
    } catch (const Undo&) {}
    return why;
  }
  std::unique_ptr<db::Database> db_;
};

#define REFUSED(reason, statement)                                                           \
  do {                                                                                       \
    const auto why = said([&]([[maybe_unused]] db::Tx& db) { statement; });                  \
    EXPECT_TRUE(why.starts_with("bug: ") && why.contains(reason)) << why << "\n" #statement; \
  } while (false)
#define FINE(statement) EXPECT_EQ(said([&](db::Tx& db) { statement; }), "fine") << #statement

constexpr std::int64_t org = 1;

#line 1 "src/modules/checkin/probe.cpp"  // as if these stood in the room
TEST_P(Wall, keeps_plain_values_out_of_a_sealed_column) {
  REFUSED("sealed value only",
          db.exec("insert into checkin_record (id, org_id, member_id, at, place) values ($1, $2, 1, 1, $3)", 1, org,
                  db::Bytes{1, 2, 3}));
}

TEST_P(Wall, keeps_plain_values_out_of_an_index) {
  REFUSED("index of its value only",
          db.exec("update checkin_record set place_index = $1 where org_id = $2", db::Bytes{1, 2, 3}, org));
}

TEST_P(Wall, lets_rows_of_a_decision_only_be_added) {
  FINE(db.exec("insert into checkin_decision (id, org_id) values (1, $1)", org));
  REFUSED("only added", db.exec("update checkin_decision set id = 2 where org_id = $1", org));
  REFUSED("only added", db.exec("delete from checkin_decision where org_id = $1", org));
}

TEST_P(Wall, keeps_what_nobody_granted_out_of_a_granted_column) {
  REFUSED("granted value only", db.exec("update checkin_record set device = $1 where org_id = $2", "phone", org));
}

TEST_P(Wall, wants_one_placeholder_for_a_guarded_column) {
  REFUSED("one placeholder", db.exec("update checkin_record set device = upper($1) where org_id = $2", "x", org));
  REFUSED("one placeholder", db.exec("update checkin_record set device = 'x' where org_id = $1", org));
  REFUSED("one placeholder", db.exec("insert into checkin_record (id, org_id, member_id, at, device) select id, "
                                     "org_id, 1, 1, title from checkin_site where org_id = $1",
                                     org));
  REFUSED("one placeholder", db.exec("insert into checkin_record (id, org_id, member_id, at) values (1, $1, 1, 1) on "
                                     "conflict (id) do update set device = excluded.note",
                                     org));
}

TEST_P(Wall, wants_the_columns_of_a_guarded_table_named) {
  REFUSED("name the columns", db.exec("INSERT INTO checkin_record VALUES (1, $1, 1, 1, x'00', 'd', 'n', null)", org));
  REFUSED("name the columns", db.exec("insert into checkin_record select id, org_id, 1, 1, x'00', 'd', 'n', null from "
                                      "checkin_site where org_id = $1",
                                      org));
}

TEST_P(Wall, keeps_a_statement_in_its_room) {
  REFUSED("another room", db.exec("delete from privacy_consent where org_id = $1", org));
  REFUSED("another room", db.exec("insert into privacy_consent (id, org_id) values (1, $1)", org));
  REFUSED("another room", db.exec("update privacy_consent set id = 2 where org_id = $1", org));
  REFUSED("another room", db.exec("select count(*) from privacy_consent where org_id = $1", org));
  REFUSED(
      "another room",
      db.exec("select 1 from checkin_site s join privacy_consent p on p.org_id = s.org_id where s.org_id = $1", org));
  REFUSED("another room",
          db.exec("select title from checkin_site where org_id = $1 and id in (select id from privacy_consent)", org));
  REFUSED("another room", db.exec("select name from sqlite_master"));
  REFUSED("another room", db.exec("select item from db_column"));
}

TEST_P(Wall, wants_the_organisation_named) {
  REFUSED("forgets the organisation", db.exec("select title from checkin_site where id = $1", 1));
  REFUSED("forgets the organisation", db.exec("update checkin_site set title = 'x' where id = $1", 1));
  REFUSED("forgets the organisation", db.exec("delete from checkin_site where id = $1", 1));
  REFUSED("forgets the organisation", db.exec("select count(*) from checkin_site"));
}

TEST_P(Wall, wants_every_row_held_to_the_organisation) {
  constexpr auto forgets = "forgets the organisation";
  REFUSED(forgets, db.exec("select org_id from checkin_site where id = $1", 1));
  REFUSED(forgets, db.exec("select org_id from checkin_site"));
  REFUSED(forgets, db.exec("select title from checkin_site where org_id <> $1", org));
  REFUSED(forgets, db.exec("select title from checkin_site where org_id >= $1", org));
  REFUSED(forgets, db.exec("select title from checkin_site where org_id = org_id"));
  REFUSED(forgets, db.exec("select title from checkin_site where org_id = 1"));
  REFUSED(forgets, db.exec("select title from checkin_site where not org_id = $1", org));
  REFUSED(forgets, db.exec("select title from checkin_site where org_id = $1 or id = $2", org, 1));
  REFUSED(forgets, db.exec("select title from checkin_site where (1 = 1 and org_id = $1) or id = $2", org, 1));
  REFUSED(forgets, db.exec("select title from checkin_site where id = $2 or id > $2 and org_id = $1", org, 1));
  REFUSED(forgets, db.exec("select org_id = $1 from checkin_site", org));
  REFUSED(forgets, db.exec("select 1 = 1 and org_id = $1 from checkin_site", org));
  REFUSED(forgets, db.exec("select title from checkin_site where org_id = $1 + 1", org));
  REFUSED(forgets, db.exec("select title FROM CHECKIN_SITE where org_id = $1", org));
  REFUSED(why,
          db.exec("select r.id from checkin_record r join checkin_site s on s.id = r.id where s.org_id = $1", org));
  REFUSED(forgets, db.exec("select id from checkin_site where org_id = $1 union select id from checkin_record", org));
  REFUSED(forgets,
          db.exec("select id from checkin_site where org_id = $1 and id in (select id from checkin_record)", org));
  REFUSED(forgets, db.exec("select s.id from checkin_site s, checkin_record r where s.org_id = r.org_id"));
  REFUSED(forgets, db.exec("update checkin_site set org_id = $1 where id = $2", org, 1));
  REFUSED(forgets,
          db.exec("insert into checkin_site (id, org_id, title) select id, $1, note from checkin_record", org));
}

TEST_P(Wall, lets_a_sweep_read_across_organisations_and_do_no_more) {
  FINE(db.exec("/* across organisations */ select id, org_id from checkin_site"));
  REFUSED("one only reads", db.exec("/* across organisations */ delete from checkin_site"));
  REFUSED("one only reads", db.exec("/* across organisations */ update checkin_site set title = 'x'"));
  REFUSED("one only reads",
          db.exec("/* across organisations */ insert into checkin_site (id, org_id, title) values (3, $1, 'x')", org));
}

TEST_P(Wall, knows_four_verbs) {
  REFUSED("only select", db.exec("commit"));
  REFUSED("only select", db.exec("rollback"));
  REFUSED("only select", db.exec("savepoint mine"));
  REFUSED("only select", db.exec("drop table checkin_site"));
  REFUSED("only select", db.exec("create table checkin_more (id integer)"));
  REFUSED("only select", db.exec("pragma user_version = 1"));
  REFUSED("only select", db.exec("attach ':memory:' as other"));
}

TEST_P(Wall, lets_good_statements_through) {
  FINE(db.exec("insert into checkin_site (id, org_id, title) values ($1, $2, 'x')", 1, org));
  FINE(db.exec("insert into checkin_record (id, org_id, member_id, at, place) values ($1, $2, 1, 1, $3)", 1, org,
               std::optional<db::Bytes>{}));
  FINE(db.exec("update checkin_record set place = null, note = $1 where org_id = $2", "n", org));
  FINE(
      db.exec("insert into checkin_record (id, org_id, member_id, at, device) values (1, $1, 1, 1, $2) on conflict "
              "(id) do update set device = excluded.device",
              org, std::optional<std::string>{}));
  FINE(db.exec("with s as (select id from checkin_site where org_id = $1) select count(*) from s", org));
  FINE(db.exec("select title from checkin_site where org_id = $1 and id in (select value from json_each($2))", org,
               "[1, 2]"));
  FINE(db.exec("delete from checkin_record where org_id = $1 returning id", org));
  FINE(
      db.exec("select r.id from checkin_record r join checkin_site s on s.org_id = r.org_id and s.id = r.id where "
              "r.org_id = $1 order by r.id",
              org));
  FINE(db.exec("select id from checkin_site where org_id = $1 and (id = $2 or title = 'x') group by id", org, 1));
  FINE(db.exec(
      "select id from checkin_site where org_id = $1 and id in (select id from checkin_record where org_id = $1)",
      org));
}

ON_BOTH_ENGINES(Wall);

}  // namespace
