#pragma once
#include <array>
#include <cstdint>

namespace prometheus {
class Counter;
class Gauge;
}  // namespace prometheus

namespace net {

// What a loop counts as it goes, in plain numbers; the shared meters take them over once a tick.
struct Tally {
  std::array<std::uint64_t, 6> answers{};  // by the first digit of their status
  std::uint64_t accepted = 0, turned_away = 0, messages = 0, frames = 0, received = 0, sent = 0, writes = 0, cut = 0;
  int connections = 0, sockets = 0;  // more or fewer since the last time
};

class Meters {
 public:
  Meters();
  void take(Tally&);

 private:
  std::array<prometheus::Counter*, 6> answers_{};
  prometheus::Counter *accepted_, *turned_away_, *messages_, *frames_, *received_, *sent_, *writes_, *cut_;
  prometheus::Gauge *connections_, *sockets_;
};

}  // namespace net
