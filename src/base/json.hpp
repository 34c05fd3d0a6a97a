#pragma once
#include <charconv>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/fields.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

// JSON in and out of described structs. Boost.JSON stays in json.cpp.
// Unknown members are ignored, an absent or null member fits only a std::optional.
namespace json {

class Writer {
 public:
  void begin(char bracket), end(char bracket), key(std::string_view), null();
  void put(std::string_view), put(std::int64_t), put(double), put(bool);
  void raw(std::string_view);  // JSON that is JSON already
  std::string take() { return std::move(out_); }

 private:
  void comma();
  void quote(std::string_view);
  std::string out_;
  bool fresh_ = true;
};

class Reader {  // a view of one node; the document must outlive it
 public:
  explicit Reader(const void* node, std::string_view name = {}, bool words = false)
      : node_(node), name_(name), words_(words) {}
  bool absent() const;
  bool has(std::string_view key) const { return !at(key).absent(); }
  Reader at(std::string_view key) const;
  std::vector<Reader> items() const;
  std::vector<std::pair<std::string, Reader>> members() const;
  std::string text() const;
  std::int64_t integer() const;
  double real() const;
  bool boolean() const;
  std::string_view name() const { return name_; }
  std::string dump() const;
  [[noreturn]] void wrong(std::string_view wanted) const;
  [[noreturn]] void missing() const;

 private:
  const void* node_;
  std::string_view name_;
  bool words_;  // every value came as a word of an address: "12" is a number too
};

// A parsed object. Refuses what is not one object, deeper than 32, or not UTF-8.
class Document {
 public:
  Document();
  explicit Document(std::string_view text);
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();
  Reader root() const;
  void set(std::string_view key, std::string_view value);  // path and query parameters
  Document take(std::string_view key);                     // the object under a key, moved out; empty if absent

 private:
  std::unique_ptr<struct DocumentImpl> impl_;
};

inline void write(Writer& w, const std::string& v) { w.put(std::string_view{v}); }
inline void write(Writer& w, std::string_view v) { w.put(v); }
inline void write(Writer& w, std::int64_t v) { w.put(v); }
inline void write(Writer& w, int v) { w.put(std::int64_t{v}); }
inline void write(Writer& w, double v) { w.put(v); }
inline void write(Writer& w, bool v) { w.put(v); }
inline void write(Writer& w, Time v) { w.put(std::int64_t{v.time_since_epoch().count()}); }
template <Literal K>
void write(Writer& w, Id<K> v) {
  w.put(std::string_view{v.text()});
}
template <Typed T>
void write(Writer& w, const T& v) {
  w.put(std::string_view{v.value});
}
template <Bounded T>
void write(Writer& w, const T& v) {
  w.put(v.value);
}
template <class T>
void write(Writer& w, const Secret<T>&) = delete;
template <class T>
void write(Writer& w, const std::map<std::string, T>& v);
template <class T>
void write(Writer& w, const std::optional<T>& v);
template <class T>
void write(Writer& w, const std::vector<T>& v);
template <std::size_t Most, class T>
void write(Writer& w, const UpTo<Most, T>& v) {
  write(w, v.value);
}
template <class E>
  requires std::is_enum_v<E>
void write(Writer& w, E v) {
  w.put(std::string_view{boost::describe::enum_to_string(v, "?")});
}
template <Described T>
void write(Writer& w, const T& v) {
  w.begin('{');
  each_field(v, [&](auto name, const auto& field) {
    w.key(name);
    write(w, field);
  });
  w.end('}');
}
template <class T>
void write(Writer& w, const std::optional<T>& v) {
  if (v) write(w, *v);
  else w.null();
}
template <class T>
void write(Writer& w, const std::vector<T>& v) {
  w.begin('[');
  for (const auto& x : v) write(w, x);
  w.end(']');
}
template <class T>
void write(Writer& w, const std::map<std::string, T>& v) {
  w.begin('{');
  for (const auto& [name, value] : v) {
    w.key(name);
    write(w, value);
  }
  w.end('}');
}

inline void read(Reader r, std::string& v) { v = r.text(); }
inline void read(Reader r, std::int64_t& v) { v = r.integer(); }
inline void read(Reader r, int& v) {
  const auto n = r.integer();
  if (!std::in_range<int>(n)) r.wrong("a smaller number");
  v = static_cast<int>(n);
}
inline void read(Reader r, double& v) { v = r.real(); }
inline void read(Reader r, bool& v) { v = r.boolean(); }
inline void read(Reader r, Time& v) { v = Time{std::chrono::milliseconds{r.integer()}}; }
template <class E>
  requires std::is_enum_v<E>
void read(Reader r, E& v) {
  if (!boost::describe::enum_from_string(r.text().c_str(), v)) r.wrong("one of the known words");
}
// Throws request.bad_id.
template <Literal K>
void read(Reader r, Id<K>& v) {
  const auto id = Id<K>::parse(r.text());
  if (!id)
    throw Error::invalid("request.bad_id", "This must look like " + std::string(K.view()) + "_…")
        .at(std::string(r.name()));
  v = *id;
}
// Throws request.too_short, request.too_long or request.bad_text.
void check_typed(Reader r, std::string& v, std::size_t least, std::size_t most, bool breaks);
template <Typed T>
void read(Reader r, T& v) {
  v.value = r.text();
  check_typed(r, v.value, T::least, T::most, T::breaks);
}
// Throws request.out_of_bounds.
void check_bounds(Reader r, std::int64_t v, std::int64_t least, std::int64_t most);
template <Bounded T>
void read(Reader r, T& v) {
  v.value = r.integer();
  check_bounds(r, v.value, T::least, T::most);
}
template <class T>
void read(Reader r, Secret<T>& v) {
  read(r, v.hidden());
}
template <class T>
void read(Reader r, std::optional<T>& v);
template <class T>
void read(Reader r, std::vector<T>& v);
// Throws request.too_many_items.
void check_number(Reader r, std::size_t most);
template <std::size_t Most, class T>
void read(Reader r, UpTo<Most, T>& v) {
  check_number(r, Most);
  read(r, v.value);
}
template <class T>
void read(Reader r, std::map<std::string, T>& v);
template <Described T>
void read(Reader r, T& v) {
  each_field(v, [&](auto name, auto& field) { read(r.at(name), field); });
}
template <class T>
void read(Reader r, std::optional<T>& v) {
  if (r.absent()) v.reset();
  else read(r, v.emplace());
}
template <class T>
void read(Reader r, std::vector<T>& v) {
  for (auto item : r.items()) read(item, v.emplace_back());
}
template <class T>
void read(Reader r, std::map<std::string, T>& v) {
  for (auto& [name, item] : r.members()) read(item, v[name]);
}

template <class T>
std::string dump(const T& v) {
  Writer w;
  write(w, v);
  return w.take();
}
template <class T>
T parse(std::string_view text) {
  Document doc(text);
  T v;
  read(doc.root(), v);
  return v;
}

}  // namespace json
