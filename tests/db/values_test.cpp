// The same text and the same values mean the same on both engines.
#include <limits>

#include "store.hpp"

namespace {

using ThingId = Id<"thg">;
struct Thing {
  ThingId id;
  std::optional<std::string> name = {};
  std::optional<std::int64_t> number = {};
  std::optional<double> ratio = {};
  std::optional<bool> flag = {};
  std::optional<Time> at = {};
  std::optional<db::Bytes> data = {};
  friend bool operator==(const Thing&, const Thing&) = default;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (id, name, number, ratio, flag, at, data))

BOOST_DEFINE_ENUM_CLASS(Colour, red, green)
struct Named {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Named, (), (name))
struct Painted {
  ThingId id;
  Colour name;
};
BOOST_DESCRIBE_STRUCT(Painted, (), (id, name))

class Values : public probe::OpenStore {
 protected:
  void put(const Thing& t) {
    db->write_now([&](db::Tx& tx) {
      tx.exec(
          "insert into elsewhere_thing (id, name, number, ratio, flag, at, data) values ($1, $2, $3, $4, $5, $6, $7)",
          t.id, t.name, t.number, t.ratio, t.flag, t.at, t.data);
    });
  }
  std::optional<Thing> get(ThingId id) {
    std::optional<Thing> found;
    db->read_now([&](db::Tx& tx) {
      found = tx.one<Thing>("select id, name, number, ratio, flag, at, data from elsewhere_thing where id = $1", id);
    });
    return found;
  }
  template <class T, class... A>
  std::optional<T> value(db::Sql<A...> sql, const A&... args) {
    std::optional<T> found;
    db->read_now([&](db::Tx& tx) { found = tx.value<T>(sql, args...); });
    return found;
  }
};

using Whole = std::numeric_limits<std::int64_t>;
using Real = std::numeric_limits<double>;

TEST_P(Values, come_back_as_they_went) {
  std::string every_byte_but_zero;
  for (int c = 1; c < 128; ++c) every_byte_but_zero += static_cast<char>(c);
  db::Bytes every_byte;
  for (int c = 0; c < 256; ++c) every_byte.push_back(static_cast<unsigned char>(c));
  const Time moment{std::chrono::milliseconds{1'790'000'000'123}};

  const Thing all[] = {
      {.id = {1}},
      {.id = {2}, .name = "", .number = 0, .ratio = 0.0, .flag = false, .at = Time{}, .data = db::Bytes{}},
      {.id = {3},
       .name = "钉钉 𠮷 é 😀",
       .number = Whole::max(),
       .ratio = Real::max(),
       .flag = true,
       .at = moment,
       .data = every_byte},
      {.id = {4}, .name = every_byte_but_zero, .number = Whole::min(), .ratio = Real::denorm_min()},
      {.id = {5}, .name = R"(' " \ $1 ; --)", .number = -1, .ratio = 0.1 + 0.2, .data = db::Bytes(1'000'000, 7)},
      {.id = {Whole::max()}, .name = std::string(1'000'000, 'x'), .ratio = -Real::infinity()},
  };
  for (auto& t : all) {
    put(t);
    EXPECT_EQ(get(t.id), t) << t.id.value;
  }
}

TEST_P(Values, null_is_not_empty) {
  put({.id = {1}, .name = "", .data = db::Bytes{}});
  put({.id = {2}});
  EXPECT_EQ(value<std::int64_t>("select id from elsewhere_thing where name is null and data is null"), 2);
  EXPECT_EQ(
      value<std::int64_t>("select id from elsewhere_thing where name = $1 and data = $2", std::string(), db::Bytes{}),
      1);
}

TEST_P(Values, words_are_stored_as_text) {
  db->write_now([](db::Tx& tx) {
    tx.exec("insert into elsewhere_thing (id, name, number) values ($1, $2, $3)", ThingId{1}, Colour::green,
            Between<1, 9>{7});
    tx.exec("insert into elsewhere_thing (id, name) values ($1, $2)", ThingId{2}, "mauve");
  });
  db->read_now([](db::Tx& tx) {
    const auto painted = tx.one<Painted>("select id, name from elsewhere_thing where id = $1", 1);
    ASSERT_TRUE(painted);
    EXPECT_EQ(painted->name, Colour::green);
  });
  EXPECT_THROW(
      db->read_now([](db::Tx& tx) { tx.one<Painted>("select id, name from elsewhere_thing where id = $1", 2); }),
      std::logic_error);
}

TEST_P(Values, a_bool_is_a_condition_a_column_and_a_number) {
  put({.id = {1}, .number = 1, .flag = true});
  put({.id = {2}, .number = 0, .flag = false});
  EXPECT_EQ(value<std::int64_t>("select id from elsewhere_thing where flag = $1", true), 1);
  EXPECT_EQ(value<std::int64_t>("select id from elsewhere_thing where number = $1", false), 2);
  EXPECT_EQ(value<std::int64_t>("select id from elsewhere_thing where not flag"), 2);
  EXPECT_EQ(value<std::int64_t>("select id from elsewhere_thing where flag = true"), 1);
  EXPECT_EQ(value<std::int64_t>("select count(*) from elsewhere_thing where flag or $1", true), 2);
  EXPECT_EQ(value<bool>("select number = 1 from elsewhere_thing where id = $1", 2), false);
}

TEST_P(Values, lists_of_ids_are_one_placeholder) {
  for (int i = 1; i <= 5; ++i) put({.id = {i}});
  const std::vector<ThingId> wanted{{2}, {4}, {9}}, none;
  EXPECT_EQ(value<std::int64_t>("select sum(id) from elsewhere_thing where id in (select value from json_each($1))",
                                db::list(wanted)),
            6);
  EXPECT_EQ(value<std::int64_t>("select count(*) from elsewhere_thing where id in (select value from json_each($1))",
                                db::list(none)),
            0);
}

TEST_P(Values, optional_filters_and_sums_need_no_engine_of_their_own) {
  for (int i = 1; i <= 4; ++i) put({.id = {i}, .number = i * 1'000'000'000'000, .ratio = i / 2.0});
  const std::optional<std::int64_t> any, one = 1'000'000'000'000;
  EXPECT_EQ(value<std::int64_t>("select count(*) from elsewhere_thing where (number = $1 or $1 is null)", any), 4);
  EXPECT_EQ(value<std::int64_t>("select count(*) from elsewhere_thing where (number = $1 or $1 is null)", one), 1);
  EXPECT_EQ(value<std::int64_t>("select sum(number) from elsewhere_thing"), 10'000'000'000'000);
  EXPECT_EQ(value<std::int64_t>("select -sum(number) from elsewhere_thing"), -10'000'000'000'000);
  EXPECT_EQ(value<std::int64_t>("select sum(number) from elsewhere_thing where id > 9"), std::nullopt);
  EXPECT_EQ(value<std::int64_t>("select coalesce(sum(number), 0) from elsewhere_thing where id > 9"), 0);
  EXPECT_EQ(value<double>("select avg(number) from elsewhere_thing"), 2'500'000'000'000.0);
  EXPECT_EQ(value<double>("select avg(ratio) from elsewhere_thing"), 1.25);
  EXPECT_EQ(value<double>("select max(id) from elsewhere_thing"), 4.0);
}

TEST_P(Values, text_is_ordered_and_matched_by_its_bytes) {
  int id = 0;
  for (auto name : {"b", "B", "a", "_", "é", "中", "Z"}) put({.id = {++id}, .name = name});
  std::string order;
  db->read_now([&](db::Tx& tx) {
    for (auto& row : tx.all<Named>("select name from elsewhere_thing order by name")) order += row.name;
  });
  EXPECT_EQ(order, "BZ_abé中");
  EXPECT_EQ(value<std::int64_t>("select count(*) from elsewhere_thing where name like $1", "b%"), 1);
}

TEST_P(Values, more_than_nine_placeholders_keep_their_places) {
  EXPECT_EQ(value<std::string>("select cast($10 as text) || cast($2 as text) || cast($11 as text) || cast($1 as text) "
                               "|| cast($3 as text) || "
                               "cast($4 as text) || cast($5 as text) || cast($6 as text) || cast($7 as text) || "
                               "cast($8 as text) || cast($9 as text)",
                               "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"),
            "jbkacdefghi");
  std::string sql = "select cast(0 as bigint)";
  std::vector<db::Arg> args;
  for (int i = 1; i <= 150; ++i) {
    sql += " + cast($" + std::to_string(i) + " as bigint)";
    args.push_back(db::to_arg(i));
  }
  std::int64_t sum = 0;
  db->read_now([&](db::Connection& c) { c.generated(sql, args, [&](const db::Row& row) { sum = row.integer(0); }); });
  EXPECT_EQ(sum, 150 * 151 / 2);
}

TEST_P(Values, exec_counts_the_rows_it_changed) {
  db->write_now([](db::Tx& tx) {
    EXPECT_EQ(tx.exec("insert into elsewhere_thing (id, number) values (1, 1), (2, 1), (3, 2)"), 3);
    EXPECT_EQ(tx.exec("update elsewhere_thing set number = 5 where number = $1", 1), 2);
    EXPECT_EQ(tx.exec("select id from elsewhere_thing"), 0);
    EXPECT_EQ(tx.exec("insert into elsewhere_thing (id) values ($1) on conflict do nothing", 1), 0);
    EXPECT_EQ(tx.exec("delete from elsewhere_thing where number = 5 returning id"), 2);
    EXPECT_EQ(tx.exec("delete from elsewhere_thing where number = 5"), 0);
  });
}

TEST_P(Values, of_another_type_are_refused) {
  put({.id = {1}, .name = "n", .number = 1, .ratio = 1.5});
  EXPECT_THROW(value<std::int64_t>("select name from elsewhere_thing"), std::logic_error);
  EXPECT_THROW(value<std::int64_t>("select ratio from elsewhere_thing"), std::logic_error);
  EXPECT_THROW(value<double>("select name from elsewhere_thing"), std::logic_error);
  EXPECT_THROW(value<std::string>("select number from elsewhere_thing"), std::logic_error);
  EXPECT_THROW(value<db::Bytes>("select name from elsewhere_thing"), std::logic_error);
  EXPECT_THROW(db->read_now([](db::Tx& tx) { tx.all<Named>("select data from elsewhere_thing"); }), std::logic_error);
  EXPECT_THROW(db->read_now([](db::Tx& tx) { tx.all<Named>("select name, id from elsewhere_thing"); }),
               std::logic_error);
  EXPECT_THROW(put({.id = {2}, .name = std::string("a\0b", 3)}), std::logic_error);
}

TEST_P(Values, one_statement_a_call) {
  const auto run = [&](std::string_view sql, std::vector<db::Arg> args) {
    db->write_now([&](db::Connection& c) { c.generated(sql, args); });
  };
  EXPECT_THROW(run("delete from elsewhere_thing; delete from elsewhere_thing", {}), std::logic_error);
  EXPECT_THROW(run("delete from elsewhere_thing where id = $1", {}), std::logic_error);
  EXPECT_THROW(run("delete from elsewhere_thing where id = $1", {db::to_arg(1), db::to_arg(2)}), std::logic_error);
}

TEST_P(Values, of_people_stay_out_of_what_is_said_about_a_mistake) {
  const auto said = probe::outcome([&] {
    db->write_now(
        [](db::Tx& tx) { tx.exec("insert into elsewhere_thing (id, number) values (1, $1)", "13912345678x"); });
  });
  EXPECT_TRUE(said.starts_with("bug: ")) << said;
  EXPECT_FALSE(said.contains("139")) << said;
}

TEST_P(Values, a_mistake_in_a_statement_is_named) {
  const auto said = probe::outcome([&] { value<int>("select colour from elsewhere_thing"); });
  EXPECT_TRUE(said.contains("colour")) << said;
}

ON_BOTH_ENGINES(Values);

}  // namespace
