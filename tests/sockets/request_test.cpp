#include <gtest/gtest.h>

#include "net/http.hpp"

namespace net {
namespace {

// Reads a request whose bytes come in pieces of a size; what is left over is shown again, as a connection does.
std::string body_of(std::string_view bytes, std::size_t step) {
  RequestReader reader({1024, 256, 1024, 4096});
  std::string kept;
  while (!bytes.empty() && !reader.done()) {
    kept += bytes.substr(0, step);
    bytes.remove_prefix(std::min(step, bytes.size()));
    std::span<char> rest = kept;
    reader.take(rest);
    kept.erase(0, kept.size() - rest.size());
  }
  return reader.done() ? reader.body() : "not done";
}

TEST(Request, IsTheSameHoweverItIsCut) {
  const std::string plain = "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody";
  const std::string head = "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (std::size_t step = 1; step <= plain.size(); ++step) {
    EXPECT_EQ(body_of(plain, step), "body") << step;
    EXPECT_EQ(body_of(head + "0\r\n\r\n", step), "") << step;
    EXPECT_EQ(body_of(head + "2\r\nbo\r\n2;x=y\r\ndy\r\n0\r\nTrailer: x\r\n\r\n", step), "body") << step;
  }
}

TEST(Request, ThatIsNotWholeWaits) {
  EXPECT_EQ(body_of("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nbody", 7), "not done");
  EXPECT_EQ(body_of("GET /x HTTP/1.1\r\nHost: h\r\n", 7), "not done");
}

TEST(Request, HeadersAreRead) {
  RequestReader reader({1024, 256, 1024, 4096});
  std::string bytes =
      "GET /a?b HTTP/1.1\r\nHOST: h\r\norigin:  o \r\nAccept-Encoding: a\r\nAccept-Encoding: b\r\n"
      "Upgrade: websocket\r\n\r\n";
  std::span<char> rest = bytes;
  reader.take(rest);
  ASSERT_TRUE(reader.done());
  EXPECT_EQ(reader.head().method, "GET");
  EXPECT_EQ(reader.head().target, "/a?b");
  EXPECT_EQ(reader.head().host, "h");
  EXPECT_EQ(reader.head().origin, "o");
  EXPECT_EQ(reader.head().accept_encoding, "a,b");
  EXPECT_EQ(reader.head().upgrade, "");  // named, but the connection was not asked for it
  EXPECT_TRUE(reader.head().keep_alive);
}

}  // namespace
}  // namespace net
