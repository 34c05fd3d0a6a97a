// Work is done in order, all or nothing, and answered when it is safe.
#include <atomic>
#include <condition_variable>
#include <thread>

#include "base/log.hpp"
#include "store.hpp"

namespace {

using probe::Group;
using probe::outcome;

void insert(db::Tx& tx, std::int64_t id, const char* token = nullptr) {
  tx.exec("insert into elsewhere_thing (id, token, number) values ($1, $2, 0)", id,
          token ? std::optional<std::string>(token) : std::nullopt);
}

std::int64_t number(db::Tx& tx, std::int64_t id) {
  return tx.value<std::int64_t>("select number from elsewhere_thing where id = $1", id).value();
}

class WorkTest : public probe::OpenStore {};

TEST_P(WorkTest, is_answered_only_once_it_is_committed) {
  const auto beside = connection();
  std::mutex one;
  std::atomic<int> early = 0;
  Group group;
  for (int i = 1; i <= 1000; ++i)
    group.add([i](db::Tx& tx) { insert(tx, i); }, i,
              [&, i] {
                const std::lock_guard hold(one);
                early += !beside->value<int>("select 1 from elsewhere_thing where id = $1", i);
              });
  db->write(std::move(group.work));
  for (auto& e : group.ended) EXPECT_EQ(outcome(e), "fine");
  EXPECT_EQ(early, 0);
  EXPECT_EQ(count(), 1000);
}

TEST_P(WorkTest, that_fails_is_undone_and_its_neighbours_are_not) {
  Group group;
  group.add([](db::Tx& tx) { insert(tx, 1, "taken"); }, 1);
  group.add(
      [](db::Tx& tx) {
        insert(tx, 2);
        insert(tx, 3, "taken");
      },
      1);
  group.add(
      [](db::Tx& tx) {
        insert(tx, 4);
        throw std::logic_error("a mistake");
      },
      1);
  group.add(
      [](db::Tx& tx) {
        insert(tx, 5);
        throw Error::missing("probe.gone", "It is gone");
      },
      1);
  group.add([](db::Tx& tx) { insert(tx, 1); }, 1);
  group.add([](db::Tx& tx) { insert(tx, 6); }, 1);
  db->write(std::move(group.work));
  std::vector<std::string> ended;
  for (auto& e : group.ended) ended.push_back(outcome(e));
  EXPECT_EQ(ended, (std::vector<std::string>{"fine", "request.exists", "bug: a mistake", "probe.gone", "request.exists",
                                             "fine"}));
  EXPECT_EQ(count(), 2);
}

TEST_P(WorkTest, cannot_go_on_after_a_statement_failed) {
  fill(1);
  const auto ended = outcome([&] {
    db->write_now([](db::Tx& tx) {
      insert(tx, 2);
      try {
        insert(tx, 1);
      } catch (const Error&) {}
    });
  });
  EXPECT_EQ(ended, "bug: a statement failed and the transaction went on");
  EXPECT_EQ(count(), 1);
  fill(0);  // and the connection is as good as before
}

TEST_P(WorkTest, of_a_lane_runs_in_order) {
  constexpr int lanes = 20, each = 25;
  std::mutex one;
  std::vector<int> seen[lanes];
  Group group;
  for (int i = 0; i < each; ++i)
    for (int lane = 0; lane < lanes; ++lane)
      group.add([](db::Tx&) {}, lane + 1,
                [&, lane, i] {
                  const std::lock_guard hold(one);
                  seen[lane].push_back(i);
                });
  db->write(std::move(group.work));
  for (auto& e : group.ended) EXPECT_EQ(outcome(e), "fine");
  for (auto& lane : seen) {
    EXPECT_EQ(lane.size(), each);
    EXPECT_TRUE(std::ranges::is_sorted(lane));
  }
}

TEST_P(WorkTest, of_a_lane_does_not_begin_before_the_last_has_ended) {
  std::mutex mutex;
  std::condition_variable began;
  int running = 0, most = 0;
  Group group;
  for (int i = 0; i < 5; ++i)
    group.add(
        [&](db::Tx&) {
          std::unique_lock hold(mutex);
          most = std::max(most, ++running);
          began.notify_all();
          began.wait_for(hold, std::chrono::milliseconds(20), [&] { return running > 1; });
          --running;
        },
        7);
  db->write(std::move(group.work));
  for (auto& e : group.ended) EXPECT_EQ(outcome(e), "fine");
  EXPECT_EQ(most, 1);
}

TEST_P(WorkTest, that_locks_what_it_decides_about_loses_no_update) {
  fill(1);
  Group group;
  for (int i = 1; i <= 200; ++i)
    group.add(
        [](db::Tx& tx) {
          tx.lock(1);
          tx.exec("update elsewhere_thing set number = $1 where id = 1", number(tx, 1) + 1);
        },
        i);
  db->write(std::move(group.work));
  for (auto& e : group.ended) EXPECT_EQ(outcome(e), "fine");
  db->read_now([](db::Tx& tx) { EXPECT_EQ(number(tx, 1), 200); });
}

TEST_P(WorkTest, that_reads_sees_one_moment_and_cannot_write) {
  fill(2);
  const auto read = [&](auto run) { return outcome([&] { db->read_now(run); }); };
  EXPECT_TRUE(read([](db::Tx& tx) { insert(tx, 3); }).starts_with("bug: "));
  EXPECT_TRUE(read([](db::Connection& c) { c.generated("delete from elsewhere_thing"); }).starts_with("bug: "));
  EXPECT_TRUE(
      read([](db::Connection& c) { c.generated("create table elsewhere_note (id integer)"); }).starts_with("bug: "));
  db->read_now([&](db::Tx& tx) {
    EXPECT_EQ(number(tx, 1), 0);
    db->write_now([](db::Tx& writer) { writer.exec("update elsewhere_thing set number = 7"); });
    EXPECT_EQ(number(tx, 2), 0);
  });
  db->read_now([](db::Tx& tx) { EXPECT_EQ(number(tx, 2), 7); });
}

TEST_P(WorkTest, that_reads_runs_on_all_readers_at_once) {
  for (int round = 0; round < 50; ++round) {
    std::mutex mutex;
    std::condition_variable met;
    int here = 0;
    Group group;
    for (int i = 0; i < 2; ++i)
      group.add([&](db::Tx&) {
        std::unique_lock hold(mutex);
        ++here;
        met.notify_one();
        if (!met.wait_for(hold, std::chrono::seconds(10), [&] { return here == 2; })) throw std::logic_error("alone");
      });
    db->read(std::move(group.work));
    for (auto& e : group.ended) ASSERT_EQ(outcome(e), "fine");
  }
}

TEST_P(WorkTest, that_waits_is_finished_by_stop_and_later_work_refused) {
  Group group, reads, late;
  for (int i = 1; i <= 300; ++i) group.add([i](db::Tx& tx) { insert(tx, i); }, i);
  for (int i = 1; i <= 50; ++i) reads.add([](db::Tx& tx) { tx.value<int>("select count(*) from elsewhere_thing"); });
  db->write(std::move(group.work));
  db->read(std::move(reads.work));
  db->stop();
  for (auto& e : group.ended) EXPECT_EQ(outcome(e), "fine");
  for (auto& e : reads.ended) EXPECT_EQ(outcome(e), "fine");
  late.add([](db::Tx& tx) { insert(tx, 1000); });
  db->write(std::move(late.work));
  EXPECT_EQ(outcome(late.ended[0]), "server.stopping");
  EXPECT_EQ(outcome([&] { db->read_now([](db::Tx&) {}); }), "server.stopping");
  db->stop();
  const auto again = open();
  again->read_now([](db::Tx& tx) { EXPECT_EQ(tx.value<int>("select count(*) from elsewhere_thing"), 300); });
}

TEST_P(WorkTest, goes_on_when_an_answer_cannot_be_given) {
  static std::atomic<int> logged;
  logged = 0;
  logging::capture([](std::string_view line) { logged += line.contains("database.answer_failed"); });
  std::vector<db::Work> work;
  work.push_back(
      {[](db::Tx& tx) { insert(tx, 1); }, [](std::exception_ptr) { throw std::runtime_error("the caller is gone"); }});
  db->write(std::move(work));
  EXPECT_EQ(outcome([&] { db->write_now([](db::Tx& tx) { insert(tx, 2); }); }), "fine");
  db->stop();
  logging::capture(nullptr);
  EXPECT_EQ(logged, 1);
}

TEST_P(WorkTest, may_be_handed_over_by_many_threads) {
  std::vector<std::jthread> threads;
  std::atomic<int> fine = 0;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        fine += outcome([&] { db->write_now([&](db::Tx& tx) { insert(tx, 1 + t * 50 + i); }); }) == "fine";
        fine += outcome([&] { db->read_now([&](db::Tx& tx) { number(tx, 1 + t * 50 + i); }); }) == "fine";
        fine += outcome([&] { db->write_now([&](db::Tx& tx) { insert(tx, 1 + t * 50 + i); }); }) == "request.exists";
      }
    });
  threads.clear();
  EXPECT_EQ(fine, 600);
  EXPECT_EQ(count(), 200);
}

ON_BOTH_ENGINES(WorkTest);

}  // namespace
