#include "net/address.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <system_error>

namespace net {
namespace {
constexpr std::array<unsigned char, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
}

Address Address::of(const sockaddr_storage& s) {
  Address out;
  if (s.ss_family == AF_INET6) {
    std::memcpy(out.bytes.data(), &reinterpret_cast<const sockaddr_in6&>(s).sin6_addr, 16);
  } else if (s.ss_family == AF_INET) {
    std::ranges::copy(mapped_prefix, out.bytes.begin());
    std::memcpy(out.bytes.data() + 12, &reinterpret_cast<const sockaddr_in&>(s).sin_addr, 4);
  }
  return out;
}

bool Address::mapped() const { return std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes.begin()); }

bool Address::loopback() const {
  if (mapped()) return bytes[12] == 127;
  return bytes[15] == 1 && std::all_of(bytes.begin(), bytes.end() - 1, [](auto b) { return b == 0; });
}

std::string Address::text() const {
  char out[INET6_ADDRSTRLEN] = {};
  inet_ntop(mapped() ? AF_INET : AF_INET6, bytes.data() + (mapped() ? 12 : 0), out, sizeof out);
  return out;
}

std::uint64_t Address::group() const {
  std::uint64_t out;
  std::memcpy(&out, bytes.data() + (mapped() ? 8 : 0), sizeof out);
  return out;
}

int listen_on(const std::string& address, int port) {
  const auto where = address + ":" + std::to_string(port);
  addrinfo hints{}, *found = nullptr;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
    throw std::runtime_error("Cannot listen on " + where + ": this is not a numeric address and a port");
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, freeaddrinfo);
  const int fd = ::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
  if (fd < 0 || ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
      ::bind(fd, found->ai_addr, found->ai_addrlen) != 0 || ::listen(fd, 4096) != 0) {
    const auto why = std::generic_category().message(errno);
    if (fd >= 0) ::close(fd);
    throw std::runtime_error("Cannot listen on " + where + ": " + why);
  }
  return fd;
}

int port_of(int fd) {
  sockaddr_storage s{};
  socklen_t size = sizeof s;
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&s), &size);
  return ntohs(s.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(s).sin6_port
                                       : reinterpret_cast<sockaddr_in&>(s).sin_port);
}

bool Bucket::spend(double rate, double burst, std::uint32_t now_ms) {
  if (rate <= 0) return true;
  const double back = static_cast<double>(now_ms - at_) * rate / 1000;
  spent_ = static_cast<float>(std::max(0.0, static_cast<double>(spent_) - back));
  at_ = now_ms;
  if (static_cast<double>(spent_) + 1 > burst) return false;
  spent_ += 1;
  return true;
}

bool Bucket::full(double rate, std::uint32_t now_ms) const {
  return rate <= 0 || static_cast<double>(now_ms - at_) * rate / 1000 >= static_cast<double>(spent_);
}

bool Addresses::join(const Address& a) {
  const std::lock_guard lock(mutex_);
  auto& guest = guests_[a.group()];
  if (guest.connections >= limits_.connections) return false;
  ++guest.connections;
  return true;
}

void Addresses::leave(const Address& a) {
  const std::lock_guard lock(mutex_);
  --guests_[a.group()].connections;
}

bool Addresses::spend(const Address& a, std::uint32_t now_ms) {
  const std::lock_guard lock(mutex_);
  return guests_[a.group()].bucket.spend(limits_.rate, limits_.burst, now_ms);
}

void Addresses::sweep(std::uint32_t now_ms) {
  const std::lock_guard lock(mutex_);
  std::erase_if(guests_,
                [&](const auto& g) { return g.second.connections == 0 && g.second.bucket.full(limits_.rate, now_ms); });
}

}  // namespace net
