#include "socket.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
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

Ssl encrypted(int fd) {
  static const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  Ssl made(SSL_new(context.get()));
  if (!made || SSL_set_fd(made.get(), fd) != 1) throw std::runtime_error("no TLS");
  SSL_set_connect_state(made.get());
  return made;
}

void Socket::send(std::string_view bytes) {
  out_ += bytes;
  if (!std::exchange(dirty_, true)) loop_->dirty_.push_back(this);
}

void Socket::opened() {
  state_ = State::open;
  ++loop_->open_;
  loop_->on_open(*this);
}

Loop::Loop(Target target, Wire& wire)
    : target_(std::move(target)), wire_(wire), epoll_(epoll_create1(0)), buffer_(256 * 1024) {}

Loop::~Loop() {
  for (auto& s : sockets_)
    if (s->fd_ >= 0) ::close(s->fd_);
  ::close(epoll_);
}

Socket& Loop::connect() {
  auto made = std::make_unique<Socket>();
  Socket& s = *made;
  s.loop_ = this;
  s.number_ = size();
  s.fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (s.fd_ < 0) throw std::runtime_error("no more sockets: use more processes");
  const int one = 1;
  setsockopt(s.fd_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  setsockopt(s.fd_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  const auto from = address("127.0.1." + std::to_string(1 + (s.number_ + getpid() % 200 * 7) % 200), 0);
  if (::bind(s.fd_, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0)
    throw std::runtime_error("cannot bind");
  const auto to = address(target_.host, target_.port);
  if (::connect(s.fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 && errno != EINPROGRESS)
    throw std::runtime_error("cannot connect");
  if (target_.tls) s.ssl_ = encrypted(s.fd_);
  epoll_event event{EPOLLIN | EPOLLOUT | EPOLLET, {.ptr = &s}};
  epoll_ctl(epoll_, EPOLL_CTL_ADD, s.fd_, &event);
  sockets_.push_back(std::move(made));
  return s;
}

void Loop::connect_all(int n) {
  while (size() < n) {
    for (const int until = std::min(n, size() + wire_.at_once()); size() < until;) connect();
    if (!run([&] { return open_ + failed_ >= size(); }, 60) || failed_)
      throw std::runtime_error("the server let in " + std::to_string(open_) + " of " + std::to_string(n) + " sockets");
  }
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
    s.state_ = Socket::State::greeting;
    wire_.begin(s);
  }
  flush(s);
  if (s.state_ != Socket::State::closed && (events & (EPOLLIN | EPOLLHUP | EPOLLERR))) receive(s);
}

long Loop::read(Socket& s) {
  const auto n = s.ssl_ ? SSL_read(s.ssl_.get(), buffer_.data(), static_cast<int>(buffer_.size()))
                        : ::recv(s.fd_, buffer_.data(), buffer_.size(), 0);
  if (n > 0) return n;
  if (!s.ssl_) return n < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
  const int why = SSL_get_error(s.ssl_.get(), static_cast<int>(n));
  return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE ? 0 : -1;
}

long Loop::write(Socket& s) {
  const auto n = s.ssl_ ? SSL_write(s.ssl_.get(), s.out_.data(), static_cast<int>(s.out_.size()))
                        : ::send(s.fd_, s.out_.data(), s.out_.size(), MSG_NOSIGNAL);
  if (n > 0) return n;
  if (!s.ssl_) return errno == EAGAIN ? 0 : -1;
  const int why = SSL_get_error(s.ssl_.get(), static_cast<int>(n));
  return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE ? 0 : -1;
}

void Loop::receive(Socket& s) {
  for (;;) {
    const auto n = read(s);
    if (n < 0) return close(s);
    if (n == 0) return;
    take(s, {buffer_.data(), static_cast<std::size_t>(n)});
    if (s.state_ == Socket::State::closed) return;
    if (!s.ssl_ && static_cast<std::size_t>(n) < buffer_.size()) return;
  }
}

void Loop::take(Socket& s, std::string_view bytes) {
  const bool kept = !s.in_.empty();
  if (kept) s.in_ += bytes;
  const std::string_view all = kept ? std::string_view(s.in_) : bytes;
  const auto used = wire_.take(s, all);
  s.in_ = std::string(all.substr(used));
}

void Loop::flush(Socket& s) {
  while (!s.out_.empty() && s.state_ != Socket::State::closed) {
    const auto n = write(s);
    if (n == 0) return;
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
