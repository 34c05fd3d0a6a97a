#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Many WebSocket clients in one thread, over epoll. Each binds its own loopback source address, so
// that ports do not run out.
namespace load {

std::int64_t now_ns();

class Loop;

class Socket {
 public:
  enum class State { connecting, upgrading, open, closed };

  State state() const { return state_; }
  int number() const { return number_; }
  void send(std::string_view text);  // queued; written at the end of the loop's pass
  std::int64_t frames = 0;           // texts received

 private:
  friend class Loop;
  Loop* loop_ = nullptr;
  int fd_ = -1, number_ = 0;
  State state_ = State::connecting;
  bool dirty_ = false;
  std::string token_, in_, out_;
};

class Loop {
 public:
  Loop(std::string host, int port);
  ~Loop();

  // Called when a socket is open, and for each text that it receives.
  std::function<void(Socket&)> on_open = [](Socket&) {};
  std::function<void(Socket&, std::string_view)> on_text = [](Socket&, std::string_view) {};

  Socket& connect(const std::string& token);
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
  std::size_t frames(Socket&, std::string_view bytes);
  std::size_t answered(Socket&, std::string_view bytes);
  void flush(Socket&);
  void close(Socket&);

  std::string host_;
  int port_, epoll_, open_ = 0, failed_ = 0;
  std::vector<std::unique_ptr<Socket>> sockets_;
  std::vector<Socket*> dirty_;
  std::vector<char> buffer_;
};

}  // namespace load
