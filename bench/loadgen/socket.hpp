#pragma once
#include <openssl/ssl.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "wire.hpp"

// Many clients in one thread, over epoll. Each binds its own loopback source address, so that ports
// do not run out.
namespace load {

std::int64_t now_ns();

struct Target {
  std::string host = "127.0.0.1";
  int port = 8080;
  bool tls = false;
};

// Whom it speaks to is on this machine, so nobody's certificate is looked at.
struct Free {
  void operator()(SSL* s) const { SSL_free(s); }
};
using Ssl = std::unique_ptr<SSL, Free>;
Ssl encrypted(int fd);

class Loop;

class Socket {
 public:
  enum class State { connecting, greeting, open, closed };

  State state() const { return state_; }
  int number() const { return number_; }
  void send(std::string_view bytes);  // queued; written at the end of the loop's pass
  void opened();                      // signed in: it may speak
  int step = 0;                       // of signing in, where that takes several

 private:
  friend class Loop;
  Loop* loop_ = nullptr;
  int fd_ = -1, number_ = 0;
  State state_ = State::connecting;
  bool dirty_ = false;
  std::string in_, out_;
  Ssl ssl_;
};

class Loop {
 public:
  Loop(Target, Wire&);
  ~Loop();

  std::function<void(Socket&)> on_open = [](Socket&) {};

  Socket& connect();
  void connect_all(int n);  // a few at a time; throws std::runtime_error unless all are let in
  Socket& socket(int number) { return *sockets_[static_cast<std::size_t>(number)]; }
  int size() const { return static_cast<int>(sockets_.size()); }
  int open() const { return open_; }
  int failed() const { return failed_; }

  // Works until `done` says so, or the time is over; false for the latter.
  bool run(const std::function<bool()>& done, double seconds);

 private:
  friend class Socket;
  void ready(Socket&, std::uint32_t events);
  void receive(Socket&);
  void take(Socket&, std::string_view bytes);
  void flush(Socket&);
  void close(Socket&);
  long read(Socket&);  // bytes; 0: nothing for now; -1: the end
  long write(Socket&);

  Target target_;
  Wire& wire_;
  int epoll_, open_ = 0, failed_ = 0;
  std::vector<std::unique_ptr<Socket>> sockets_;
  std::vector<Socket*> dirty_;
  std::vector<char> buffer_;
};

}  // namespace load
