#pragma once
#include <set>
#include <string>
#include <vector>

#include "base/json.hpp"

// What a type looks like on the wire, as data. OpenAPI, the client's types and the sweep over all
// routes read it, so none of them can disagree with what the program reads and writes.
struct Shape {
  enum class Kind { text, integer, real, boolean, time, id, word, list, map, object };

  Kind kind = Kind::object;
  std::string name = {};             // of an object: its type, "chat.Message"; of an id: its prefix
  std::int64_t least = 0, most = 0;  // characters of a text, bounds of a number, items of a list; both 0: unbounded
  bool optional = false, secret = false;
  std::vector<std::string> words = {};
  std::vector<std::pair<std::string, Shape>> fields = {};  // of an object; of a list or map: the one element, unnamed
};

namespace shapes {

// "chat.Message" from chat::Message.
template <class T>
std::string name_of() {
  std::string_view said = __PRETTY_FUNCTION__;
  said.remove_prefix(said.find("T = ") + 4);
  said = said.substr(0, said.find_first_of("];"));
  std::string out;
  for (std::size_t i = 0; i < said.size(); ++i)
    if (said.substr(i, 2) == "::") {
      out += '.';
      ++i;
    } else out += said[i];
  return out;
}

template <class T>
struct Of;
template <class T>
Shape of() {
  return Of<std::remove_cvref_t<T>>::shape();
}

template <>
struct Of<std::string> {
  static Shape shape() { return {.kind = Shape::Kind::text}; }
};
template <>
struct Of<std::int64_t> {
  static Shape shape() { return {.kind = Shape::Kind::integer}; }
};
template <>
struct Of<int> {
  static Shape shape() { return {.kind = Shape::Kind::integer}; }
};
template <>
struct Of<double> {
  static Shape shape() { return {.kind = Shape::Kind::real}; }
};
template <>
struct Of<bool> {
  static Shape shape() { return {.kind = Shape::Kind::boolean}; }
};
template <>
struct Of<Time> {
  static Shape shape() { return {.kind = Shape::Kind::time}; }
};
template <Literal K>
struct Of<Id<K>> {
  static Shape shape() { return {.kind = Shape::Kind::id, .name = std::string(K.view())}; }
};
template <Typed T>
struct Of<T> {
  static Shape shape() {
    return {.kind = Shape::Kind::text,
            .least = static_cast<std::int64_t>(T::least),
            .most = static_cast<std::int64_t>(T::most)};
  }
};
template <Bounded T>
struct Of<T> {
  static Shape shape() { return {.kind = Shape::Kind::integer, .least = T::least, .most = T::most}; }
};
template <class T>
struct Of<Secret<T>> {
  static Shape shape() {
    auto s = of<T>();
    s.secret = true;
    return s;
  }
};
template <class T>
struct Of<std::optional<T>> {
  static Shape shape() {
    auto s = of<T>();
    s.optional = true;
    return s;
  }
};
template <class T>
struct Of<std::vector<T>> {
  static Shape shape() { return {.kind = Shape::Kind::list, .fields = {{"", of<T>()}}}; }
};
template <std::size_t Most, class T>
struct Of<UpTo<Most, T>> {
  static Shape shape() {
    auto s = of<std::vector<T>>();
    s.most = Most;
    return s;
  }
};
template <class T>
struct Of<std::map<std::string, T>> {
  static Shape shape() { return {.kind = Shape::Kind::map, .fields = {{"", of<T>()}}}; }
};
template <class E>
  requires std::is_enum_v<E>
struct Of<E> {
  static Shape shape() {
    Shape s{.kind = Shape::Kind::word, .name = name_of<E>()};
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) { s.words.emplace_back(d.name); });
    return s;
  }
};
template <Described T>
struct Of<T> {
  static Shape shape() {
    Shape s{.kind = Shape::Kind::object, .name = name_of<T>()};
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto d) {
      s.fields.emplace_back(std::string(outer_name(d.name)), of<decltype(std::declval<T>().*d.pointer)>());
    });
    return s;
  }
};

// Whether every part of an input has a limit: a Line or Prose rather than a std::string, a Between
// rather than a number, an UpTo rather than a std::vector.
template <class T>
struct Limited : std::bool_constant<std::is_enum_v<T> || std::is_same_v<T, bool> || std::is_same_v<T, Time> ||
                                    Typed<T> || Bounded<T>> {};
template <Literal K>
struct Limited<Id<K>> : std::true_type {};
template <class T>
struct Limited<Secret<T>> : Limited<T> {};
template <class T>
struct Limited<std::optional<T>> : Limited<T> {};
template <std::size_t Most, class T>
struct Limited<UpTo<Most, T>> : Limited<T> {};
template <Described T>
struct Limited<T> {
  static consteval bool all() {
    bool every = true;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto d) { every = every && Limited<std::remove_cvref_t<decltype(std::declval<T>().*d.pointer)>>::value; });
    return every;
  }
  static constexpr bool value = all();
};

}  // namespace shapes
