#include "strangers.hpp"

#include <boost/json.hpp>

#include "register/register.hpp"

namespace bj = boost::json;
using Form = Shape::Kind;

Strangers::Strangers() {
  const auto know = [&](std::string_view word) { everybodys_.insert(bj::serialize(bj::value(word))); };
  const auto know_line = [&](const auto* line, const Words& says) {
    for (const auto word : {line->id, line->name.zh, line->name.en, says.zh, says.en}) know(word);
  };
  for (const auto* p : reg::purposes) know_line(p, p->says);
  for (const auto* p : reg::permissions) know_line(p, p->why);
  for (const auto* i : reg::items) know_line(i, i->name);
}

void Strangers::learn(const std::string& org, const Shape& s, const bj::value& v, bool texts) {
  if (v.is_null()) return;
  if (s.kind == Form::object) {
    for (const auto& [name, shape] : s.fields)
      if (const auto* found = v.get_object().if_contains(name)) learn(org, shape, *found, texts);
  } else if (s.kind == Form::list) {
    for (const auto& item : v.get_array()) learn(org, s.fields.front().second, item, texts);
  } else if (s.kind == Form::map) {
    for (const auto& [name, item] : v.get_object()) learn(org, s.fields.front().second, item, texts);
  } else if (s.kind == Form::id) {
    learn_id(org, s.name, std::string(v.get_string()));
  } else if (s.kind == Form::text && texts && text::characters(v.get_string()) > 1) {
    if (const auto word = bj::serialize(v); !everybodys_.contains(word)) texts_[org].insert(word);
  }
}

std::string Strangers::foreign_id(const std::string& org, const std::string& kind) const {
  for (const auto& [other, kinds] : ids_)
    if (const auto found = kinds.find(kind); other != org && found != kinds.end()) return *found->second.rbegin();
  return "";
}

std::string Strangers::leak(const std::string& org, const std::string& answer, const std::string& sent) const {
  for (const auto& [other, kinds] : ids_)
    for (const auto& [kind, ids] : kinds)
      for (const auto& id : ids)
        if (other != org && answer.contains('"' + id + '"')) return id;
  for (const auto& [other, texts] : texts_)
    for (const auto& text : texts)
      if (other != org && answer.contains(text) && !sent.contains(text)) return text;
  return "";
}
