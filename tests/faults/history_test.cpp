// The judge of histories, with histories made by hand.
#include "history.hpp"

#include <gtest/gtest.h>

namespace {

history::History sound() {
  return {{{"a", {"one", 1, 1}}, {"b", {"one", 1, 2}}, {"c", {"one", 2}}, {"d", {"two", 1, 1}}},
          {{"one", {{1, "a"}, {2, "b"}, {3, "c"}}}, {"two", {{1, "d"}}}}};
}

TEST(History, ASoundOnePasses) { EXPECT_TRUE(history::judge(sound()).empty()); }
TEST(History, WhatWasNotAcknowledgedMayBeMissing) {
  auto h = sound();
  h.logs["one"].pop_back();
  EXPECT_TRUE(history::judge(h).empty());
}
TEST(History, ALostMessageIsSeen) {
  auto h = sound();
  h.logs["two"].clear();
  EXPECT_EQ(history::judge(h).size(), 1U);
}
TEST(History, ADoubledMessageIsSeen) {
  auto h = sound();
  h.logs["one"].push_back({4, "a"});
  EXPECT_FALSE(history::judge(h).empty());
}
TEST(History, ASendersOrderIsSeen) {
  auto h = sound();
  h.sent[0].second.acknowledged.reset();
  h.sent[1].second.acknowledged.reset();
  std::swap(h.logs["one"][0].text, h.logs["one"][1].text);
  EXPECT_EQ(history::judge(h).size(), 1U);
}
TEST(History, AnotherNumberThanAcknowledgedIsSeen) {
  auto h = sound();
  h.sent[0].second.acknowledged = 2;
  EXPECT_FALSE(history::judge(h).empty());
}
TEST(History, AGapIsSeen) {
  auto h = sound();
  h.logs["one"][2].number = 4;
  EXPECT_EQ(history::judge(h).size(), 1U);
}
TEST(History, AMessageThatNobodySentIsSeen) {
  auto h = sound();
  h.logs["two"].push_back({2, "x"});
  EXPECT_EQ(history::judge(h).size(), 1U);
}

TEST(History, AReaderMayBeginLateAndEndEarly) {
  auto h = sound();
  h.readings = {{"r", "one", {{2, "b"}, {3, "c"}}}, {"s", "one", {{1, "a"}}}, {"t", "two", {}}};
  EXPECT_TRUE(history::judge(h).empty());
}
TEST(History, AReaderWhoSawAnotherMessageIsSeen) {
  auto h = sound();
  h.readings = {{"r", "one", {{1, "a"}, {2, "c"}}}};
  EXPECT_EQ(history::judge(h).size(), 1U);
}
TEST(History, AReaderWhoSawWhatIsNotThereIsSeen) {
  auto h = sound();
  h.readings = {{"r", "two", {{1, "d"}, {2, "x"}}}, {"s", "three", {{1, "x"}}}};
  EXPECT_EQ(history::judge(h).size(), 2U);
}
TEST(History, AReaderWhoMissedAMessageIsSeen) {
  auto h = sound();
  h.readings = {{"r", "one", {{1, "a"}, {3, "c"}}}};
  EXPECT_EQ(history::judge(h).size(), 1U);
}
TEST(History, AReaderWhoSawAMessageAgainIsSeen) {
  auto h = sound();
  h.readings = {{"r", "one", {{1, "a"}, {2, "b"}, {2, "b"}, {3, "c"}}}};
  EXPECT_EQ(history::judge(h).size(), 1U);
}
TEST(History, AReaderWhoSawAMessageTooLateIsSeen) {
  auto h = sound();
  h.readings = {{"r", "one", {{2, "b"}, {1, "a"}, {3, "c"}}}};
  EXPECT_EQ(history::judge(h).size(), 1U);
}

}  // namespace
