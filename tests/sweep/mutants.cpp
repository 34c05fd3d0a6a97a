#include "mutants.hpp"

#include <limits>
#include <stdexcept>

namespace bj = boost::json;
using Kind = Shape::Kind;
using Answer = Mutant::Answer;

namespace {

struct Value {
  std::string what;
  bj::value value;
  Answer answer = Answer::refused;
};
using Values = std::vector<Value>;

bj::string repeated(std::string_view character, std::int64_t times) {
  bj::string out;
  for (std::int64_t i = 0; i < times; ++i) out += bj::string_view(character);
  return out;
}

Values of_text(const Shape& s) {
  Values all{{"a control character", "a\x07z"},
             {"a zero byte", bj::value(bj::string("a\0z", 3))},
             {"the end of a line of old terminals", "a\xc2\x85z"},
             {"markup", "<script>'\";--", Answer::any},
             {"a placeholder", "$1 %s {0} ${x}", Answer::any},
             {"letters of the right to left", "\xe2\x80\xae\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", Answer::any},
             {"white space alone", " \t ", s.least > 0 ? Answer::refused : Answer::any},
             {"nothing", "", s.least > 0 ? Answer::refused : Answer::any}};
  if (s.most == 0) return all;
  all.push_back({"one character too many", repeated("x", s.most + 1)});
  all.push_back({"one Chinese character too many", repeated("中", s.most + 1)});
  all.push_back({"the longest there may be", repeated("中", s.most), Answer::fits});
  if (s.least > 1) all.push_back({"one character too few", repeated("x", s.least - 1)});
  return all;
}

Values of_number(const Shape& s, bool typed) {
  using limits = std::numeric_limits<std::int64_t>;
  const bool bounded = s.least != 0 || s.most != 0;
  const auto beyond = bounded ? Answer::refused : Answer::any;
  const auto number = [&](std::int64_t n) { return typed ? bj::value(n) : bj::value(std::to_string(n)); };
  Values all{{"the smallest number", number(limits::min()), beyond},
             {"the largest number", number(limits::max()), beyond},
             {"a number beyond all", typed ? bj::value(1e300) : bj::value(repeated("9", 40))},
             {"a broken number", typed ? bj::value(1.5) : bj::value("1.5"),
              s.kind == Kind::real ? Answer::any : Answer::refused},
             {"a word", "seven"},
             {"nothing", ""}};
  if (!bounded) return all;
  all.push_back({"one too few", number(s.least - 1)});
  all.push_back({"one too many", number(s.most + 1)});
  all.push_back({"the least", number(s.least), Answer::fits});
  all.push_back({"the most", number(s.most), Answer::fits});
  return all;
}

Values of_id(const Shape& s) {
  const auto id = [&](const char* rest) { return bj::value(s.name + rest); };
  return {{"a number without its kind", "1"},
          {"an id of another kind", s.name == "org" ? "unit_1" : "org_1"},
          {"the kind alone", id("")},
          {"no number", id("_")},
          {"number zero", id("_0")},
          {"a negative number", id("_-1")},
          {"a number beyond all", id("_99999999999999999999")},
          {"something after the number", id("_1x")},
          {"nothing", ""},
          {"an id of nothing", id("_1"), Answer::missing},
          {"the last id", id("_9223372036854775807"), Answer::missing}};
}

Values of(const Shape&, bool typed);

// A list is as good as what is in it.
Values of_list(const Shape& s) {
  Values all{{"no items", bj::array{}, Answer::any}};
  if (s.most > 0) all.push_back({"one item too many", bj::array(static_cast<std::size_t>(s.most + 1), "x")});
  for (const auto& v : of(s.fields.front().second, true))
    all.push_back({"an item, " + v.what, bj::array{v.value}, v.answer});
  return all;
}

Values of(const Shape& s, bool typed) {
  switch (s.kind) {
    case Kind::text: return of_text(s);
    case Kind::integer:
    case Kind::real:
    case Kind::time: return of_number(s, typed);
    case Kind::id: return of_id(s);
    case Kind::word: return {{"an unknown word", "fridge"}, {"nothing", ""}, {"another case", "MEMBER"}};
    case Kind::boolean: return {{"a word", "maybe"}, {"nothing", ""}};
    case Kind::list: return of_list(s);
    default: throw std::logic_error("the sweep cannot spoil an object within an input: teach it");
  }
}

bool is_textual(Kind k) { return k == Kind::text || k == Kind::id || k == Kind::word; }

// A value of every type that JSON has and this field has not.
Values of_other_types(const Shape& s) {
  Values all;
  if (!is_textual(s.kind)) all.push_back({"a text", "x"});
  else all.push_back({"a number", 7});
  if (s.kind != Kind::boolean) all.push_back({"true", true});
  if (s.kind != Kind::list) all.push_back({"a list", bj::array{"x", 1}});
  if (s.kind != Kind::object && s.kind != Kind::map) all.push_back({"an object", bj::object{{"x", 1}}});
  all.push_back({"null", nullptr, s.optional ? Answer::any : Answer::refused});
  return all;
}

}  // namespace

std::vector<Mutant> mutants(const Shape& in, const bj::object& input,
                            const std::function<Place(const std::string&)>& place_of) {
  std::vector<Mutant> all;
  for (const auto& [name, shape] : in.fields) {
    const auto place = place_of(name);
    const auto put = [&](const Value& v) {
      if (place == Place::path && v.value == "") return;
      bj::object changed = input;
      changed[name] = v.value;
      all.push_back({name + ": " + v.what, name, std::move(changed), v.answer});
    };
    for (const auto& v : of(shape, place == Place::body)) put(v);
    if (place == Place::body)
      for (const auto& v : of_other_types(shape)) put(v);
    bj::object without = input;
    if (place != Place::path && (without.erase(name) > 0 || !shape.optional))
      all.push_back({name + ": missing", name, std::move(without), shape.optional ? Answer::any : Answer::refused});
  }
  return all;
}
