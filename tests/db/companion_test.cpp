// What a single writer keeps in memory follows its rows, whatever becomes of them.
#include "store.hpp"

namespace {

using probe::Group;
using probe::outcome;

// Counts the pieces in memory and writes the count down once a batch.
class Count final : public db::Companion {
 public:
  void piece_kept() override { batch += std::exchange(piece, 0); }
  void piece_undone() override { piece = 0; }
  void before_commit(db::Connection& c) override {
    if (refuse) throw Error::missing("probe.refused", "Not now");
    if (batch) c.exec("update elsewhere_thing set number = $1 where id = 1", kept + batch);
    ++written;
  }
  void committed() override { kept += std::exchange(batch, 0); }
  void rolled_back() override { batch = piece = 0; }

  int piece = 0, batch = 0, kept = 0, written = 0;
  bool refuse = false;
};

class CompanionTest : public probe::OpenStore {
 protected:
  void SetUp() override {
    OpenStore::SetUp();
    fill(1);
    ASSERT_TRUE(db->accompany(&count_));
  }
  void TearDown() override {
    db->accompany(nullptr);
    OpenStore::TearDown();
  }
  // Ten pieces that count themselves, every fifth of which then fails.
  std::vector<std::string> ten() {
    Group group;
    for (int i = 0; i < 10; ++i)
      group.add([this, i](db::Tx&) {
        ++count_.piece;
        if (i % 5 == 4) throw Error::missing("probe.gone", "It is gone");
      });
    db->write(std::move(group.work));
    std::vector<std::string> ended;
    for (auto& e : group.ended) ended.push_back(outcome(e));
    return ended;
  }
  std::int64_t stored() {
    std::int64_t found = 0;
    db->read_now([&](db::Tx& tx) { found = tx.value<int>("select number from elsewhere_thing where id = 1").value(); });
    return found;
  }
  Count count_;
};

TEST_P(CompanionTest, counts_what_is_kept_and_is_written_once_a_batch) {
  const auto ended = ten();
  EXPECT_EQ(std::ranges::count(ended, "fine"), 8);
  EXPECT_EQ(std::ranges::count(ended, "probe.gone"), 2);
  EXPECT_EQ(stored(), 8);
  EXPECT_EQ(count_.kept, 8);
  EXPECT_EQ(count_.written, 1);
}

TEST_P(CompanionTest, forgets_a_batch_that_is_rolled_back) {
  count_.refuse = true;
  EXPECT_EQ(ten(), std::vector<std::string>(10, "probe.refused"));
  EXPECT_EQ(stored(), 0);
  count_.refuse = false;
  ten();
  EXPECT_EQ(stored(), 8);
  EXPECT_EQ(count_.kept, 8);
}

TEST_P(CompanionTest, answers_all_of_a_batch_between_two_calls) {
  int open = 0, rounds = 0, within = 0;
  db->answer_within({[&] { ++open; },
                     [&] {
                       --open;
                       ++rounds;
                     }});
  Group group;
  for (int i = 0; i < 10; ++i) group.add([](db::Tx&) {}, 0, [&] { within += open; });
  db->write(std::move(group.work));
  for (auto& e : group.ended) EXPECT_EQ(outcome(e), "fine");
  db->write_now([](db::Connection&) {});  // alone, and after the others
  db->answer_within({});
  EXPECT_EQ(within, 10);
  EXPECT_EQ(rounds, 1);
  EXPECT_EQ(open, 0);
}

INSTANTIATE_TEST_SUITE_P(Db, CompanionTest, testing::Values(schema::Dialect::sqlite), probe::engine_name);

class NoCompanion : public probe::OpenStore {};
TEST_P(NoCompanion, beside_several_writers) { EXPECT_FALSE(db->accompany(nullptr)); }
INSTANTIATE_TEST_SUITE_P(Db, NoCompanion, testing::ValuesIn(probe::postgres_only()), probe::engine_name);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(NoCompanion);

}  // namespace
