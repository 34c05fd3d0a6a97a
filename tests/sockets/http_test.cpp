#include "support.hpp"

namespace net {
namespace {

TEST(Http, PassesARequestOn) {
  House house;
  Client client(house.port());
  const auto a = client.post("/api/chat/messages?x=1", R"({"text":"你好"})", "Authorization: Bearer t7\r\n");
  EXPECT_EQ(a.status, 200);
  EXPECT_EQ(a.body, R"({"method":"POST","path":"/chat/messages","input":{"text":"你好"},"token":"t7","address":"127.0.0.1"})");
  EXPECT_EQ(a.headers.at("cache-control"), "no-store");
  EXPECT_EQ(a.headers.at("content-type"), "application/json");
}

TEST(Http, TakesTheParametersOfAGetFromItsAddress) {
  House house;
  Client client(house.port());
  const auto a = client.get("/api/directory/members?query=%E5%BC%A0+wei&limit=5&empty=");
  EXPECT_NE(a.body.find(R"("input":{"query":"张 wei","limit":"5","empty":""})"), std::string::npos) << a.body;
}

TEST(Http, KeepsTheConnection) {
  House house;
  Client client(house.port());
  for (int i = 0; i < 20; ++i) EXPECT_EQ(client.get("/api/n").status, 200);
}

}  // namespace
}  // namespace net
