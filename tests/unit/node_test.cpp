#include "core/node.hpp"

#include <gtest/gtest.h>

#include "core/schema.hpp"

namespace {

struct Nodes : testing::Test {
  std::unique_ptr<db::Database> db = db::open({"sqlite::memory:"}, core::tables);
  Time now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 31}};
  NodeLease::Clock clock = [this] { return now; };
};

TEST_F(Nodes, TwoAtOnceHaveDifferentNumbers) {
  const NodeLease one(*db, clock), two(*db, clock);
  EXPECT_NE(one.number(), two.number());
}

TEST_F(Nodes, ANumberIsKeptByWhoRenewsIt) {
  NodeLease one(*db, clock);
  now += std::chrono::seconds{50};
  EXPECT_TRUE(one.renew());
  now += std::chrono::seconds{50};
  EXPECT_NE(NodeLease(*db, clock).number(), one.number());
}

TEST_F(Nodes, WhoDidNotRenewInTimeLosesItAndIsTold) {
  NodeLease one(*db, clock);
  now += std::chrono::minutes{2};
  NodeLease two(*db, clock);
  EXPECT_EQ(two.number(), one.number());
  EXPECT_FALSE(one.renew());
  EXPECT_TRUE(two.renew());
}

}  // namespace
