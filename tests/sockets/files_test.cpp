#include "support.hpp"

namespace net {
namespace {

const Files files = {
    {.path = "/index.html", .type = "text/html; charset=utf-8", .tag = "i1", .bytes = "<html>", .gzip = {}},
    {.path = "/assets/app.js",
     .type = "text/javascript; charset=utf-8",
     .tag = "a1",
     .bytes = "let whole;",
     .gzip = "packed"},
    {.path = "/worker.js", .type = "text/javascript; charset=utf-8", .tag = "w1", .bytes = "self;", .gzip = {}},
};

struct FilesOf : testing::Test {
  House house{{}, files};
  Client client{house.port()};
};

TEST_F(FilesOf, AreServedWithTheirTypes) {
  const auto a = client.get("/");
  EXPECT_EQ(a.status, 200);
  EXPECT_EQ(a.body, "<html>");
  EXPECT_EQ(a.headers.at("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(a.headers.at("cache-control"), "no-cache");
  EXPECT_EQ(client.get("/worker.js").headers.at("cache-control"), "no-cache");
  EXPECT_EQ(client.get("/assets/app.js").headers.at("cache-control"), "public, max-age=31536000, immutable");
}

TEST_F(FilesOf, AnUnknownAddressIsTheClients) {
  EXPECT_EQ(client.get("/chat/cnv_1?x=1").body, "<html>");
  EXPECT_EQ(client.get("/../../etc/passwd").body, "<html>");
  EXPECT_EQ(client.get("/assets/old.js").status, 404);
  EXPECT_NE(client.get("/api/nothing").body, "<html>");
  EXPECT_EQ(client.get("/apidocs").body, "<html>");
}

TEST_F(FilesOf, AreCompressedForWhoAsks) {
  const auto packed = client.get("/assets/app.js", "Accept-Encoding: br, GZIP;q=0.8\r\n");
  EXPECT_EQ(packed.body, "packed");
  EXPECT_EQ(packed.headers.at("content-encoding"), "gzip");
  EXPECT_EQ(packed.headers.at("vary"), "Accept-Encoding");
  for (const std::string other : {"br", "gzip;q=0", "gzip;q=0.0", "gzipped"}) {
    const auto whole = client.get("/assets/app.js", "Accept-Encoding: " + other + "\r\n");
    EXPECT_EQ(whole.body, "let whole;") << other;
    EXPECT_EQ(whole.headers.at("vary"), "Accept-Encoding");
  }
}

TEST_F(FilesOf, AreNotSentAgain) {
  const auto tag = client.get("/").headers.at("etag");
  for (const auto& known : {tag, "W/" + tag, "\"x\", " + tag, std::string("*")}) {
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + known + "\r\n\r\n");
    const auto a = client.answer(false);
    EXPECT_EQ(a.status, 304) << known;
    EXPECT_EQ(a.headers.at("etag"), tag);
  }
  EXPECT_EQ(client.get("/", "If-None-Match: \"other\"\r\n").status, 200);
  const auto gz = client.get("/assets/app.js", "Accept-Encoding: gzip\r\n").headers.at("etag");
  EXPECT_NE(gz, client.get("/assets/app.js").headers.at("etag"));
}

TEST_F(FilesOf, HaveHeads) {
  client.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto a = client.answer(false);
  EXPECT_EQ(a.status, 200);
  EXPECT_EQ(a.headers.at("content-length"), "6");
  EXPECT_EQ(client.get("/worker.js").body, "self;");
}

TEST_F(FilesOf, ComeWithWhatKeepsABrowserSafe) {
  const auto a = client.get("/");
  EXPECT_NE(a.headers.at("content-security-policy").find("default-src 'self'"), std::string::npos);
  EXPECT_NE(a.headers.at("content-security-policy").find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(a.headers.at("x-content-type-options"), "nosniff");
  EXPECT_TRUE(a.headers.contains("referrer-policy"));
  EXPECT_FALSE(a.headers.contains("strict-transport-security"));
}

TEST(Pages, SayHowTheServerIs) {
  std::atomic<bool> ready = false;
  House house({}, files,
              {.ready = [&] { return ready.load(); }, .metrics = [] { return std::string("a_number 1\n"); }});
  Client client(house.port());
  EXPECT_EQ(client.get("/healthz").body, "alive\n");
  EXPECT_EQ(client.get("/readyz").status, 503);
  ready = true;
  EXPECT_EQ(client.get("/readyz").status, 200);
  EXPECT_EQ(client.get("/metrics").body, "a_number 1\n");
}

}  // namespace
}  // namespace net
