#include "support.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>

namespace net {

// --- the service --------------------------------------------------------------------------------

Echo::~Echo() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Echo::submit(std::vector<Call> calls) {
  const std::lock_guard lock(mutex_);
  for (auto& c : calls) (c.request.path == "/held" ? held_.push_back(std::move(c)) : waiting_.push_back(std::move(c)));
  changed_.notify_all();
}

void Echo::fetch(Fetch wanted) {
  const std::lock_guard lock(mutex_);
  fetches_.push_back(std::move(wanted));
  changed_.notify_all();
}

std::string Letters::read(std::uint64_t offset) {
  ++reads;
  std::string out;
  if (offset < broken_)
    for (auto n = offset; n < size_ && out.size() < part; ++n) out += at(n);
  return out;
}

void Echo::release() {
  const std::lock_guard lock(mutex_);
  for (auto& c : held_) waiting_.push_back(std::move(c));
  held_.clear();
  changed_.notify_all();
}

std::size_t Echo::held() {
  const std::lock_guard lock(mutex_);
  return held_.size();
}

void Echo::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return over_ || !waiting_.empty() || !fetches_.empty(); });
    if (over_) return;
    if (!fetches_.empty()) {
      auto wanted = std::move(fetches_.front());
      fetches_.pop_front();
      lock.unlock();
      wanted.done(wanted.from->read(wanted.offset));
      lock.lock();
      continue;
    }
    auto call = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    call.reply(answer(call.request));
    lock.lock();
  }
}

Response Echo::answer(Request& r) {
  const auto& token = r.token.reveal();
  const auto number = token.starts_with('t') ? std::atoll(token.c_str() + 1) : 0;
  if (r.path == "/identity/admission") {
    if (number == 0) return refusal(Error::unknown_caller("identity.sign_in_first", "Please sign in"));
    return {.body = "{}", .who = Actor{.kind = Actor::Kind::person, .member = {number}, .session = {number}}};
  }
  if (r.path == "/sign_in") return {.body = "{}", .cookie = Cookie{Secret<std::string>("t7"), std::chrono::hours(1)}};
  if (r.path == "/sign_out") return {.body = "{}", .cookie = Cookie{Secret<std::string>(), {}}};
  if (r.path == "/page") return {.body = "<p>\"hi\"</p>", .type = "text/html; charset=utf-8"};
  if (r.path == "/file") {
    const auto size = static_cast<std::uint64_t>(r.input.root().at("size").integer());
    const auto broken = r.input.root().at("broken");
    return {.file = Download{.bytes = std::make_shared<Letters>(
                                 size, broken.absent() ? size : static_cast<std::uint64_t>(broken.integer())),
                             .type = "image/png",
                             .name = "合同 \"1\".png",
                             .tag = "blb_1",
                             .shown = true}};
  }
  if (r.bytes)
    return {.body = R"({"bytes":)" + std::to_string(r.bytes->size()) + R"(,"input":)" + r.input.root().dump() + "}"};
  if (r.path == "/big")
    return {.body = '"' + std::string(static_cast<std::size_t>(r.input.root().at("size").integer()), 'x') + '"'};
  return {.body = R"({"method":")" + r.method + R"(","path":")" + r.path + R"(","input":)" + r.input.root().dump() +
                  R"(,"token":")" + token + R"(","address":")" + r.address + R"("})"};
}

// --- the client ---------------------------------------------------------------------------------

Client::Client(int port, const std::string& ca_file, const std::string& name, int receive_buffer)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), context_(nullptr, SSL_CTX_free), ssl_(nullptr, SSL_free) {
  if (receive_buffer) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval wait{patience.count(), 0};
  const int on = 1;
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) throw std::runtime_error("no connection");
  if (ca_file.empty()) return;
  context_.reset(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_load_verify_locations(context_.get(), ca_file.c_str(), nullptr);
  SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
  ssl_.reset(SSL_new(context_.get()));
  SSL_set1_host(ssl_.get(), name.c_str());
  SSL_set_tlsext_host_name(ssl_.get(), name.c_str());
  SSL_set_fd(ssl_.get(), fd_);
  if (SSL_connect(ssl_.get()) != 1) throw std::runtime_error("no handshake");
}

Client::~Client() { ::close(fd_); }

void Client::send(std::string_view s) {
  while (!s.empty()) {
    const auto n = ssl_ ? SSL_write(ssl_.get(), s.data(), static_cast<int>(s.size()))
                        : ::send(fd_, s.data(), s.size(), MSG_NOSIGNAL);
    if (n <= 0) return;  // the server closed; what it said before is still to be read
    s.remove_prefix(static_cast<std::size_t>(n));
  }
}

