#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Text as people write it. Everything here takes and gives UTF-8.
namespace text {

// Characters (code points), or nothing if this is not valid UTF-8.
bool valid(std::string_view);
std::size_t characters(std::string_view);

// Without spaces at either end; for a line, also without control characters within.
std::string trimmed(std::string_view);
bool has_control(std::string_view, bool line_breaks_allowed);

// Whether this is one pictograph, of however many code points.
bool is_emoji(std::string_view);

// What search compares: compatibility forms made plain, case and accents folded.
std::string folded(std::string_view);

// The Latin reading of a name: {"zhang wei", "zw"}. Letters that are Latin already stay.
struct Reading {
  std::string full, initials;
};
Reading reading(std::string_view name);

// Bytes as hexadecimal digits, and back; what is not such digits gives nothing.
std::string hex(std::string_view bytes);
std::string unhex(std::string_view digits);

}  // namespace text

// One line that a person typed: Min to Max characters, trimmed, no control characters.
template <std::size_t Max, std::size_t Min = 1>
struct Line {
  std::string value;
  static constexpr std::size_t most = Max, least = Min;
  static constexpr bool breaks = false;
  operator const std::string&() const { return value; }
  friend auto operator<=>(const Line&, const Line&) = default;
};

// Several lines that a person typed: Min to Max characters, trimmed.
template <std::size_t Max, std::size_t Min = 1>
struct Prose {
  std::string value;
  static constexpr std::size_t most = Max, least = Min;
  static constexpr bool breaks = true;
  operator const std::string&() const { return value; }
  friend auto operator<=>(const Prose&, const Prose&) = default;
};

template <class T>
concept Typed = requires(T t) {
  T::most;
  T::least;
  T::breaks;
  t.value;
};

// A whole number within bounds.
template <std::int64_t Least, std::int64_t Most>
struct Between {
  std::int64_t value = Least;
  static constexpr std::int64_t least = Least, most = Most;
  operator std::int64_t() const { return value; }
};

// At most so many of them.
template <std::size_t Most, class T>
struct UpTo {
  std::vector<T> value;
  static constexpr std::size_t most = Most;
  operator const std::vector<T>&() const { return value; }
};

template <class T>
concept Bounded = requires(T t) {
  T::least;
  T::most;
  t.value;
} && !Typed<T>;
