// Tables come to their declarations, and a column that nobody knows is refused.
#include <thread>

#include "store.hpp"

namespace {

using namespace schema;
using probe::outcome;

constexpr Item title_item{.id = "D-90"};
constexpr auto first = table("elsewhere_note", {.no_org = "a probe", .indexes = {"at"}},
                             Column{"id", Type::key, not_personal}, Column{"at", Type::time, not_personal});
constexpr auto second =
    table("elsewhere_note", {.no_org = "a probe", .indexes = {"at", "title, at desc"}, .unique = {"title"}},
          Column{"id", Type::key, not_personal}, Column{"at", Type::time, not_personal},
          Column{"title", Type::text, title_item}.since(2), Column{"done", Type::boolean, not_personal}.since(2));
const Table older[] = {first}, newer[] = {second};

class Migrate : public probe::Store {};

TEST_P(Migrate, adds_what_is_missing_and_keeps_what_is_there) {
  open(older)->write_now([](db::Tx& tx) { tx.exec("insert into elsewhere_note (id, at) values (1, 5)"); });
  const auto db = open(newer);
  db->write_now(
      [](db::Tx& tx) { tx.exec("insert into elsewhere_note (id, at, title, done) values (2, 6, 'n', true)"); });
  db->read_now([](db::Tx& tx) {
    EXPECT_EQ(tx.value<int>("select count(*) from elsewhere_note where title is null and at = 5"), 1);
    EXPECT_EQ(tx.value<int>("select count(*) from elsewhere_note where done and title = 'n'"), 1);
  });
  EXPECT_EQ(
      outcome([&] {
        db->write_now([](db::Tx& tx) { tx.exec("insert into elsewhere_note (id, at, title) values (3, 6, 'n')"); });
      }),
      "request.exists");
}

TEST_P(Migrate, records_each_column_with_its_item) {
  const auto db = open(newer);
  std::string item;
  db->read_now([&](db::Connection& c) {
    c.generated("select item from db_column where table_name = 'elsewhere_note' and column_name = 'title'", {},
                [&](const db::Row& row) { item = row.text(0); });
  });
  EXPECT_EQ(item, "D-90");
}

TEST_P(Migrate, lets_an_older_program_work_beside_a_newer_one) {
  open(newer)->write_now([](db::Tx& tx) { tx.exec("insert into elsewhere_note (id, at, title) values (1, 5, 'n')"); });
  const auto db = open(older);
  db->write_now([](db::Tx& tx) { tx.exec("insert into elsewhere_note (id, at) values (2, 6)"); });
  db->read_now([](db::Tx& tx) { EXPECT_EQ(tx.value<int>("select count(*) from elsewhere_note"), 2); });
}

TEST_P(Migrate, refuses_a_column_that_nobody_declared) {
  open(older);
  connection()->generated("alter table elsewhere_note add column shoe_size text");
  try {
    open(newer);
    FAIL() << "it opened";
  } catch (const std::runtime_error& e) {
    EXPECT_TRUE(std::string_view(e.what()).contains("elsewhere_note.shoe_size")) << e.what();
  }
  connection()->generated("alter table elsewhere_note drop column shoe_size");
  const auto title =
      outcome([&] { open(older)->read_now([](db::Tx& tx) { tx.exec("select title from elsewhere_note"); }); });
  EXPECT_TRUE(title.starts_with("bug: ")) << "what it had begun to add is still there";
}

TEST_P(Migrate, may_be_asked_for_by_several_at_once) {
  std::vector<std::jthread> threads;
  std::vector<std::string> ended(4);
  for (auto& e : ended) threads.emplace_back([&] { e = outcome([&] { open(newer); }); });
  threads.clear();
  EXPECT_EQ(ended, std::vector<std::string>(4, "fine"));
}

TEST_P(Migrate, keeps_a_unique_index_beside_a_plain_one_of_the_same_columns) {
  constexpr auto both = table("elsewhere_both", {.no_org = "a probe", .indexes = {"token"}, .unique = {"token"}},
                              Column{"id", Type::key, not_personal}, Column{"token", Type::text, not_personal});
  const Table tables[] = {both};
  const auto db = open(tables);
  EXPECT_EQ(
      outcome([&] {
        db->write_now([](db::Tx& tx) { tx.exec("insert into elsewhere_both (id, token) values (1, 'n'), (2, 'n')"); });
      }),
      "request.exists");
}

TEST_P(Migrate, refuses_an_index_whose_name_an_engine_would_cut) {
  constexpr auto wide =
      table("elsewhere_wide", {.no_org = "a probe", .indexes = {"one_rather_long_name, another_rather_long_name"}},
            Column{"id", Type::key, not_personal}, Column{"one_rather_long_name", Type::text, not_personal},
            Column{"another_rather_long_name", Type::text, not_personal});
  const Table tables[] = {wide};
  EXPECT_TRUE(outcome([&] { open(tables); }).contains("too long"));
}

ON_BOTH_ENGINES(Migrate);

}  // namespace
