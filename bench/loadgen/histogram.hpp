#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

// Counts durations in nanoseconds with three significant bits more than their power of two: every
// percentile is right to about 3 %.
class Histogram {
 public:
  void add(std::int64_t ns) {
    ++counts_[slot(static_cast<std::uint64_t>(std::max<std::int64_t>(ns, 0)))];
    ++total_;
  }
  std::int64_t total() const { return total_; }
  // The upper edge of the slot, in milliseconds.
  double percentile(double p) const {
    auto left = static_cast<std::int64_t>(static_cast<double>(total_) * p / 100.0);
    for (std::size_t i = 0; i < counts_.size(); ++i)
      if ((left -= counts_[i]) <= 0 && counts_[i]) return static_cast<double>(edge(i)) / 1e6;
    return 0;
  }

 private:
  static constexpr int fine = 5;  // bits below the leading one
  static std::size_t slot(std::uint64_t v) {
    if (v < (1U << fine)) return v;
    const int shift = static_cast<int>(std::bit_width(v)) - fine - 1;
    return (static_cast<std::size_t>(shift + 1) << fine) + ((v >> shift) - (1U << fine));
  }
  static std::uint64_t edge(std::size_t i) {
    if (i < (1U << fine)) return i;
    const auto shift = (i >> fine) - 1;
    return ((i & ((1U << fine) - 1)) + (1U << fine) + 1) << shift;
  }
  std::array<std::int64_t, (64 << fine)> counts_{};
  std::int64_t total_ = 0;
};
