#pragma once
#include <concepts>
#include <initializer_list>
#include <string_view>

#include "base/fields.hpp"
#include "base/id.hpp"

// One JSON line a fact, to standard error. The values are a closed set (ids, numbers, enums,
// codes): text that came from a person does not convert to one, so it cannot be logged by mistake.
namespace logging {

// A word of the program itself: an error code, a route, a job kind. Only literals and what was
// declared as a Code become one.
class Code {
 public:
  template <std::size_t N>
  consteval Code(const char (&s)[N]) : text_(s, N - 1) {}
  static constexpr Code of_program(std::string_view declared) { return Code(declared, 0); }
  constexpr std::string_view text() const { return text_; }

 private:
  constexpr Code(std::string_view s, int) : text_(s) {}
  std::string_view text_;
};

class Value {
 public:
  template <std::integral T>
  Value(T v) : number_(static_cast<std::int64_t>(v)) {}
  Value(Code c) : word_(c.text()) {}
  template <std::size_t N>
  consteval Value(const char (&s)[N]) : word_(s, N - 1) {}
  template <Literal K>
  Value(Id<K> id) : word_(K.view()), number_(id.value), is_id_(true) {}
  template <class E>
    requires std::is_enum_v<E>
  Value(E e) : word_(boost::describe::enum_to_string(e, "?")) {}

  std::string_view word() const { return word_; }
  std::int64_t number() const { return number_; }
  bool is_id() const { return is_id_; }

 private:
  std::string_view word_;
  std::int64_t number_ = 0;
  bool is_id_ = false;
};

struct Field {
  Code name;
  Value value;
};

void error(Code fact, std::initializer_list<Field> = {});
void warn(Code fact, std::initializer_list<Field> = {});
void info(Code fact, std::initializer_list<Field> = {});

// Where lines go instead of standard error; for tests. Empty puts it back.
void capture(void (*sink)(std::string_view line));

}  // namespace logging
