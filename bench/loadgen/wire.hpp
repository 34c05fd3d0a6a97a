#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

// One way of talking to a server: Carillon's, or a peer's. The scenarios know nothing of it.
namespace load {

class Socket;
struct Plan;

enum class Work { alone, pairs, group };  // whom a socket's person talks to

class Wire {
 public:
  virtual ~Wire() = default;

  virtual int at_once() const { return 200; }  // connections under way; the listen queue is not endless
  virtual void set_up(Work, int people) = 0;   // before the first connection
  virtual void begin(Socket&) = 0;             // connected: signs in, then calls opened()
  virtual std::size_t take(Socket&, std::string_view bytes) = 0;            // what came; returns how much was used
  virtual void say(Socket&, std::int64_t id, const std::string& text) = 0;  // to the group, or to the other of the pair

  // What take() finds: the server has what this socket said; somebody's text has arrived at this socket.
  std::function<void(Socket&)> on_answer = [](Socket&) {};
  std::function<void(Socket&, std::string_view text)> on_delivery = [](Socket&, std::string_view) {};
};

std::unique_ptr<Wire> carillon(const Plan&);
std::unique_ptr<Wire> redis(const Plan&);
std::unique_ptr<Wire> mqtt(const Plan&);
std::unique_ptr<Wire> xmpp(const Plan&);

}  // namespace load
