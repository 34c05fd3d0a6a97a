#pragma once
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/fields.hpp"
#include "base/id.hpp"
#include "base/text.hpp"
#include "register/item.hpp"

class Gate;

namespace db {

using Bytes = std::vector<unsigned char>;
using BytesView = std::span<const unsigned char>;

// A value on its way into a statement, and which item it may be written for. It looks at the
// caller's own text and bytes, which live until the statement has run.
struct Arg {
  std::variant<std::monostate, std::int64_t, double, bool, std::string_view, BytesView> value;
  std::string_view sealed = "", granted = "", indexed = "";
};

// One row of an answer; valid until the next one.
class Row {
 public:
  virtual ~Row() = default;
  virtual int size() const = 0;
  virtual bool null(int) const = 0;
  virtual std::int64_t integer(int) const = 0;  // also booleans and times
  virtual double real(int) const = 0;
  virtual std::string_view text(int) const = 0;
  virtual BytesView bytes(int) const = 0;
};

// Ciphertext of one item. Only the gate makes and opens one; JSON does not know it.
template <const Item& I>
class Sealed {
  friend class ::Gate;
  friend Arg to_arg(const Sealed& s) { return {BytesView(s.bytes_), I.id}; }
  friend void from_row(const Row& row, int i, Sealed& s) {
    const auto found = row.bytes(i);
    s.bytes_.assign(found.begin(), found.end());
  }
  Bytes bytes_;
};

// A keyed digest of one item's value, to find it by exact match. Only the gate makes one.
template <const Item& I>
class Indexed {
  friend class ::Gate;
  friend Arg to_arg(const Indexed& x) { return {.value = BytesView(x.bytes_), .indexed = I.id}; }
  Bytes bytes_;
};

inline Arg to_arg(std::int64_t v) { return {v}; }
inline Arg to_arg(int v) { return {std::int64_t{v}}; }
inline Arg to_arg(bool v) { return {v}; }
inline Arg to_arg(double v) { return {v}; }
inline Arg to_arg(const std::string& v) { return {std::string_view(v)}; }
inline Arg to_arg(std::string_view v) { return {v}; }
inline Arg to_arg(const char* v) { return {std::string_view(v)}; }
inline Arg to_arg(const Bytes& v) { return {BytesView(v)}; }
inline Arg to_arg(Time v) { return {std::int64_t{v.time_since_epoch().count()}}; }
template <Literal K>
Arg to_arg(Id<K> v) {
  return {v.value};
}
template <Typed T>
Arg to_arg(const T& v) {
  return {std::string_view(v.value)};
}
template <Bounded T>
Arg to_arg(const T& v) {
  return {v.value};
}
template <class E>
  requires std::is_enum_v<E>
Arg to_arg(E v) {
  return {std::string_view(boost::describe::enum_to_string(v, "?"))};
}
template <class T>
Arg to_arg(const std::optional<T>& v) {
  return v ? to_arg(*v) : Arg{};
}

// A value that its subject has agreed to, for the purpose it is about to be used for.
template <class T>
class Granted {
  friend class ::Gate;
  friend Arg to_arg(const Granted& g) {
    auto arg = to_arg(g.value_);
    arg.granted = g.item_;
    return arg;
  }
  Granted(T value, std::string_view item) : value_(std::move(value)), item_(item) {}
  T value_;
  std::string_view item_;
};

inline void from_row(const Row& r, int i, std::int64_t& v) { v = r.integer(i); }
inline void from_row(const Row& r, int i, int& v) { v = static_cast<int>(r.integer(i)); }
inline void from_row(const Row& r, int i, bool& v) { v = r.integer(i) != 0; }
inline void from_row(const Row& r, int i, double& v) { v = r.real(i); }
inline void from_row(const Row& r, int i, std::string& v) { v = r.text(i); }
inline void from_row(const Row& r, int i, Bytes& v) {
  const auto b = r.bytes(i);
  v.assign(b.begin(), b.end());
}
inline void from_row(const Row& r, int i, Time& v) { v = Time{std::chrono::milliseconds{r.integer(i)}}; }
template <Literal K>
void from_row(const Row& r, int i, Id<K>& v) {
  v.value = r.integer(i);
}
template <class E>
  requires std::is_enum_v<E>
void from_row(const Row& r, int i, E& v) {
  if (!boost::describe::enum_from_string(std::string(r.text(i)).c_str(), v))
    throw std::logic_error("a stored word is unknown");
}
template <class T>
void from_row(const Row& r, int i, std::optional<T>& v) {
  if (r.null(i)) v.reset();
  else from_row(r, i, v.emplace());
}

}  // namespace db
