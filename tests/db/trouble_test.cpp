// What is acknowledged is there and what is not there is not acknowledged, whatever goes wrong.
#include <latch>
#include <thread>

#include "store.hpp"

namespace {

using namespace std::chrono_literals;
using probe::Group;
using probe::outcome;

void insert(db::Tx& tx, std::int64_t id, const db::Bytes& data = {}) {
  tx.exec("insert into elsewhere_thing (id, number, data) values ($1, 0, $2)", id, data);
}
void add(db::Tx& tx, std::int64_t id) { tx.exec("update elsewhere_thing set number = number + 1 where id = $1", id); }

struct Only {
  std::int64_t id;
};
BOOST_DESCRIBE_STRUCT(Only, (), (id))

class Trouble : public probe::OpenStore {
 protected:
  std::int64_t sum() {
    std::int64_t found = 0;
    db->read_now(
        [&](db::Tx& tx) { found = tx.value<std::int64_t>("select sum(number) from elsewhere_thing").value(); });
    return found;
  }
};

// Each waits for the other once, holding what the other wants next.
TEST_P(Trouble, of_two_lanes_that_cross_is_resolved) {
  fill(2);
  std::latch both(2);
  std::atomic<int> runs = 0;
  const auto cross = [&](std::int64_t from, std::int64_t to) {
    return [&, from, to, first = true](db::Tx& tx) mutable {
      ++runs;
      add(tx, from);
      if (postgres() && std::exchange(first, false)) both.arrive_and_wait();
      add(tx, to);
    };
  };
  Group group;
  group.add(cross(1, 2), 1);
  group.add(cross(2, 1), 2);
  db->write(std::move(group.work));
  for (auto& e : group.ended) EXPECT_EQ(outcome(e), "fine");
  if (postgres()) EXPECT_GT(runs, 2);
  else EXPECT_EQ(runs, 2);
  EXPECT_EQ(sum(), 4);
}

ON_BOTH_ENGINES(Trouble);

class TroubleWithSqlite : public Trouble {
 protected:
  void pages(int most) {
    db->write_now([&](db::Connection& c) { c.generated("pragma max_page_count = " + std::to_string(most)); });
  }
};

// A disk that fills up within a batch, at each place in it.
TEST_P(TroubleWithSqlite, with_a_full_disk_is_told_to_all_whom_it_concerns) {
  int refused = 0, id = 0;
  std::vector<std::int64_t> acknowledged;
  for (int most = 20; most < 60; most += 3) {
    pages(most);
    Group group;
    const int first = id;
    for (int i = 0; i < 6; ++i) group.add([&, i](db::Tx& tx) { insert(tx, first + i, db::Bytes(12'000, 1)); });
    id += 6;
    db->write(std::move(group.work));
    for (int i = 0; i < 6; ++i) {
      const auto how = outcome(group.ended[static_cast<std::size_t>(i)]);
      if (how == "fine") acknowledged.push_back(first + i);
      else {
        ++refused;
        EXPECT_EQ(how, "server.disk");
      }
    }
    std::vector<std::int64_t> there;
    db->read_now([&](db::Connection& c) {
      c.generated("select id from elsewhere_thing order by id", {},
                  [&](const db::Row& row) { there.push_back(row.integer(0)); });
    });
    EXPECT_EQ(there, acknowledged);
  }
  EXPECT_GT(refused, 0);
  pages(100'000);
  EXPECT_EQ(outcome([&] { db->write_now([&](db::Tx& tx) { insert(tx, id, db::Bytes(12'000, 1)); }); }), "fine");
}

TEST_P(TroubleWithSqlite, of_a_statement_within_its_own_rows_is_named) {
  fill(3);
  const std::function<void(db::Tx&)> walk = [&](db::Tx& tx) {
    tx.each<Only>("select id from elsewhere_thing", [&](auto) { walk(tx); });
  };
  EXPECT_EQ(outcome([&] { db->read_now(walk); }), "bug: a statement within its own rows");
}

INSTANTIATE_TEST_SUITE_P(Db, TroubleWithSqlite, testing::Values(schema::Dialect::sqlite), probe::engine_name);

class TroubleWithPostgres : public Trouble {
 protected:
  void beside(const std::string& sql) { connection()->generated(sql); }
  std::string write(std::function<void(db::Connection&)> run) {
    return outcome([&] { db->write_now(run); });
  }
  // A database of its own on the same server: its name and address.
  std::pair<std::string, std::string> another(const std::string& how) {
    const auto name = "d_" + std::to_string(std::hash<std::string>{}(options().address)),
               server = probe::postgres_address();
    beside("create database " + name + how);
    const auto options = server.find('?'), slash = server.rfind('/', options);
    return {name, server.substr(0, slash + 1) + name + (options == server.npos ? "" : server.substr(options))};
  }
  static std::int64_t backend(db::Connection& c) {
    std::int64_t pid = 0;
    c.generated("select pg_backend_pid()", {}, [&](const db::Row& row) { pid = row.integer(0); });
    return pid;
  }
};

TEST_P(TroubleWithPostgres, of_serialisation_runs_the_work_again) {
  fill(1);
  int runs = 0;
  const auto ended = outcome([&] {
    db->write_now([&](db::Connection& c) {
      c.generated("set transaction isolation level repeatable read");
      const auto seen = c.value<std::int64_t>("select number from elsewhere_thing where id = 1").value();
      if (++runs == 1) beside("update elsewhere_thing set number = 10");
      c.exec("update elsewhere_thing set number = $1 where id = 1", seen + 1);
    });
  });
  EXPECT_EQ(ended, "fine");
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(sum(), 11);
}

TEST_P(TroubleWithPostgres, of_serialisation_is_not_tried_for_ever) {
  fill(1);
  int runs = 0;
  const auto ended = outcome([&] {
    db->write_now([&](db::Connection& c) {
      c.generated("set transaction isolation level repeatable read");
      c.value<int>("select number from elsewhere_thing where id = 1");
      beside("update elsewhere_thing set number = " + std::to_string(++runs));
      c.exec("update elsewhere_thing set number = -1 where id = 1");
    });
  });
  EXPECT_EQ(ended, "server.busy");
  EXPECT_EQ(sum(), runs);
}

TEST_P(TroubleWithPostgres, that_cuts_the_connection_fails_the_work_at_hand_only) {
  fill(1);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(write([&](db::Connection& c) {
                add(c, 1);
                c.generated("select pg_terminate_backend(pg_backend_pid())");
              }),
              "server.database");
    EXPECT_EQ(write([&](db::Tx& tx) { add(tx, 1); }), "fine");
  }
  EXPECT_EQ(sum(), 4);
}

TEST_P(TroubleWithPostgres, that_cuts_a_connection_that_rests_costs_nothing) {
  fill(1);
  std::vector<std::int64_t> resting;
  const auto find = [&](db::Connection& c) { resting.push_back(backend(c)); };
  for (int i = 0; i < 4; ++i) EXPECT_EQ(write(find), "fine");
  db->read_now(find);
  db->read_now(find);
  for (auto id : resting) beside("select pg_terminate_backend(" + std::to_string(id) + ", 10000)");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(write([](db::Tx& tx) { add(tx, 1); }), "fine");
  EXPECT_EQ(sum(), 4);
}

// Nobody knows then whether it is done, so nobody may say that it is; and it does not run twice.
TEST_P(TroubleWithPostgres, that_cuts_the_connection_in_the_commit_is_never_acknowledged) {
  fill(1);
  beside(
      "create function cut() returns trigger language plpgsql as "
      "$$begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(10); return null; end$$");
  beside(
      "create constraint trigger cut after update on elsewhere_thing deferrable initially deferred for each row "
      "execute function cut()");
  int runs = 0;
  EXPECT_EQ(write([&](db::Tx& tx) {
              ++runs;
              add(tx, 1);
            }),
            "server.database");
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(sum(), 0);
}

TEST_P(TroubleWithPostgres, that_a_constraint_meets_at_the_commit_is_told) {
  fill(1);
  beside("alter table elsewhere_thing add constraint once unique (number) deferrable initially deferred");
  EXPECT_EQ(write([](db::Tx& tx) { insert(tx, 2); }), "request.exists");
  EXPECT_EQ(count(), 1);
}

TEST_P(TroubleWithPostgres, with_a_lock_that_another_holds_ends) {
  fill(1);
  const auto other = connection();
  other->begin();
  other->exec("update elsewhere_thing set number = 5");
  const auto ended = outcome([&] {
    db->write_now([](db::Connection& c) {
      c.generated("set local lock_timeout = '50ms'");
      add(c, 1);
    });
  });
  EXPECT_EQ(ended, "server.busy");
  other->rollback();
  EXPECT_EQ(write([](db::Tx& tx) { add(tx, 1); }), "fine");
}

// As when the server restarts: nobody may connect for a while, then everybody.
TEST_P(TroubleWithPostgres, that_lasts_fails_at_once_and_ends_when_the_server_is_back) {
  const auto [name, address] = another("");
  {
    const auto away = db::open({.address = address}, probe::things);
    const auto work = [&] {
      return outcome([&] { away->write_now([](db::Tx& tx) { tx.exec("delete from elsewhere_thing"); }); });
    };
    EXPECT_EQ(work(), "fine");
    beside("alter database " + name + " allow_connections false");
    beside("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '" + name + "'");
    for (int i = 0; i < 50; ++i) EXPECT_EQ(work(), "server.database");
    beside("alter database " + name + " allow_connections true");
    const auto until = std::chrono::steady_clock::now() + 30s;
    int fine = 0;  // in a row, one for each connection
    while (fine < 4 && std::chrono::steady_clock::now() < until) fine = work() == "fine" ? fine + 1 : 0;
    EXPECT_EQ(fine, 4);
  }
  beside("drop database " + name);
}

TEST_P(TroubleWithPostgres, that_speaks_a_language_orders_text_by_its_bytes_all_the_same) {
  const auto [name, address] = another(" template template0 locale_provider icu icu_locale 'en'");
  {
    const auto english = db::open({.address = address}, probe::things);
    english->write_now([](db::Tx& tx) {
      tx.exec("insert into elsewhere_thing (id, name) values (1, 'a'), (2, 'B'), (3, '中'), (4, '_')");
      std::string order;
      tx.each<Only>("select id from elsewhere_thing order by name", [&](Only row) { order += std::to_string(row.id); });
      EXPECT_EQ(order, "2413");
    });
  }
  beside("drop database " + name);
}

TEST_P(TroubleWithPostgres, that_knows_no_unicode_is_refused) {
  const auto [name, address] = another(" template template0 encoding 'LATIN1' locale 'C'");
  EXPECT_THROW(db::open({.address = address}, probe::things), std::runtime_error);
  beside("drop database " + name);
}

TEST_P(TroubleWithPostgres, to_connect_is_told_without_the_password) {
  for (auto address : {"postgresql://me:hunter2@/nowhere?host=/nowhere", "postgresql://me:hunter2@[::1/nowhere",
                       "postgres: hunter2"}) {
    try {
      db::open({.address = address}, probe::things);
      FAIL() << "it opened";
    } catch (const std::runtime_error& e) { EXPECT_FALSE(std::string_view(e.what()).contains("hunter2")) << e.what(); }
  }
}

INSTANTIATE_TEST_SUITE_P(Db, TroubleWithPostgres, testing::ValuesIn(probe::postgres_only()), probe::engine_name);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(TroubleWithPostgres);

}  // namespace
