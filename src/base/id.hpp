#pragma once
#include <atomic>
#include <charconv>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "base/literal.hpp"
#include "base/time.hpp"

// A 64-bit number that knows what it names. On the wire it says so: "chk_42".
template <Literal Kind>
struct Id {
  std::int64_t value = 0;
  static constexpr std::string_view kind = Kind.view();
  friend auto operator<=>(Id, Id) = default;

  std::string text() const { return std::string(kind) + '_' + std::to_string(value); }
  static std::optional<Id> parse(std::string_view text) {
    if (!text.starts_with(kind) || text.size() < kind.size() + 2 || text[kind.size()] != '_') return std::nullopt;
    text.remove_prefix(kind.size() + 1);
    Id made;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), made.value);
    return error == std::errc{} && stop == text.data() + text.size() && made.value > 0 ? std::optional(made)
                                                                                       : std::nullopt;
  }
};

template <Literal Kind>
struct std::hash<Id<Kind>> {
  std::size_t operator()(Id<Kind> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};

// Makes ids: 41 bits of milliseconds since 2020, 10 of a node, 12 of a counter.
// They only grow, even when the clock is set back.
class Ids {
 public:
  explicit Ids(int node) : node_(node & 0x3ff) {}

  std::int64_t next(Time now) {
    const std::int64_t tick = (now - born).count() << 12;
    std::int64_t last = last_.load(), mine;
    do mine = std::max(last + 1, tick);
    while (!last_.compare_exchange_weak(last, mine));
    return (mine >> 12) << 22 | node_ << 12 | (mine & 0xfff);
  }

 private:
  static constexpr Time born = std::chrono::sys_days{std::chrono::year{2020} / 1 / 1};
  std::int64_t node_;
  std::atomic<std::int64_t> last_ = 0;
};
