#pragma once
#include <openssl/types.h>
#include <sys/uio.h>

#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>

namespace net {

// What a transport waits for before it can go on; `end`: it never will.
enum class Wants { nothing, read, write, end };

struct SslClosed {
  void operator()(SSL*) const;
};
using Ssl = std::unique_ptr<SSL, SslClosed>;

// Bytes in and out of a non-blocking descriptor that somebody else owns, in the clear or under TLS.
class Transport {
 public:
  struct Done {
    std::size_t bytes = 0;
    Wants then = Wants::nothing;
  };

  explicit Transport(int fd, Ssl ssl = nullptr) : fd_(fd), ssl_(std::move(ssl)) {}
  Done read(std::span<char>);
  Done write(std::span<const iovec>);           // one system call in the clear
  void finish();                                // nothing more will be written
  bool has_unread() const;                      // decrypted already: waiting for the descriptor would miss it
  std::size_t begun() const { return begun_; }  // bytes refused for now that must come again

 private:
  Done after(int result) const;

  int fd_;
  Ssl ssl_;
  std::size_t begun_ = 0;
};

// The server's certificate. Reloading it does not touch connections that stand.
class TlsContext {
 public:
  TlsContext(std::string cert_file, std::string key_file);  // throws std::runtime_error
  void reload();
  Ssl accept(int fd);
  bool names(const std::string& host) const;  // whether it is good for this one

 private:
  std::string cert_file_, key_file_;
  mutable std::mutex mutex_;
  std::shared_ptr<SSL_CTX> context_;
  std::set<std::string> names_;
};

}  // namespace net
