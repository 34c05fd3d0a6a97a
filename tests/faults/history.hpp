#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

// What clients did and what they were told, and the judge of it.
namespace history {

struct Sending {
  std::string conversation;
  int client = 0;                                 // who sends one message after the other
  std::optional<std::int64_t> acknowledged = {};  // under which number
};
struct Line {
  std::int64_t number;
  std::string text;  // which is the message's token
};
// One reader of one conversation: what it was shown, in that order, live, by catching up or after it had
// connected again. It may have begun late and ended early.
struct Reading {
  std::string reader;
  std::string conversation;
  std::vector<Line> seen;
};
struct History {
  std::vector<std::pair<std::string, Sending>> sent;  // by token, in the order of each client
  std::map<std::string, std::vector<Line>> logs;      // of each conversation, as read afterwards
  std::vector<Reading> readings = {};
};

// What is wrong, in words: a message that was acknowledged and is not where it was said to be, one
// that is there twice or that nobody sent, a gap, a client's messages in another order,
// a reader who was shown something else than the log, something twice or too late, or not all between.
std::vector<std::string> judge(const History&);

}  // namespace history
