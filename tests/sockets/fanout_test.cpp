#include "core/metrics.hpp"
#include "support.hpp"

namespace net {
namespace {

std::string event(int i, std::size_t size = 0) {
  return R"({"event":"chat.entry","body":{"n":)" + std::to_string(i) + R"(,"text":")" + std::string(size, 'x') +
         R"("}})";
}

std::vector<std::unique_ptr<Client>> sockets(House& house, int n) {
  std::vector<std::unique_ptr<Client>> all;
  for (int i = 1; i <= n; ++i) {
    all.push_back(std::make_unique<Client>(house.port()));
    EXPECT_EQ(all.back()->open_socket("t" + std::to_string(i)), 101);
  }
  return all;
}

struct FanOut : testing::TestWithParam<int> {};

TEST_P(FanOut, EveryoneGetsEveryFrameInOrder) {
  House house({.threads = GetParam()});
  const auto all = sockets(house, 200);
  std::vector<std::int64_t> everyone;
  for (int i = 1; i <= 200; ++i) everyone.push_back(i);
  for (int i = 0; i < 100; ++i) house.deliver(everyone, event(i, i % 7 == 0 ? 2000 : 20));
  for (const auto& client : all)
    for (int i = 0; i < 100; ++i) ASSERT_EQ(client->message(), event(i, i % 7 == 0 ? 2000 : 20));
}
INSTANTIATE_TEST_SUITE_P(Threads, FanOut, testing::Values(1, 3));

TEST(Events, GoToTheirPeopleOnAllTheirDevices) {
  House house;
  const auto all = sockets(house, 3);
  Client second_device(house.port());
  ASSERT_EQ(second_device.open_socket("t1"), 101);
  house.deliver({1, 3, 99}, event(1));
  house.deliver({2}, event(2));
  EXPECT_EQ(all[0]->message(), event(1));
  EXPECT_EQ(second_device.message(), event(1));
  EXPECT_EQ(all[2]->message(), event(1));
  EXPECT_EQ(all[1]->message(), event(2));
}

TEST(Events, LeaveTogetherWhenTheyWereHeld) {
  House house;
  Client reader(house.port());
  ASSERT_EQ(reader.open_socket("t1"), 101);
  house.server.hold();
  for (int i = 0; i < 3; ++i) house.deliver({1}, event(i));
  EXPECT_TRUE(reader.silent_for(std::chrono::milliseconds(100)));
  house.server.release();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(reader.message(), event(i));
}

TEST(Events, DoNotFindWhoLeft) {
  House house;
  auto all = sockets(house, 2);
  Client again(house.port());
  ASSERT_EQ(again.open_socket("t1"), 101);
  all[0].reset();
  house.deliver({1, 2}, event(1));
  EXPECT_EQ(all[0] ? "" : again.message(), event(1));
  EXPECT_EQ(all[1]->message(), event(1));
}

TEST(Events, ComeFromManyThreadsWhileSocketsComeAndGo) {
  House house({.threads = 2});
  const auto all = sockets(house, 20);
  std::vector<std::jthread> writers;
  writers.reserve(4);
  for (int w = 0; w < 4; ++w)
    writers.emplace_back([&house, w] {
      for (int i = 0; i < 200; ++i) house.deliver({1 + w, 5, 30}, event(i));
    });
  for (int i = 0; i < 30; ++i) {
    Client passing(house.port());
    EXPECT_EQ(passing.open_socket("t30"), 101);
    if (i % 10 == 0) house.server.end({{1000 + i}});
  }
  for (int w = 0; w < 4; ++w)
    for (int i = 0; i < 200; ++i) ASSERT_EQ(all[static_cast<std::size_t>(w)]->message(), event(i));
  for (int i = 0; i < 800; ++i) ASSERT_TRUE(all[4]->message().starts_with(R"({"event")"));
}

TEST(Events, ASlowReaderIsCutOffAndToldSoWhileOthersDoNotWait) {
  Limits l;
  l.unsent_bytes = 100'000;
  House house({.limits = l});
  Client slow(house.port(), {}, {}, 4096), quick(house.port());
  ASSERT_EQ(slow.open_socket("t1"), 101);
  ASSERT_EQ(quick.open_socket("t2"), 101);
  constexpr int count = 4000;  // far more than the system buffers for a reader that does not read
  for (int i = 0; i < count; ++i) {
    house.deliver({1, 2}, event(i, 4000));
    ASSERT_EQ(quick.message(), event(i, 4000));
  }
  // What it gets is the beginning, whole and in order, then the word that it missed something.
  int next = 0;
  for (;;) {
    const auto got = slow.message();
    if (got == R"({"event":"net.resync","body":{}})") break;
    ASSERT_EQ(got, event(next++, 4000));
  }
  EXPECT_LT(next, count);
  house.deliver({1}, event(-1));
  EXPECT_EQ(slow.message(), event(-1));  // and it is in the live stream again
}

TEST(Events, AnswersAreNeverDroppedForASlowReader) {
  Limits l;
  l.unsent_bytes = 100'000;
  House house({.limits = l});
  Client slow(house.port(), {}, {}, 4096), quick(house.port());
  ASSERT_EQ(slow.open_socket("t1"), 101);
  ASSERT_EQ(quick.open_socket("t2"), 101);
  slow.text(R"({"id":5,"get":"/held"})");
  ASSERT_TRUE(eventually([&] { return house.echo.held() == 1; }));
  for (int i = 0; i < 2000; ++i) {
    house.deliver({1, 2}, event(i, 4000));
    ASSERT_EQ(quick.message(), event(i, 4000));
  }
  house.echo.release();
  bool answered = false, told = false;
  while (!answered || !told) {
    const auto got = slow.message();
    answered |= got.starts_with(R"({"id":5,)");
    told |= got.find("net.resync") != got.npos;
  }
}

TEST(Events, AreCounted) {
  House house({}, {}, {.metrics = metrics::text});
  const auto all = sockets(house, 3);
  house.deliver({1, 2, 3}, event(1));
  for (const auto& client : all) client->message();
  const auto text = Client(house.port()).get("/metrics").body;
  EXPECT_NE(text.find("\nnet_sockets 3\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\nnet_connections 4\n"), std::string::npos);
  EXPECT_NE(text.find("net_answers_total{status=\"1xx\"}"), std::string::npos);
  EXPECT_NE(text.find("net_frames_total"), std::string::npos);
}

}  // namespace
}  // namespace net
