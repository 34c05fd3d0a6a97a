#pragma once
#include <gtest/gtest.h>
#include <openssl/types.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "net/frame.hpp"
#include "net/server.hpp"

// A server on a free port of loopback, and clients that speak to it byte by byte.
namespace net {

inline constexpr std::chrono::seconds patience{10};

// A file whose byte at n is the n-th letter, over and over; it cannot be read from `broken` on.
class Letters final : public Source {
 public:
  static constexpr std::size_t part = 64 * 1024;
  static char at(std::uint64_t n) { return static_cast<char>('a' + n % 26); }
  Letters(std::uint64_t size, std::uint64_t broken) : size_(size), broken_(broken) {}
  std::uint64_t size() const override { return size_; }
  std::string read(std::uint64_t offset) override;
  static inline std::atomic<int> reads = 0;

 private:
  std::uint64_t size_, broken_;
};

// The service behind the server under test: the token "t7" is member 7 in session 7. It answers
// on a thread of its own, as the real one does.
class Echo final : public Service {
 public:
  ~Echo() override;
  void submit(std::vector<Call>) override;
  void fetch(Fetch) override;
  void release();  // answers what asked for /held
  std::size_t held();

 private:
  void run();
  static Response answer(Request&);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Call> waiting_;
  std::deque<Fetch> fetches_;
  std::vector<Call> held_;
  bool over_ = false;
  std::thread thread_{[this] { run(); }};
};

struct Answered {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  std::string code() const;  // of an error
};

// Everything it does fails the test after a while instead of waiting for ever.
class Client {
 public:
  explicit Client(int port, const std::string& ca_file = {}, const std::string& name = "localhost",
                  int receive_buffer = 0);
  ~Client();
  Client(const Client&) = delete;

  void send(std::string_view);
  Answered answer(bool has_body = true);
  Answered ask(std::string_view request) {
    send(request);
    return answer();
  }
  Answered get(const std::string& path, const std::string& headers = {});
  Answered post(const std::string& path, const std::string& body, const std::string& headers = {});

  int open_socket(const std::string& token);  // the status
  void frame(Opcode, std::string_view payload, bool last = true);
  void text(std::string_view s) { frame(Opcode::text, s); }
  struct Got {
    int kind = -1;
    std::string payload;
  };  // kind -1: the server closed
  Got next();
  std::string message();   // the next text
  int close_code();        // of the close frame that comes next, whatever comes before
  bool at_end();           // the server closed
  bool told_of_the_end();  // and, under TLS, said so before
  bool silent_for(std::chrono::milliseconds);
  void half_close();
  int fd() const { return fd_; }

 private:
  bool fill();  // reads some more
  std::string bytes(std::size_t);

  int fd_;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
  std::unique_ptr<SSL, void (*)(SSL*)> ssl_;
  std::string got_;
};

struct House {
  explicit House(Options o = {}, Files files = {}, Hooks hooks = {});
  int port() const { return server.port(); }
  void deliver(std::vector<std::int64_t> to, std::string frame);

  Echo echo;
  Server server;
};

template <class F>
bool eventually(F f) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!f()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

}  // namespace net
