#include "history.hpp"

#include <algorithm>
#include <set>

namespace history {
namespace {

using Problems = std::vector<std::string>;

std::string place(const std::string& conversation, std::int64_t number) {
  return conversation + " " + std::to_string(number);
}

void see_no_gap(const std::string& conversation, const std::vector<Line>& log, Problems& out) {
  std::int64_t expected = 1;
  for (const auto& line : log)
    if (line.number != expected++) {
      out.push_back(place(conversation, line.number) + " stands where " + std::to_string(expected - 1) + " should");
      return;
    }
}

const std::string* text_at(const History& h, const std::string& conversation, std::int64_t number) {
  const auto log = h.logs.find(conversation);
  if (log == h.logs.end()) return nullptr;
  const auto line = std::ranges::find(log->second, number, &Line::number);
  return line == log->second.end() ? nullptr : &line->text;
}

// Readers agree with each other because each agrees with the log.
void see_reading(const History& h, const Reading& reading, Problems& out) {
  std::optional<std::int64_t> before;
  for (const auto& line : reading.seen) {
    const auto at = reading.reader + " at " + place(reading.conversation, line.number);
    const auto* text = text_at(h, reading.conversation, line.number);
    if (!text || *text != line.text) out.push_back(at + " was shown what is not there");
    if (before && line.number <= *before) out.push_back(at + " was shown it again or too late");
    if (before && line.number > *before + 1) out.push_back(at + " was not shown all before it");
    before = std::max(before.value_or(line.number), line.number);
  }
}

}  // namespace

std::vector<std::string> judge(const History& h) {
  Problems out;
  std::map<std::string, const Sending*> sent;
  for (const auto& [token, sending] : h.sent) sent[token] = &sending;

  std::map<std::string, std::pair<std::string, std::int64_t>> found;  // where a text stands
  for (const auto& [conversation, log] : h.logs) {
    see_no_gap(conversation, log, out);
    for (const auto& line : log) {
      const auto [at, is_new] = found.try_emplace(line.text, conversation, line.number);
      if (!is_new) out.push_back(line.text + " is there twice: " + place(conversation, line.number));
      const auto from = sent.find(line.text);
      if (from == sent.end() || from->second->conversation != conversation)
        out.push_back("nobody sent what is at " + place(conversation, line.number));
    }
  }

  std::map<std::pair<int, std::string>, std::int64_t> latest;  // of a client in a conversation
  for (const auto& [token, sending] : h.sent) {
    const auto at = found.find(token);
    if (at == found.end()) {
      if (sending.acknowledged)
        out.push_back(token + " was acknowledged as " + place(sending.conversation, *sending.acknowledged) +
                      " and is lost");
      continue;
    }
    const auto number = at->second.second;
    if (sending.acknowledged.value_or(number) != number)
      out.push_back(token + " was acknowledged as " + std::to_string(*sending.acknowledged) + " and is at " +
                    place(at->second.first, number));
    auto& before = latest[{sending.client, sending.conversation}];
    if (number < before) out.push_back(token + " stands before what its sender sent earlier");
    before = std::max(before, number);
  }
  for (const auto& reading : h.readings) see_reading(h, reading, out);
  return out;
}

}  // namespace history
