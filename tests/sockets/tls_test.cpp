#include <openssl/ssl.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "net/certificates.hpp"
#include "support.hpp"

namespace fs = std::filesystem;
namespace net {
namespace {

// A folder of its own, gone at the end.
struct Folder {
  Folder() {
    std::string name = (fs::temp_directory_path() / "carillon_tls_XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

struct UnderTls : testing::Test {
  Folder folder;
  Certificates certificates = make_certificates(folder.path / "tls", {"localhost", "chat.example", "127.0.0.1", "::1"});
  House house{{.tls = Tls{certificates.cert_file, certificates.key_file}},
              {{.path = "/index.html", .type = "text/html", .tag = "1", .bytes = "<html>", .gzip = {}}}};
};

TEST_F(UnderTls, RequestsAreAnswered) {
  Client client(house.port(), certificates.ca_file);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.get("/api/x").status, 200);
  EXPECT_EQ(client.get("/").headers.at("strict-transport-security"), "max-age=31536000");
  EXPECT_TRUE(client.post("/api/sign_in", "{}").headers.at("set-cookie").ends_with("; Secure"));
  EXPECT_EQ(client.post("/api/x", "{}", "Cookie: carillon_session=t9\r\nOrigin: https://localhost\r\n").status, 200);
  EXPECT_EQ(client.post("/api/x", "{}", "Cookie: carillon_session=t9\r\nOrigin: http://localhost\r\n").status, 403);
}

TEST_F(UnderTls, TheNamesOfTheCertificateAreTheServers) {
  Client client(house.port(), certificates.ca_file, "chat.example");
  EXPECT_EQ(client.ask("GET /api/x HTTP/1.1\r\nHost: chat.example:8443\r\n\r\n").status, 200);
  EXPECT_EQ(client.ask("GET /api/x HTTP/1.1\r\nHost: other.example\r\n\r\n").status, 403);
  EXPECT_EQ(names_of(certificates.cert_file),
            (std::vector<std::string>{"localhost", "chat.example", "127.0.0.1", "[::1]"}));
}

TEST_F(UnderTls, LargeBodiesGoBothWays) {
  Client client(house.port(), certificates.ca_file);
  const auto a = client.post("/api/x", R"({"text":")" + std::string(200'000, 'x') + R"("})");
  EXPECT_GT(a.body.size(), 200'000u);
  EXPECT_EQ(client.get("/api/big?size=3000000").body.size(), 3'000'002u);
}

TEST_F(UnderTls, SocketsCarryCallsAndEvents) {
  Client client(house.port(), certificates.ca_file);
  ASSERT_EQ(client.open_socket("t7"), 101);
  for (int i = 1; i <= 100; ++i) client.text(R"({"id":)" + std::to_string(i) + R"(,"get":"/x"})");
  for (int i = 1; i <= 100; ++i) EXPECT_TRUE(client.message().starts_with(R"({"id":)" + std::to_string(i) + ','));
  for (int i = 0; i < 100; ++i)
    house.deliver({7}, R"({"event":")" + std::to_string(i) + std::string(3000, 'x') + "\"}");
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(client.message().starts_with(R"({"event":")" + std::to_string(i) + 'x'));
  house.server.end({{7}});
  EXPECT_EQ(client.close_code(), 4001);
}

TEST_F(UnderTls, ASlowReaderIsCutOffAndToldSo) {
  Limits l;
  l.unsent_bytes = 100'000;
  House small({.tls = Tls{certificates.cert_file, certificates.key_file}, .limits = l});
  Client slow(small.port(), certificates.ca_file, "localhost", 4096), quick(small.port(), certificates.ca_file);
  ASSERT_EQ(slow.open_socket("t1"), 101);
  ASSERT_EQ(quick.open_socket("t2"), 101);
  for (int i = 0; i < 3000; ++i) {
    small.deliver({1, 2}, R"({"n":)" + std::to_string(i) + R"(,"text":")" + std::string(4000, 'x') + "\"}");
    ASSERT_TRUE(quick.message().starts_with(R"({"n":)" + std::to_string(i) + ','));
  }
  int next = 0;
  for (auto got = slow.message(); got.find("net.resync") == got.npos; got = slow.message())
    ASSERT_TRUE(got.starts_with(R"({"n":)" + std::to_string(next++) + ',')) << got.substr(0, 20);
  EXPECT_LT(next, 3000);
}

TEST_F(UnderTls, TheEndIsToldBeforeItComes) {
  Client client(house.port(), certificates.ca_file);
  EXPECT_EQ(client.get("/api/x", "Connection: close\r\n").status, 200);
  EXPECT_TRUE(client.told_of_the_end());
}

TEST_F(UnderTls, WhoSpeaksInTheClearIsClosed) {
  Client client(house.port());
  client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_TRUE(client.at_end());
}

TEST_F(UnderTls, AHandshakeThatDoesNotComeIsClosed) {
  Limits l;
  l.head_seconds = 1;
  House impatient({.tls = Tls{certificates.cert_file, certificates.key_file}, .limits = l});
  Client client(impatient.port());
  client.send("\x16\x03\x01");
  EXPECT_TRUE(client.at_end());
}

TEST_F(UnderTls, StoppingSaysGoodbye) {
  Client idle(house.port(), certificates.ca_file), socket(house.port(), certificates.ca_file);
  EXPECT_EQ(idle.get("/api/x").status, 200);
  ASSERT_EQ(socket.open_socket("t7"), 101);
  std::jthread stopping([&] { house.server.stop(patience); });
  EXPECT_EQ(socket.close_code(), 1001);
  EXPECT_TRUE(idle.at_end());
  EXPECT_TRUE(socket.at_end());
}

TEST_F(UnderTls, ANewCertificateIsTakenWithoutClosingConnections) {
  Client before(house.port(), certificates.ca_file);
  EXPECT_EQ(before.get("/api/x").status, 200);
  fs::remove(certificates.ca_file);  // so that a new authority signs the next one
  make_certificates(folder.path / "tls", {"localhost", "New.Example"});
  EXPECT_THROW(Client(house.port(), certificates.ca_file), std::runtime_error);
  house.server.reload();
  EXPECT_EQ(Client(house.port(), certificates.ca_file).get("/api/x").status, 200);
  EXPECT_EQ(before.get("/api/x").status, 200);
  EXPECT_EQ(before.ask("GET /api/x HTTP/1.1\r\nHost: new.example\r\n\r\n").status, 200);
  EXPECT_EQ(before.ask("GET /api/x HTTP/1.1\r\nHost: chat.example\r\n\r\n").status, 403);

  std::ofstream(certificates.cert_file) << "nonsense";
  EXPECT_THROW(house.server.reload(), std::runtime_error);
  EXPECT_EQ(Client(house.port(), certificates.ca_file).get("/api/x").status, 200);
}

TEST_F(UnderTls, OldProtocolsAreRefused) {
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_max_proto_version(context.get(), TLS1_1_VERSION);
  Client plain(house.port());
  const std::unique_ptr<SSL, void (*)(SSL*)> ssl(SSL_new(context.get()), SSL_free);
  SSL_set_fd(ssl.get(), plain.fd());
  EXPECT_NE(SSL_connect(ssl.get()), 1);
}

TEST(Certificates, KeysAreTheirOwnersOnly) {
  Folder folder;
  const auto made = make_certificates(folder.path, {"localhost"});
  for (const auto& key : {fs::path(made.key_file), folder.path / "ca.key"}) {
    struct stat s{};
    ASSERT_EQ(::stat(key.c_str(), &s), 0);
    EXPECT_EQ(s.st_mode & 0777, 0600u) << key;
  }
}

TEST(Certificates, TheAuthorityStays) {
  Folder folder;
  const auto read = [](const std::string& path) {
    std::ifstream in(path);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  const auto first = make_certificates(folder.path, {"localhost"});
  const auto authority = read(first.ca_file), server = read(first.cert_file);
  make_certificates(folder.path, {"localhost"});
  EXPECT_EQ(read(first.ca_file), authority);
  EXPECT_NE(read(first.cert_file), server);
}

TEST(Certificates, AreForNamesOnly) {
  Folder folder;
  for (const std::string name : {"", "a b", "x,DNS:evil.example", "-x", "*"})
    EXPECT_THROW(make_certificates(folder.path, {name}), std::runtime_error) << name;
  EXPECT_THROW(make_certificates(folder.path, {}), std::runtime_error);
  EXPECT_THROW(House({.tls = Tls{"/nowhere.pem", "/nowhere.key"}}), std::runtime_error);
}

}  // namespace
}  // namespace net
