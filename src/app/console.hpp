#pragma once
#include <boost/describe.hpp>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/descriptor.hpp"

// Commands beside a running server: they are sent to it over run.sock in its data folder, which only
// the user that runs the server can open, and done inside it.
namespace console {

struct Order {
  std::string command;
  std::vector<std::string> words;
  std::string input;  // what the command was given on standard input
};
struct Reply {
  bool done = false;
  std::string says;  // the output, or what went wrong
};
BOOST_DESCRIBE_STRUCT(Order, (), (command, words, input))
BOOST_DESCRIBE_STRUCT(Reply, (), (done, says))

// Carries out an order; what it throws is the answer.
using Act = std::function<std::string(const Order&)>;

// Takes orders, one after the other, on a thread of its own until it is destroyed.
class Listener {
 public:
  Listener(const std::string& data, Act);  // throws std::runtime_error when it cannot listen
  ~Listener();

 private:
  void listen();
  void answer(int peer);

  Act act_;
  Descriptor folder_, socket_, stop_;
  std::thread thread_;
};

// Empty when no server takes orders for this folder. Throws std::runtime_error when one does and
// does not answer within ten minutes.
std::optional<Reply> send(const std::string& data, const Order&);

}  // namespace console
