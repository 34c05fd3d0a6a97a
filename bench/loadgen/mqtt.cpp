// MQTT 3.1.1: publishing with quality 1, so that the broker answers; subscribed with quality 0.
#include "plan.hpp"

namespace load {
namespace {

std::string word(std::string_view s) {
  std::string out{static_cast<char>(s.size() >> 8), static_cast<char>(s.size())};
  return out += s;
}
std::string packet(int head, const std::string& body) {
  std::string out(1, static_cast<char>(head));
  std::size_t left = body.size();
  do {
    out += static_cast<char>((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
    left >>= 7;
  } while (left);
  return out + body;
}

class Mqtt final : public Wire {
 public:
  void set_up(Work work, int) override { work_ = work; }
  void begin(Socket& s) override {
    const std::string greeting =
        word("MQTT") + std::string("\x04\x02\x00\x00", 4) + word("c" + std::to_string(s.number()));
    const std::string wanted = std::string("\x00\x01", 2) + word(topic(s.number())) + std::string(1, '\0');
    s.send(packet(0x10, greeting) + packet(0x82, wanted));
  }
  std::size_t take(Socket& s, std::string_view bytes) override {
    std::size_t at = 0;
    while (bytes.size() - at >= 2) {
      std::size_t size = 0, head = 1;
      unsigned char digit = 0x80;
      for (int shift = 0; digit & 0x80; shift += 7) {
        if (at + head >= bytes.size()) return at;
        digit = static_cast<unsigned char>(bytes[at + head++]);
        size |= static_cast<std::size_t>(digit & 0x7f) << shift;
      }
      if (bytes.size() - at < head + size) break;
      read(s, static_cast<unsigned char>(bytes[at]) >> 4, bytes.substr(at + head, size));
      at += head + size;
    }
    return at;
  }
  void say(Socket& s, std::int64_t id, const std::string& text) override {
    const int to = work_ == Work::group ? s.number() : s.number() ^ 1;
    const auto number = static_cast<std::uint16_t>(1 + id % 65535);
    s.send(packet(0x32, word(topic(to)) + static_cast<char>(number >> 8) + static_cast<char>(number) + text));
  }

 private:
  void read(Socket& s, int kind, std::string_view body) {
    constexpr int publish = 3, puback = 4, suback = 9;
    if (kind == suback) s.opened();
    else if (kind == puback) on_answer(s);
    else if (kind == publish)
      on_delivery(s, body.substr(2 + (static_cast<std::size_t>(static_cast<unsigned char>(body[0])) << 8 |
                                      static_cast<unsigned char>(body[1]))));
  }
  std::string topic(int number) const { return work_ == Work::group ? "group" : "p" + std::to_string(number); }
  Work work_ = Work::alone;
};

}  // namespace

std::unique_ptr<Wire> mqtt(const Plan&) { return std::make_unique<Mqtt>(); }

}  // namespace load
