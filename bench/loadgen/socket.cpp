#include "socket.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <utility>

#ifndef IP_BIND_ADDRESS_NO_PORT
#define IP_BIND_ADDRESS_NO_PORT 24
#endif

namespace load {
namespace {

sockaddr_in address(const std::string& host, int port) {
  sockaddr_in a{};
  a.sin_family = AF_INET;
  a.sin_port = htons(static_cast<std::uint16_t>(port));
  if (inet_pton(AF_INET, host.c_str(), &a.sin_addr) != 1) throw std::runtime_error("not an address: " + host);
  return a;
}

}  // namespace

std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// The mask is zero: it is legal, and the generator's time is not what is measured.
void Socket::send(std::string_view text) {
  out_ += '\x81';
  if (text.size() < 126) {
    out_ += static_cast<char>(0x80 | text.size());
  } else {
    out_ += static_cast<char>(0x80 | 126);
    out_ += static_cast<char>(text.size() >> 8);
    out_ += static_cast<char>(text.size());
  }
  out_.append(4, '\0');
  out_ += text;
  if (!dirty_) loop_->dirty_.push_back(this);
  dirty_ = true;
}

Loop::Loop(std::string host, int port)
    : host_(std::move(host)), port_(port), epoll_(epoll_create1(0)), buffer_(256 * 1024) {}

Loop::~Loop() {
  for (auto& s : sockets_)
    if (s->fd_ >= 0) ::close(s->fd_);
  ::close(epoll_);
}

Socket& Loop::connect(const std::string& token) {
  auto made = std::make_unique<Socket>();
  Socket& s = *made;
  s.loop_ = this;
  s.number_ = size();
  s.token_ = token;
  s.fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (s.fd_ < 0) throw std::runtime_error("no more sockets: use more processes");
  const int one = 1;
  setsockopt(s.fd_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  setsockopt(s.fd_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  const auto from = address("127.0.1." + std::to_string(1 + (s.number_ + getpid() % 200 * 7) % 200), 0);
  if (::bind(s.fd_, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0)
    throw std::runtime_error("cannot bind");
  const auto to = address(host_, port_);
  if (::connect(s.fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 && errno != EINPROGRESS)
    throw std::runtime_error("cannot connect");
  epoll_event event{EPOLLIN | EPOLLOUT | EPOLLET, {.ptr = &s}};
  epoll_ctl(epoll_, EPOLL_CTL_ADD, s.fd_, &event);
  sockets_.push_back(std::move(made));
  return s;
}

bool Loop::run(const std::function<bool()>& done, double seconds) {
  const auto until = now_ns() + static_cast<std::int64_t>(seconds * 1e9);
  std::vector<epoll_event> events(1024);
  while (!done()) {
    if (now_ns() > until) return false;
    for (auto* s : std::exchange(dirty_, {})) {
      s->dirty_ = false;
      flush(*s);
    }
    const int n = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 1);
    for (int i = 0; i < n; ++i)
      ready(*static_cast<Socket*>(events[static_cast<std::size_t>(i)].data.ptr),
            events[static_cast<std::size_t>(i)].events);
  }
  return true;
}

void Loop::ready(Socket& s, std::uint32_t events) {
  if (s.state_ == Socket::State::closed) return;
  if (s.state_ == Socket::State::connecting && (events & EPOLLOUT)) {
    s.state_ = Socket::State::upgrading;
    s.out_ = "GET /api/socket HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) +
             "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " +
             s.token_ + "\r\n\r\n";
  }
  if (!s.out_.empty() && (events & EPOLLOUT)) flush(s);
  if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(s);
}

void Loop::receive(Socket& s) {
  for (;;) {
    const auto n = ::recv(s.fd_, buffer_.data(), buffer_.size(), 0);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) return close(s);
    if (n < 0) return;
    take(s, {buffer_.data(), static_cast<std::size_t>(n)});
    if (s.state_ == Socket::State::closed || static_cast<std::size_t>(n) < buffer_.size()) return;
  }
}

void Loop::take(Socket& s, std::string_view bytes) {
  const bool kept = !s.in_.empty();
  if (kept) s.in_ += bytes;
  const std::string_view all = kept ? std::string_view(s.in_) : bytes;
  std::size_t used = 0;
  if (s.state_ == Socket::State::upgrading) used = answered(s, all);
  if (s.state_ == Socket::State::open) used += frames(s, all.substr(used));
  s.in_ = std::string(all.substr(used));
}

std::size_t Loop::answered(Socket& s, std::string_view bytes) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == bytes.npos) return 0;
  if (!bytes.starts_with("HTTP/1.1 101")) {
    close(s);
    return bytes.size();
  }
  s.state_ = Socket::State::open;
  ++open_;
  on_open(s);
  return end + 4;
}

std::size_t Loop::frames(Socket& s, std::string_view bytes) {
  std::size_t at = 0;
  while (bytes.size() - at >= 2) {
    const auto op = bytes[at] & 0x0f;
    std::size_t size = bytes[at + 1] & 0x7f, head = 2;
    const auto byte = [&](std::size_t i) {
      return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + i]));
    };
    if (size == 126) {
      if (bytes.size() - at < 4) break;
      size = byte(2) << 8 | byte(3);
      head = 4;
    } else if (size == 127) {
      if (bytes.size() - at < 10) break;
      size = 0;
      for (std::size_t i = 2; i < 10; ++i) size = size << 8 | byte(i);
      head = 10;
    }
    if (bytes.size() - at < head + size) break;
    if (op == 8) {
      close(s);
      return bytes.size();
    }
    if (op == 1) {
      ++s.frames;
      on_text(s, bytes.substr(at + head, size));
    }
    at += head + size;
  }
  return at;
}

void Loop::flush(Socket& s) {
  while (!s.out_.empty() && s.state_ != Socket::State::closed) {
    const auto n = ::send(s.fd_, s.out_.data(), s.out_.size(), MSG_NOSIGNAL);
    if (n < 0 && errno == EAGAIN) return;
    if (n < 0) return close(s);
    s.out_.erase(0, static_cast<std::size_t>(n));
  }
}

void Loop::close(Socket& s) {
  if (s.state_ == Socket::State::open) --open_;
  ++failed_;
  s.state_ = Socket::State::closed;
  ::close(s.fd_);
  s.fd_ = -1;
}

}  // namespace load
