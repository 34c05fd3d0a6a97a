#include "support.hpp"

namespace net {
namespace {

TEST(Socket, OpensForWhoIsSignedIn) {
  House house;
  EXPECT_EQ(Client(house.port()).open_socket("t7"), 101);
  Client stranger(house.port());
  EXPECT_EQ(stranger.open_socket("nobody"), 401);
  EXPECT_EQ(stranger.get("/api/x").status, 200);  // and still speaks HTTP
}

std::string upgrade(const std::string& headers) {
  return "GET /api/socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n" + headers + "\r\n";
}
const std::string proper =
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

TEST(Socket, IsOpenedProperlyOrNot) {
  House house;
  const std::string bearer = "Authorization: Bearer t7\r\n";
  for (const std::string bad :
       {"", "Upgrade: h2c\r\n",
        "Upgrade: websocket\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n"})
    EXPECT_EQ(Client(house.port()).ask(upgrade(bad + bearer)).code(), "request.bad_upgrade") << bad;
  EXPECT_EQ(Client(house.port()).ask(upgrade(proper + bearer)).status, 101);
}

TEST(Socket, OpensByCookieForOurOwnPagesOnly) {
  House house;
  const auto cookie = proper + "Cookie: carillon_session=t7\r\n";
  EXPECT_EQ(Client(house.port()).ask(upgrade(cookie)).code(), "request.bad_origin");
  EXPECT_EQ(Client(house.port()).ask(upgrade(cookie + "Origin: http://evil.example\r\n")).code(), "request.bad_origin");
  EXPECT_EQ(Client(house.port()).ask(upgrade(cookie + "Origin: http://localhost\r\n")).status, 101);
}

struct Open : testing::Test {
  House house;
  Client client{house.port()};
  void SetUp() override { ASSERT_EQ(client.open_socket("t7"), 101); }
};

TEST_F(Open, SpeaksTheVerbsOfTheApi) {
  client.text(R"({"id":7,"post":"/chat/messages","body":{"text":"你好"}})");
  EXPECT_EQ(
      client.message(),
      R"({"id":7,"status":200,"body":{"method":"POST","path":"/chat/messages","input":{"text":"你好"},"token":"t7","address":"127.0.0.1"}})");
  client.text(R"({"id":8,"get":"/chat/heads"})");
  EXPECT_NE(client.message().find(R"("method":"GET","path":"/chat/heads","input":{})"), std::string::npos);
  client.text(R"({"id":9,"delete":"/x","body":null})");
  EXPECT_NE(client.message().find(R"("method":"DELETE")"), std::string::npos);
  client.text(R"({"id":10,"get":"/page"})");
  EXPECT_EQ(client.message(), R"({"id":10,"status":200,"body":"<p>\"hi\"</p>"})");
}

TEST_F(Open, RefusesWhatIsNoCall) {
  const std::pair<std::string, std::string> wrong[] = {{"hello", "request.bad_json"},
                                                       {"[]", "request.bad_json"},
                                                       {R"({"id":"x","get":"/y"})", "request.bad_field"},
                                                       {R"({"get":"/y"})", "request.missing_field"},
                                                       {R"({"id":1})", "request.bad_message"},
                                                       {R"({"id":1,"get":7})", "request.bad_field"},
                                                       {R"({"id":1,"get":"/y","body":[]})", "request.bad_field"}};
  for (const auto& [text, code] : wrong) {
    client.text(text);
    EXPECT_NE(client.message().find("\"code\":\"" + code + '"'), std::string::npos) << text;
  }
  client.text(R"({"id":1,"get":"/y"})");
  EXPECT_NE(client.message().find(R"("status":200)"), std::string::npos);
}

TEST_F(Open, AnswersManyCallsInOrder) {
  for (int i = 1; i <= 300; ++i) client.text(R"({"id":)" + std::to_string(i) + R"(,"get":"/x"})");
  for (int i = 1; i <= 300; ++i) EXPECT_TRUE(client.message().starts_with(R"({"id":)" + std::to_string(i) + ','));
}

TEST_F(Open, TakesFragmentsAndControlFramesBetween) {
  client.frame(Opcode::text, R"({"id":7,)", false);
  client.frame(Opcode::ping, "are you there");
  client.frame(Opcode::more, R"("get":)", false);
  client.frame(Opcode::more, R"("/x"})");
  const auto pong = client.next();
  EXPECT_EQ(pong.kind, static_cast<int>(Opcode::pong));
  EXPECT_EQ(pong.payload, "are you there");
  EXPECT_TRUE(client.message().starts_with(R"({"id":7,"status":200)"));
}

TEST_F(Open, TakesALargeMessageByteByByte) {
  std::string big = R"({"id":7,"post":"/x","body":{"text":")" + std::string(200'000, 'x') + R"("}})";
  client.text(big);
  EXPECT_GT(client.message().size(), 200'000u);
  std::string out;
  append_frame_head(out, Opcode::text, 19);
  out[1] = static_cast<char>(out[1] | 0x80);
  for (const char c : out + std::string(4, '\0') + R"({"id":8,"get":"/y"})") client.send({&c, 1});
  EXPECT_TRUE(client.message().starts_with(R"({"id":8,"status":200)"));
}

TEST_F(Open, ClosesWhenAsked) {
  client.frame(Opcode::close, "\x03\xe9");
  EXPECT_EQ(client.close_code(), 1001);
  EXPECT_TRUE(client.at_end());
}

TEST_F(Open, ClosesOnAnUnmaskedFrame) {
  client.send(frame(Opcode::text, "{}"));
  EXPECT_EQ(client.close_code(), 1002);
  EXPECT_TRUE(client.at_end());
}

TEST_F(Open, ClosesOnTextThatIsNone) {
  client.text("\xff\xfe");
  EXPECT_EQ(client.close_code(), 1007);
}

TEST_F(Open, ClosesOnAMessageThatIsTooBig) {
  client.text(std::string(300'000, ' '));
  EXPECT_EQ(client.close_code(), 1009);
}

TEST_F(Open, EndsWithItsSession) {
  Client same(house.port()), other(house.port());
  ASSERT_EQ(same.open_socket("t7"), 101);
  ASSERT_EQ(other.open_socket("t8"), 101);
  house.server.end({{7}});
  EXPECT_EQ(client.close_code(), 4001);
  EXPECT_EQ(same.close_code(), 4001);
  EXPECT_TRUE(client.at_end());
  EXPECT_EQ(Client(house.port()).open_socket("t7"), 401);  // an answer from before the end admits nobody
  other.text(R"({"id":1,"get":"/x"})");
  EXPECT_TRUE(other.message().starts_with(R"({"id":1,"status":200)"));
}

TEST(SocketLimits, UnansweredCallsStopTheReadingNotTheAnswers) {
  Limits l;
  l.calls = 2;
  House house({.limits = l});
  Client client(house.port());
  ASSERT_EQ(client.open_socket("t7"), 101);
  for (int i = 1; i <= 5; ++i) client.text(R"({"id":)" + std::to_string(i) + R"(,"get":"/held"})");
  for (const std::size_t together : {2u, 2u, 1u}) {
    ASSERT_TRUE(eventually([&] { return house.echo.held() == together; }));
    EXPECT_TRUE(client.silent_for(std::chrono::milliseconds(50)));
    EXPECT_EQ(house.echo.held(), together);
    house.echo.release();
    for (std::size_t i = 0; i < together; ++i) EXPECT_NE(client.message().find(R"("status":200)"), std::string::npos);
  }
}

TEST(SocketLimits, MessagesOfASocket) {
  Limits l;
  l.messages_a_second = 0.01;
  l.messages_at_once = 2;
  House house({.limits = l});
  Client client(house.port());
  ASSERT_EQ(client.open_socket("t7"), 101);
  for (int i = 1; i <= 3; ++i) client.text(R"({"id":)" + std::to_string(i) + R"(,"get":"/x"})");
  std::string all;
  for (int i = 1; i <= 3; ++i) all += client.message();
  EXPECT_NE(all.find(R"({"id":3,"status":429,"body":{"code":"request.too_many")"), std::string::npos) << all;
}

TEST(SocketLimits, SilenceIsAskedAndThenClosed) {
  Limits l;
  l.ping_seconds = 1;
  l.silence_seconds = 3;
  House house({.limits = l});
  Client client(house.port());
  ASSERT_EQ(client.open_socket("t7"), 101);
  EXPECT_EQ(client.next().kind, static_cast<int>(Opcode::ping));
  client.frame(Opcode::pong, "");
  EXPECT_EQ(client.next().kind, static_cast<int>(Opcode::ping));  // it lives, so it is asked again
  EXPECT_EQ(client.next().kind, -1);                              // it is silent, so it is closed
}

}  // namespace
}  // namespace net