bool Client::fill() {
  char some[16384];
  const auto n = ssl_ ? SSL_read(ssl_.get(), some, sizeof some) : ::recv(fd_, some, sizeof some, 0);
  if (n < 0 && errno == EAGAIN) throw std::runtime_error("the server says nothing");
  if (n > 0) got_.append(some, static_cast<std::size_t>(n));
  return n > 0;
}

std::string Client::bytes(std::size_t n) {
  while (got_.size() < n)
    if (!fill()) throw std::runtime_error("the server closed");
  auto out = got_.substr(0, n);
  got_.erase(0, n);
  return out;
}

Answered Client::answer(bool has_body) {
  Answered a;
  std::size_t end;
  while ((end = got_.find("\r\n\r\n")) == got_.npos)
    if (!fill()) return a;
  auto head = bytes(end + 4);
  a.status = std::stoi(head.substr(9, 3));
  for (std::size_t at = head.find("\r\n") + 2; at + 2 < head.size();) {
    const auto colon = head.find(": ", at), stop = head.find("\r\n", at);
    auto name = head.substr(at, colon - at);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    a.headers[name] = head.substr(colon + 2, stop - colon - 2);
    at = stop + 2;
  }
  if (has_body && a.headers.contains("content-length")) a.body = bytes(std::stoul(a.headers["content-length"]));
  return a;
}

std::string Answered::code() const { return json::Document(body).root().at("code").text(); }

Answered Client::get(const std::string& path, const std::string& headers) {
  return ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
}
Answered Client::post(const std::string& path, const std::string& body, const std::string& headers) {
  return ask("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) +
             "\r\n" + headers + "\r\n" + body);
}

int Client::open_socket(const std::string& token) {
  const auto a =
      ask("GET /api/socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " +
          token + "\r\n\r\n");
  if (a.status == 101) EXPECT_EQ(a.headers.at("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  return a.status;
}

void Client::frame(Opcode kind, std::string_view payload, bool last) {
  std::string out;
  append_frame_head(out, kind, payload.size());
  if (!last) out[0] = static_cast<char>(out[0] & 0x7f);
  out[1] = static_cast<char>(out[1] | 0x80);
  constexpr char mask[] = {0x12, 0x34, 0x56, 0x78};
  out.append(mask, 4);
  for (std::size_t i = 0; i < payload.size(); ++i) out += static_cast<char>(payload[i] ^ mask[i % 4]);
  send(out);
}

Client::Got Client::next() {
  while (got_.size() < 2)
    if (!fill()) return {};
  const auto head = bytes(2);
  auto size = static_cast<std::size_t>(head[1] & 0x7f);
  const auto number = [](const std::string& s) {
    std::size_t n = 0;
    for (const char c : s) n = n << 8 | static_cast<unsigned char>(c);
    return n;
  };
  if (size == 126) size = number(bytes(2));
  else if (size == 127) size = number(bytes(8));
  return {head[0] & 15, bytes(size)};
}

std::string Client::message() {
  const auto got = next();
  EXPECT_EQ(got.kind, static_cast<int>(Opcode::text)) << got.payload;
  return got.payload;
}

int Client::close_code() {
  for (;;) {
    const auto got = next();
    if (got.kind < 0) return 0;
    if (got.kind == static_cast<int>(Opcode::close)) return net::close_code(got.payload);
  }
}

bool Client::at_end() {
  while (fill()) {}
  return true;
}

bool Client::told_of_the_end() { return at_end() && (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }

bool Client::silent_for(std::chrono::milliseconds t) {
  pollfd p{fd_, POLLIN, 0};
  return got_.empty() && ::poll(&p, 1, static_cast<int>(t.count())) == 0;
}

void Client::half_close() { ::shutdown(fd_, SHUT_WR); }

// --- the server ---------------------------------------------------------------------------------

House::House(Options o, Files files, Hooks hooks) : server(std::move(o), echo, std::move(files), std::move(hooks)) {
  server.start();
}

void House::deliver(std::vector<std::int64_t> to, std::string text) {
  auto people = std::make_shared<std::vector<MemberId>>();
  for (const auto m : to) people->push_back({m});
  server.deliver({{std::move(people), std::make_shared<const std::string>(std::move(text))}});
}

}  // namespace net
