#include <sys/resource.h>
#include <unistd.h>

#include <chrono>

#include "core/metrics.hpp"
#include "support.hpp"

namespace net {
namespace {

Limits small() {
  Limits l;
  l.header_bytes = 2048;
  l.target_bytes = 512;
  l.body_bytes = 4096;
  return l;
}

TEST(Http, PassesARequestOn) {
  House house;
  Client client(house.port());
  const auto a = client.post("/api/chat/messages?x=1", R"({"text":"你好"})", "Authorization: Bearer t7\r\n");
  EXPECT_EQ(a.status, 200);
  EXPECT_EQ(a.body,
            R"({"method":"POST","path":"/chat/messages","input":{"text":"你好"},"token":"t7","address":"127.0.0.1"})");
  EXPECT_EQ(a.headers.at("cache-control"), "no-store");
  EXPECT_EQ(a.headers.at("content-type"), "application/json");
  EXPECT_TRUE(a.headers.contains("date"));
}

TEST(Http, TakesTheParametersOfAGetFromItsAddress) {
  House house;
  Client client(house.port());
  const auto a = client.get("/api/directory/members%2f1?query=%E5%BC%A0+wei&limit=5&empty=&a%20b=c#x");
  EXPECT_NE(a.body.find(R"("path":"/directory/members/1")"), std::string::npos) << a.body;
  EXPECT_NE(a.body.find(R"("input":{"query":"张 wei","limit":"5","empty":"","a b":"c"})"), std::string::npos) << a.body;
}

TEST(Http, TakesAnEmptyBodyForAnEmptyObject) {
  House house;
  Client client(house.port());
  EXPECT_NE(client.ask("DELETE /api/x HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .body.find(R"("method":"DELETE","path":"/x","input":{})"),
            std::string::npos);
}

TEST(Http, PassesOtherTypesThrough) {
  House house;
  Client client(house.port());
  const auto a = client.get("/api/page");
  EXPECT_EQ(a.headers.at("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(a.body, "<p>\"hi\"</p>");
}

TEST(Http, KeepsTheConnectionUntilAskedNotTo) {
  House house;
  Client client(house.port());
  for (int i = 0; i < 20; ++i) EXPECT_EQ(client.get("/api/n").status, 200);
  EXPECT_EQ(client.get("/api/n", "Connection: close\r\n").headers.at("connection"), "close");
  EXPECT_TRUE(client.at_end());

  Client old(house.port());
  EXPECT_EQ(old.ask("GET /api/n HTTP/1.0\r\nHost: localhost\r\n\r\n").status, 200);
  EXPECT_TRUE(old.at_end());
}

TEST(Http, AnswersPipelinedRequestsInOrder) {
  House house;
  Client client(house.port());
  std::string all;
  for (int i = 0; i < 200; ++i)
    all += "GET " + std::string(i % 3 ? "/api/n" : "/nothing") + std::to_string(i) +
           " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  client.send(all);
  for (int i = 0; i < 200; ++i) {
    const auto a = client.answer();
    if (i % 3 == 0) EXPECT_EQ(a.status, 404);
    else EXPECT_NE(a.body.find("\"/n" + std::to_string(i) + '"'), std::string::npos) << i << a.body;
  }
}

TEST(Http, ReadsARequestThatComesByteByByte) {
  House house;
  Client client(house.port());
  const std::string request = "POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 7\r\n\r\n{\"a\":1}";
  for (const char c : request) client.send({&c, 1});
  EXPECT_NE(client.answer().body.find(R"("input":{"a":1})"), std::string::npos);
}

TEST(Http, ReadsAChunkedBody) {
  House house;
  Client client(house.port());
  client.send("POST /api/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n");
  client.send("4;note=1\r\n\":1}\r\n0\r\nTrailer: x\r\n\r\n");
  EXPECT_NE(client.answer().body.find(R"("input":{"a":1})"), std::string::npos);
  EXPECT_EQ(client.get("/api/n").status, 200);
}

TEST(Http, ReadsChunksThatComeByteByByte) {
  House house;
  Client client(house.port());
  const std::string head = "POST /api/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string body : {"0\r\n\r\n", "2\r\n{}\r\n0\r\nTrailer: x\r\n\r\n"}) {
    for (const char c : head + body) client.send({&c, 1});
    EXPECT_NE(client.answer().body.find(R"("input":{})"), std::string::npos);
  }
}

TEST(Http, TellsAClientThatAsksToSendItsBody) {
  House house;
  Client client(house.port());
  client.send("POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.answer().status, 100);
  client.send("{}");
  EXPECT_EQ(client.answer().status, 200);
}

TEST(Http, AnswersAClientThatHasClosedItsHalf) {
  House house;
  Client client(house.port());
  client.send("GET /api/held HTTP/1.1\r\nHost: localhost\r\n\r\n");
  client.half_close();
  ASSERT_TRUE(eventually([&] { return house.echo.held() == 1; }));
  house.echo.release();
  EXPECT_EQ(client.answer().status, 200);
  EXPECT_TRUE(client.at_end());
}

struct Bad {
  std::string name, request;
  int status;
  std::string code;
  bool closes;
};
const std::string host = "Host: localhost\r\n";
const std::vector<Bad> bad_requests = {
    {"Garbage", "\x16\x03\x01 hello\r\n\r\n", 400, "request.bad_http", true},
    {"NoVersion", "GET /\r\n\r\n", 400, "request.bad_http", true},
    {"Http2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "request.bad_http", true},
    {"HeaderWithoutColon", "GET / HTTP/1.1\r\n" + host + "oops\r\n\r\n", 400, "request.bad_http", true},
    {"TwoHosts", "GET / HTTP/1.1\r\n" + host + "Host: evil\r\n\r\n", 400, "request.bad_http", true},
    {"TwoLengths", "POST /api/x HTTP/1.1\r\n" + host + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400,
     "request.bad_http", true},
    {"LengthAndChunks",
     "POST /api/x HTTP/1.1\r\n" + host + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
     "request.bad_http", true},
    {"NegativeLength", "POST /api/x HTTP/1.1\r\n" + host + "Content-Length: -2\r\n\r\n{}", 400, "request.bad_http",
     true},
    {"BadChunk", "POST /api/x HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400,
     "request.bad_http", true},
    {"LongTarget", "GET /" + std::string(600, 'x') + " HTTP/1.1\r\n" + host + "\r\n", 413, "request.too_large", true},
    {"LongHeader", "GET / HTTP/1.1\r\nX: " + std::string(4000, 'x') + "\r\n\r\n", 413, "request.too_large", true},
    {"LongHeaderWithoutEnd", "GET / HTTP/1.1\r\nX: " + std::string(4000, 'x'), 413, "request.too_large", true},
    {"LongBody", "POST /api/x HTTP/1.1\r\n" + host + "Content-Length: 5000\r\n\r\n", 413, "request.too_large", true},
    {"LongChunks", "POST /api/x HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nFFFF\r\n", 413,
     "request.too_large", true},
    {"EndlessChunkHead",
     "POST /api/x HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(4000, 'x'), 413,
     "request.too_large", true},
    {"NoHost", "GET / HTTP/1.1\r\n\r\n", 403, "request.bad_host", false},
    {"OtherHost", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 403, "request.bad_host", false},
    {"HostWithTail", "GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n", 403, "request.bad_host", false},
    {"BadEscape", "GET /api/%zz HTTP/1.1\r\n" + host + "\r\n", 400, "request.bad_path", false},
    {"CutEscape", "GET /api/%4 HTTP/1.1\r\n" + host + "\r\n", 400, "request.bad_path", false},
    {"EscapedZero", "GET /api/%00 HTTP/1.1\r\n" + host + "\r\n", 400, "request.bad_path", false},
    {"NotUtf8", "GET /api/%ff HTTP/1.1\r\n" + host + "\r\n", 400, "request.bad_path", false},
    {"AbsoluteTarget", "GET http://evil.example/ HTTP/1.1\r\n" + host + "\r\n", 400, "request.bad_path", false},
    {"NotJson", "POST /api/x HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\n{\"a\":", 400, "request.bad_json", false},
    {"NotAnObject", "POST /api/x HTTP/1.1\r\n" + host + "Content-Length: 2\r\n\r\n[]", 400, "request.bad_json", false},
    {"OddMethod", "TRACE /api/x HTTP/1.1\r\n" + host + "\r\n", 405, "request.no_method", false},
    {"PostToAPage", "POST /index.html HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n", 405, "request.no_method",
     false},
    {"NoSuchPage", "GET /nothing HTTP/1.1\r\n" + host + "\r\n", 404, "request.no_page", false},
};

class BadRequest : public testing::TestWithParam<Bad> {};

TEST_P(BadRequest, IsRefusedInWords) {
  House house({.limits = small()});
  Client client(house.port());
  const auto a = client.ask(GetParam().request);
  EXPECT_EQ(a.status, GetParam().status) << a.body;
  EXPECT_EQ(a.code(), GetParam().code);
  EXPECT_EQ(a.headers.at("x-content-type-options"), "nosniff");
  if (GetParam().closes) EXPECT_TRUE(client.at_end());
  else EXPECT_EQ(client.get("/api/n").status, 200);
}
INSTANTIATE_TEST_SUITE_P(Http, BadRequest, testing::ValuesIn(bad_requests), [](const auto& i) { return i.param.name; });

TEST(Http, SaysWhichPartIsTooLarge) {
  House house({.limits = small()});
  Client client(house.port());
  const auto a = client.post("/api/x", std::string(5000, ' '));
  EXPECT_EQ(json::Document(a.body).root().at("field").text(), "body");
}

TEST(Http, RefusesABigBodyWithoutCuttingTheAnswerOff) {
  House house;
  Client client(house.port());
  const auto a = client.post("/api/x", std::string(3'000'000, ' '));
  EXPECT_EQ(a.status, 413);
  EXPECT_EQ(a.code(), "request.too_large");
}

TEST(Http, ClosesOnAHeadThatDoesNotCome) {
  Limits l;
  l.head_seconds = 1;
  House house({.limits = l});
  Client silent(house.port()), slow(house.port());
  slow.send("GET /api/n HTTP/1.1\r\nHost: loc");
  EXPECT_TRUE(silent.at_end());
  EXPECT_TRUE(slow.at_end());
}

TEST(Http, ClosesOnABodyThatTrickles) {
  Limits l;
  l.head_seconds = 1;
  l.slowest_bytes_a_second = 1024;
  House house({.limits = l});
  Client client(house.port());
  client.send("POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{");
  EXPECT_TRUE(client.at_end());
}

TEST(Http, ClosesAnIdleConnectionButNotABusyOne) {
  Limits l;
  l.head_seconds = l.idle_seconds = 1;
  House house({.limits = l});
  Client idle(house.port()), waiting(house.port());
  EXPECT_EQ(idle.get("/api/n").status, 200);
  waiting.send("GET /api/held HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_TRUE(idle.at_end());
  house.echo.release();
  EXPECT_EQ(waiting.answer().status, 200);
}

TEST(Http, GivesUpOnAnAnswerThatNeverComes) {
  Limits l;
  l.answer_seconds = 1;
  House house({.limits = l});
  Client client(house.port());
  client.send("GET /api/held HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_TRUE(client.at_end());
  house.echo.release();  // too late: nobody is harmed
  Client other(house.port());
  EXPECT_EQ(other.get("/api/n").status, 200);
}

TEST(Http, GivesUpOnAReaderThatTakesNothing) {
  Limits l;
  l.write_seconds = 1;
  l.slowest_bytes_a_second = 100'000'000;
  House house({.limits = l}, {}, {.metrics = metrics::text});
  Client stuck(house.port(), {}, {}, 4096), other(house.port());
  stuck.send("GET /api/big?size=50000000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_TRUE(
      eventually([&] { return other.get("/metrics").body.find("\nnet_connections 1\n") != std::string::npos; }));
}

// Leaves the process room for so many more descriptors, for a while.
struct TightDescriptors {
  explicit TightDescriptors(int more) {
    ::getrlimit(RLIMIT_NOFILE, &before);
    const int next = ::dup(0);
    ::close(next);
    const rlimit tight{static_cast<rlim_t>(next + more), before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &tight);
  }
  ~TightDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before); }
  rlimit before{};
};

// The system's limit is reached while somebody connects: they wait, nobody is dropped.
TEST(Http, WaitsForDescriptors) {
  House house;
  std::optional<TightDescriptors> tight(1);  // room for the client's end, none for the server's
  Client client(house.port());
  client.send("GET /api/x HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_TRUE(client.silent_for(std::chrono::milliseconds(100)));
  tight.reset();
  EXPECT_EQ(client.answer().status, 200);
}

TEST(Http, SendsALargeAnswerWhole) {
  House house;
  Client client(house.port());
  EXPECT_EQ(client.get("/api/big?size=5000000").body.size(), 5'000'002u);
}

TEST(Http, SetsAndDeletesTheSessionCookie) {
  House house;
  Client client(house.port());
  EXPECT_EQ(client.post("/api/sign_in", "{}").headers.at("set-cookie"),
            "carillon_session=t7; Path=/; HttpOnly; SameSite=Strict; Max-Age=3600");
  EXPECT_EQ(client.post("/api/sign_out", "{}").headers.at("set-cookie"),
            "carillon_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
  House behind_a_proxy({.secure_cookie = true});
  Client other(behind_a_proxy.port());
  EXPECT_TRUE(other.post("/api/sign_in", "{}").headers.at("set-cookie").ends_with("; Secure"));
}

TEST(Http, TakesTheTokenOfACookie) {
  House house;
  Client client(house.port());
  EXPECT_NE(client.get("/api/x", "Cookie: a=b; carillon_session=t9; c=d\r\n").body.find(R"("token":"t9")"),
            std::string::npos);
  EXPECT_NE(client.get("/api/x", "Cookie: xcarillon_session=t9\r\n").body.find(R"("token":"")"), std::string::npos);
  EXPECT_NE(
      client.get("/api/x", "Cookie: carillon_session=t9\r\nAuthorization: bearer t8\r\n").body.find(R"("token":"t8")"),
      std::string::npos);
}

TEST(Http, RefusesWritesOfOtherSites) {
  House house;
  Client client(house.port());
  const std::string cookie = "Cookie: carillon_session=t9\r\n";
  EXPECT_EQ(client.post("/api/x", "{}", cookie).code(), "request.bad_origin");
  EXPECT_EQ(client.post("/api/x", "{}", cookie + "Origin: null\r\n").code(), "request.bad_origin");
  EXPECT_EQ(client.post("/api/x", "{}", cookie + "Origin: http://evil.example\r\n").code(), "request.bad_origin");
  EXPECT_EQ(client.post("/api/x", "{}", cookie + "Origin: https://localhost\r\n").code(), "request.bad_origin");
  EXPECT_EQ(client.post("/api/x", "{}", "Origin: http://evil.example\r\n").status,
            403);  // signing somebody in from elsewhere
  EXPECT_EQ(client.post("/api/x", "{}", cookie + "Origin: http://localhost\r\n").status, 200);
  EXPECT_EQ(client.get("/api/x", cookie).status, 200);
  EXPECT_EQ(client.post("/api/x", "{}", "Authorization: Bearer t9\r\n").status, 200);
}

TEST(Http, AnswersToTheNamesItWasGiven) {
  House house({.hosts = {"carillon.example"}});
  Client client(house.port());
  for (const std::string name :
       {"carillon.example", "Carillon.Example:8443", "localhost:1", "127.0.0.1:80", "[::1]:8080"})
    EXPECT_EQ(client.ask("GET /api/x HTTP/1.1\r\nHost: " + name + "\r\n\r\n").status, 200) << name;
  EXPECT_EQ(client.ask("GET /api/x HTTP/1.1\r\nHost: [::2]\r\n\r\n").status, 403);
}

TEST(Http, LimitsTheRequestsOfAnAddress) {
  Limits l;
  l.requests_a_second = 0.01;
  l.requests_at_once = 3;
  House house({.limits = l});
  Client client(house.port());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.get("/api/x").status, 200);
  const auto a = client.get("/api/x");
  EXPECT_EQ(a.status, 429);
  EXPECT_EQ(a.code(), "request.too_many");
  EXPECT_EQ(a.headers.at("retry-after"), "1");
}

TEST(Http, LimitsTheConnectionsOfAnAddress) {
  Limits l;
  l.connections_an_address = 2;
  House house({.limits = l});
  auto first = std::make_unique<Client>(house.port());
  Client second(house.port());
  EXPECT_EQ(first->get("/api/x").status, 200);
  EXPECT_EQ(second.get("/api/x").status, 200);
  Client third(house.port());
  EXPECT_EQ(third.answer().status, 503);
  first.reset();
  EXPECT_TRUE(eventually([&] { return Client(house.port()).get("/api/x").status == 200; }));
}

TEST(Http, LimitsTheConnectionsInAll) {
  Limits l;
  l.connections = 1;
  House house({.limits = l});
  Client first(house.port());
  EXPECT_EQ(first.get("/api/x").status, 200);
  Client second(house.port());
  EXPECT_EQ(second.answer().status, 503);
  EXPECT_EQ(first.get("/api/x").status, 200);
}

}  // namespace
}  // namespace net
