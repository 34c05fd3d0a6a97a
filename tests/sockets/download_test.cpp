#include "net/download.hpp"

#include <sys/socket.h>

#include "support.hpp"

namespace net {
namespace {

std::string letters(std::uint64_t from, std::uint64_t end) {
  std::string all;
  for (; from < end; ++from) all += Letters::at(from);
  return all;
}

TEST(Download, ComesWhole) {
  House house;
  Client client(house.port());
  for (const std::size_t size : {std::size_t{1}, Letters::part, 5 * Letters::part + 17}) {
    const auto a = client.get("/api/file?size=" + std::to_string(size));
    EXPECT_EQ(a.status, 200);
    EXPECT_EQ(a.body, letters(0, size)) << size;
    EXPECT_EQ(a.headers.at("content-type"), "image/png");
    EXPECT_EQ(a.headers.at("etag"), "\"blb_1\"");
    EXPECT_EQ(a.headers.at("accept-ranges"), "bytes");
  }
  EXPECT_EQ(client.get("/api/n").status, 200);
}

TEST(Download, IsNeverRunAndNeverKept) {
  House house;
  Client client(house.port());
  const auto a = client.get("/api/file?size=3");
  EXPECT_EQ(a.headers.at("content-disposition"),
            "inline; filename=\"______ _1_.png\"; filename*=UTF-8''%E5%90%88%E5%90%8C%20%221%22.png");
  EXPECT_EQ(a.headers.at("cache-control"), "private, no-store");
  EXPECT_EQ(a.headers.at("x-content-type-options"), "nosniff");
  EXPECT_NE(a.headers.at("content-security-policy").find("sandbox"), std::string::npos);
  EXPECT_TRUE(disposition("a.html", false).starts_with("attachment; "));
}

TEST(Download, ComesInPartsAcrossAnyBorder) {
  House house;
  Client client(house.port());
  const std::uint64_t part = Letters::part, size = 3 * part + 5;
  struct Case {
    std::string range;
    std::uint64_t from, end;
  };
  for (const auto& [range, from, end] :
       {Case{"0-0", 0, 1}, Case{"0-", 0, size},
        Case{std::to_string(part - 1) + "-" + std::to_string(part), part - 1, part + 1},
        Case{std::to_string(part) + "-" + std::to_string(2 * part - 1), part, 2 * part}, Case{"-5", size - 5, size},
        Case{"-99999999999", 0, size}, Case{std::to_string(size - 1) + "-99999999999999999999999", size - 1, size}}) {
    const auto a = client.get("/api/file?size=" + std::to_string(size), "Range: bytes=" + range + "\r\n");
    EXPECT_EQ(a.status, 206) << range;
    EXPECT_EQ(a.body, letters(from, end)) << range;
    EXPECT_EQ(a.headers.at("content-range"),
              "bytes " + std::to_string(from) + "-" + std::to_string(end - 1) + "/" + std::to_string(size));
  }
}

TEST(Download, KnowsWhichPartsThereAreNot) {
  House house;
  Client client(house.port());
  for (const std::string range : {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999999-"}) {
    const auto a = client.get("/api/file?size=10", "Range: " + range + "\r\n");
    EXPECT_EQ(a.status, 416) << range;
    EXPECT_EQ(a.code(), "request.bad_range");
    EXPECT_EQ(a.headers.at("content-range"), "bytes */10");
  }
  for (const std::string range :
       {"lines=1-2", "bytes=a-b", "bytes=5-2", "bytes=-", "bytes=0-1,3-4", "bytes=1", "bytes=+1-2"}) {
    const auto a = client.get("/api/file?size=10", "Range: " + range + "\r\n");
    EXPECT_EQ(a.status, 200) << range;
    EXPECT_EQ(a.body.size(), 10U);
  }
}

TEST(Download, GoesOnOnlyWithTheSameFile) {
  House house;
  Client client(house.port());
  const auto from = [&](const std::string& tag) {
    return client.get("/api/file?size=10", "Range: bytes=4-\r\nIf-Range: " + tag + "\r\n");
  };
  EXPECT_EQ(from("\"blb_1\"").status, 206);
  EXPECT_EQ(from("\"blb_2\"").status, 200);
  EXPECT_EQ(from("\"blb_2\"").body.size(), 10U);
  client.send("GET /api/file?size=10 HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: \"blb_1\"\r\n\r\n");
  EXPECT_EQ(client.answer(false).status, 304);
}

TEST(Download, IsReadOnlyAsFastAsItLeaves) {
  House house;
  Client slow(house.port(), {}, "localhost", 4096);
  const std::uint64_t size = 400 * Letters::part;
  const int before = Letters::reads;
  slow.send("GET /api/file?size=" + std::to_string(size) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  Client other(house.port());
  int after = before;
  ASSERT_TRUE(eventually([&] {  // no more is read while nobody takes it
    const int seen = std::exchange(after, Letters::reads.load());
    for (int i = 0; i < 50; ++i) EXPECT_EQ(other.get("/api/n").status, 200);
    return Letters::reads > before && Letters::reads == seen;
  }));
  EXPECT_LT(Letters::reads - before, 200);
  EXPECT_EQ(slow.answer().body, letters(0, size));
  EXPECT_EQ(slow.get("/api/n").status, 200);
}

TEST(Download, ThatCannotBeReadEndsTheConnection) {
  House house;
  Client client(house.port());
  client.send("GET /api/file?size=300000&broken=131072 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_NE(client.answer(false).status, 0);
  EXPECT_TRUE(client.at_end());
  EXPECT_EQ(Client(house.port()).get("/api/n").status, 200);
}

TEST(Download, KeepsItsPlaceAmongPipelinedRequests) {
  House house;
  Client client(house.port());
  client.send(
      "GET /api/file?size=200000 HTTP/1.1\r\nHost: localhost\r\n\r\n"
      "GET /api/n HTTP/1.1\r\nHost: localhost\r\n\r\n"
      "GET /api/file?size=5 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.answer().body, letters(0, 200000));
  EXPECT_NE(client.answer().body.find("\"/n\""), std::string::npos);
  EXPECT_EQ(client.answer().body, "abcde");
  EXPECT_TRUE(client.at_end());
}

TEST(Download, StaysOutOfSockets) {
  House house;
  Client client(house.port());
  ASSERT_EQ(client.open_socket("t7"), 101);
  client.text(R"({"id":1,"get":"/file","body":{"size":5}})");
  EXPECT_NE(client.message().find("request.over_http"), std::string::npos);
}

TEST(Download, UnderWayIsFinishedWhenTheServerStops) {
  House house;
  Client slow(house.port(), {}, "localhost", 4096);
  const int before = Letters::reads;
  slow.send("GET /api/file?size=3000000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return Letters::reads > before; }));
  std::thread stopping([&] { house.server.stop(); });
  EXPECT_EQ(slow.answer().body.size(), 3000000U);
  EXPECT_TRUE(slow.at_end());
  stopping.join();
}

std::string post(const std::string& type, const std::string& body) {
  return "POST /api/x?offset=65536 HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

TEST(Bytes, ReachTheServiceUnparsed) {
  House house;
  Client client(house.port());
  const std::string bytes("\0{\xff", 3);
  EXPECT_EQ(client.ask(post("application/octet-stream", bytes)).body, R"({"bytes":3,"input":{"offset":"65536"}})");
  EXPECT_EQ(client.ask(post("Application/Octet-Stream; x=y", "")).body, R"({"bytes":0,"input":{"offset":"65536"}})");
  EXPECT_EQ(client.ask(post("application/json", bytes)).code(), "request.bad_json");
}

TEST(Bytes, MayBeManyButNotAnyNumber) {
  Options o;
  o.limits.body_bytes = 1000;
  o.limits.piece_bytes = 100'000;
  House house(o);
  EXPECT_EQ(Client(house.port()).ask(post("application/octet-stream", std::string(100'000, 'x'))).status, 200);
  EXPECT_EQ(Client(house.port()).ask(post("application/octet-stream", std::string(100'001, 'x'))).code(),
            "request.too_large");
  EXPECT_EQ(Client(house.port()).ask(post("text/plain", std::string(1001, 'x'))).code(), "request.too_large");
}

}  // namespace
}  // namespace net
