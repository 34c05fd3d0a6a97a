#include "support.hpp"

namespace net {
namespace {

using namespace std::chrono_literals;

TEST(Stop, AnswersWhatWasAskedAndSaysGoodbye) {
  House house;
  Client asking(house.port()), idle(house.port()), socket(house.port()), calling(house.port());
  EXPECT_EQ(idle.get("/api/x").status, 200);
  ASSERT_EQ(socket.open_socket("t1"), 101);
  ASSERT_EQ(calling.open_socket("t2"), 101);
  asking.send("GET /api/held HTTP/1.1\r\nHost: localhost\r\n\r\n");
  calling.text(R"({"id":5,"get":"/held"})");
  ASSERT_TRUE(eventually([&] { return house.echo.held() == 2; }));

  std::jthread stopping([&] { house.server.stop(patience); });
  EXPECT_EQ(socket.close_code(), 1001);
  EXPECT_TRUE(socket.at_end());
  EXPECT_TRUE(idle.at_end());
  EXPECT_THROW(Client(house.port()), std::runtime_error);

  house.echo.release();
  const auto a = asking.answer();
  EXPECT_EQ(a.status, 200);
  EXPECT_EQ(a.headers.at("connection"), "close");
  EXPECT_TRUE(calling.message().starts_with(R"({"id":5,"status":200)"));
  EXPECT_EQ(calling.close_code(), 1001);
}

TEST(Stop, DoesNotWaitLongerThanTheGrace) {
  House house;
  Client asking(house.port());
  asking.send("GET /api/held HTTP/1.1\r\nHost: localhost\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return house.echo.held() == 1; }));
  const auto began = std::chrono::steady_clock::now();
  house.server.stop(200ms);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
  EXPECT_TRUE(asking.at_end());
  house.echo.release();  // nobody is there any more
}

TEST(Stop, TwiceIsOnce) {
  House house;
  house.server.stop(0ms);
  house.server.stop(0ms);
}

TEST(Listen, OnLoopbackOnlyWithoutTls) {
  Echo echo;
  for (const std::string address : {"0.0.0.0", "::", "192.0.2.1"}) {
    try {
      Server server({.address = address}, echo, {});
      ADD_FAILURE() << address;
    } catch (const std::runtime_error& e) { EXPECT_NE(std::string(e.what()).find("loopback"), std::string::npos); }
  }
}

TEST(Listen, SaysWhyItCannot) {
  House house;
  Echo echo;
  Server second({.port = house.port()}, echo, {});
  try {
    second.start();
    FAIL();
  } catch (const std::runtime_error& e) {
    EXPECT_NE(std::string(e.what()).find("Address already in use"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace net
