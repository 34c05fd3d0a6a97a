// Redis publish and subscribe, over RESP 3 so that one connection does both. It stores nothing.
#include <charconv>
#include <stdexcept>

#include "plan.hpp"

namespace load {
namespace {

std::string bulk(std::string_view s) { return ("$" + std::to_string(s.size()) + "\r\n").append(s).append("\r\n"); }

// One value from the front: how many bytes it takes, 0 if it is not whole; a bulk's text is left in `last`.
std::size_t value(std::string_view bytes, std::string_view& last) {
  const auto line = bytes.find("\r\n");
  if (line == bytes.npos) return 0;
  long n = 0;
  std::from_chars(bytes.data() + 1, bytes.data() + line, n);
  std::size_t used = line + 2;
  if (bytes[0] == '-') throw std::runtime_error(std::string(bytes.substr(0, line)));
  if (bytes[0] == '$') {
    if (bytes.size() < used + static_cast<std::size_t>(n) + 2) return 0;
    last = bytes.substr(used, static_cast<std::size_t>(n));
    return used + static_cast<std::size_t>(n) + 2;
  }
  const long parts = bytes[0] == '>' || bytes[0] == '*' ? n : bytes[0] == '%' ? 2 * n : 0;
  for (long i = 0; i < parts; ++i) {
    const auto one = value(bytes.substr(used), last);
    if (!one) return 0;
    used += one;
  }
  return used;
}

class Redis final : public Wire {
 public:
  void set_up(Work work, int) override { work_ = work; }
  void begin(Socket& s) override {
    s.send("*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n*2\r\n$9\r\nSUBSCRIBE\r\n" + bulk(channel(s.number())));
  }
  std::size_t take(Socket& s, std::string_view bytes) override {
    std::size_t at = 0;
    std::string_view text;
    while (at < bytes.size()) {
      const auto used = value(bytes.substr(at), text);
      if (!used) break;
      if (bytes[at] == ':') on_answer(s);
      else if (bytes[at] == '>' && s.state() != Socket::State::open) s.opened();
      else if (bytes[at] == '>') on_delivery(s, text);
      at += used;
    }
    return at;
  }
  void say(Socket& s, std::int64_t, const std::string& text) override {
    const int to = work_ == Work::group ? s.number() : s.number() ^ 1;
    s.send("*3\r\n$7\r\nPUBLISH\r\n" + bulk(channel(to)) + bulk(text));
  }

 private:
  std::string channel(int number) const { return work_ == Work::group ? "group" : "p" + std::to_string(number); }
  Work work_ = Work::alone;
};

}  // namespace

std::unique_ptr<Wire> redis(const Plan&) { return std::make_unique<Redis>(); }

}  // namespace load
