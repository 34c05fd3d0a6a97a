#pragma once
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

namespace net {

// An IPv6 address, or an IPv4 one in its mapped form.
struct Address {
  std::array<unsigned char, 16> bytes{};

  static Address of(const sockaddr_storage&);
  std::string text() const;
  bool loopback() const;
  std::uint64_t group() const;  // who is counted together: one IPv4 address, one IPv6 /64
  friend bool operator==(const Address&, const Address&) = default;

 private:
  bool mapped() const;
};

// A listening, non-blocking socket. Throws std::runtime_error, in words.
int listen_on(const std::string& address, int port);
int port_of(int fd);

// A token bucket in eight bytes.
class Bucket {
 public:
  // Takes one of at most `burst`, which come back so many a second. Rate 0: no limit.
  bool spend(double rate, double burst, std::uint32_t now_ms);
  bool full(double rate, std::uint32_t now_ms) const;

 private:
  float spent_ = 0;
  std::uint32_t at_ = 0;
};

// What one address may take of the whole server.
class Addresses {
 public:
  struct Limits {
    int connections;
    double rate, burst;
  };
  explicit Addresses(Limits l) : limits_(l) {}

  bool join(const Address&);  // false: it has as many connections as it may
  void leave(const Address&);
  bool spend(const Address&, std::uint32_t now_ms);  // one request
  void sweep(std::uint32_t now_ms);

 private:
  struct Guest {
    int connections = 0;
    Bucket bucket;
  };

  Limits limits_;
  std::mutex mutex_;
  std::unordered_map<std::uint64_t, Guest> guests_;
};

}  // namespace net
