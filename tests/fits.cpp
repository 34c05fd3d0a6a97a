#include "fits.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <regex>

namespace bj = boost::json;
using Kind = Shape::Kind;

namespace {

bool is_id(const Shape& s, const bj::value& v) {
  if (!v.is_string()) return false;
  const std::string_view text = v.get_string();
  return text.starts_with(s.name + "_") && text.size() > s.name.size() + 1 &&
         text.find_first_not_of("0123456789", s.name.size() + 1) == text.npos;
}

bool simple_fits(const Shape& s, const bj::value& v) {
  switch (s.kind) {
    case Kind::text: return v.is_string();
    case Kind::integer:
    case Kind::time: return v.is_int64();
    case Kind::real: return v.is_number();
    case Kind::boolean: return v.is_bool();
    case Kind::id: return is_id(s, v);
    case Kind::word:
      return v.is_string() && std::ranges::find(s.words, std::string_view(v.get_string())) != s.words.end();
    default: return false;
  }
}

std::string object_differs(const Shape& s, const bj::object& o, const std::string& at) {
  for (const auto& [name, shape] : s.fields) {
    const auto* found = o.if_contains(name);
    if (!found && !shape.optional) return at + "." + name + " is missing";
    if (!found) continue;
    if (auto wrong = differs(shape, *found, at + "." + name); !wrong.empty()) return wrong;
  }
  for (const auto& [name, value] : o)
    if (std::ranges::none_of(s.fields, [&](auto& f) { return f.first == std::string_view(name); }))
      return at + "." + std::string(name) + " is in no description";
  return "";
}

}  // namespace

std::string differs(const Shape& s, const bj::value& v, const std::string& at) {
  const auto unlike = [&] { return at + " is not what is described: " + bj::serialize(v); };
  if (v.is_null()) return s.optional ? "" : unlike();
  if (s.kind == Kind::object) return v.is_object() ? object_differs(s, v.get_object(), at) : unlike();
  if (s.kind == Kind::list || s.kind == Kind::map) {
    if (s.kind == Kind::list ? !v.is_array() : !v.is_object()) return unlike();
    std::string wrong;
    const auto check = [&](const bj::value& item) {
      if (wrong.empty()) wrong = differs(s.fields.front().second, item, at + "[]");
    };
    if (s.kind == Kind::list) std::ranges::for_each(v.get_array(), check);
    else
      for (const auto& [name, item] : v.get_object()) check(item);
    return wrong;
  }
  return simple_fits(s, v) ? "" : unlike();
}

std::string bad_refusal(const std::string& body) {
  static const std::regex code(R"([a-z]+\.[a-z_]+)");
  bj::error_code ec;
  const auto v = bj::parse(body, ec);
  if (ec || !v.is_object()) return "a refusal is an object";
  const auto& o = v.get_object();
  const auto text = [&](const char* name) {
    const auto* found = o.if_contains(name);
    return found && found->is_string() ? std::string(found->get_string()) : "";
  };
  if (!std::regex_match(text("code"), code)) return "a refusal has a code";
  if (text("message").empty()) return "a refusal has a sentence";
  if (const auto* values = o.if_contains("values"); !values || !values->is_object()) return "a refusal has its values";
  return "";
}
