#include "script.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "fits.hpp"

namespace bj = boost::json;
using Vars = std::map<std::string, std::string>;

namespace {

bool in_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// Replaces each known $name; leaves the unknown ones.
std::string fill(const std::string& text, const Vars& vars) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    while (text[i] == '$' && end < text.size() && in_name(text[end])) ++end;
    const auto known = text[i] == '$' ? vars.find(text.substr(i + 1, end - i - 1)) : vars.end();
    out += known == vars.end() ? text.substr(i, end - i) : known->second;
    i = end;
  }
  return out;
}

// "$x" stands for a string in JSON: quoted before it is parsed.
std::string quote_names(const std::string& text) {
  std::string out;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' && (i == 0 || text[i - 1] != '\\')) inside = !inside;
    if (text[i] != '$' || inside) {
      out += text[i];
      continue;
    }
    std::size_t end = i + 1;
    while (end < text.size() && in_name(text[end])) ++end;
    out += '"' + text.substr(i, end - i) + '"';
    i = end - 1;
  }
  return out;
}

std::string differs(const bj::value& want, const bj::value& got, Vars& vars, const std::string& at);

std::string object_differs(const bj::object& want, const bj::object& got, Vars& vars, const std::string& at) {
  for (const auto& [key, value] : want) {
    const auto* found = got.if_contains(key);
    const auto inner = at + "." + std::string(key);
    if (!found) return inner + " is missing";
    if (auto wrong = differs(value, *found, vars, inner); !wrong.empty()) return wrong;
  }
  return "";
}

// Objects match as subsets, lists element by element; "$x" captures or compares.
std::string differs(const bj::value& want, const bj::value& got, Vars& vars, const std::string& at) {
  if (want.is_string() && want.get_string().starts_with("$")) {
    const std::string name(want.get_string().subview(1));
    const auto seen = got.is_string() ? std::string(got.get_string()) : bj::serialize(got);
    const auto [known, fresh] = vars.try_emplace(name, seen);
    return known->second == seen ? "" : at + ": expected " + known->second + ", got " + seen;
  }
  if (want.is_object() && got.is_object()) return object_differs(want.get_object(), got.get_object(), vars, at);
  if (want.is_array() && got.is_array() && want.get_array().size() == got.get_array().size()) {
    for (std::size_t i = 0; i < want.get_array().size(); ++i) {
      const auto inner = at + "[" + std::to_string(i) + "]";
      if (auto wrong = differs(want.get_array()[i], got.get_array()[i], vars, inner); !wrong.empty()) return wrong;
    }
    return "";
  }
  return want == got ? "" : at + ": expected " + bj::serialize(want) + ", got " + bj::serialize(got);
}

struct Word {
  std::string head, rest;
};
Word split(const std::string& line) {
  const auto space = line.find(' ');
  return {line.substr(0, space), space == std::string::npos ? "" : line.substr(space + 1)};
}

}  // namespace

std::string Script::play_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) return path + ": cannot be read";
  room_ = std::filesystem::path(path).stem().string();
  int number = 0;
  std::string line;
  for (std::string part; std::getline(file, part);) {
    ++number;
    line = part;
    while (line.ends_with('\\') && std::getline(file, part)) {
      ++number;
      line.pop_back();
      line += part;
    }
    std::string wrong;
    try {
      wrong = play(line);
    } catch (const std::exception& e) { wrong = e.what(); }
    if (!wrong.empty()) return path + ":" + std::to_string(number) + ": " + wrong;
  }
  record();
  return "";
}

std::string Script::play(const std::string& line) {
  const auto [head, rest] = split(line);
  if (head.empty() || head[0] == '#') return "";
  if (head == "GET" || head == "POST" || head == "DELETE" || head == "PUT") {
    const auto [path, body] = split(rest);
    return send(head, path, body);
  }
  if (std::isdigit(static_cast<unsigned char>(head[0]))) return expect(std::stoi(head), rest);
  if (head == "as") {
    who_ = rest;
    return rest == "nobody" || world_.cast.contains(rest) ? "" : "nobody is called " + rest;
  }
  ++checks_;
  if (head == "event") return happened(rest);
  if (line == "no event") return frames_.empty() ? "" : "unexpected event " + *frames_.front().frame;
  --checks_;
  if (head == "later") return pass(rest), "";
  if (head == "watch") return watch(fill(rest, vars_)), "";
  if (line == "watched") return record(), "";
  return "unknown word " + head;
}

std::string Script::send(const std::string& method, const std::string& path, const std::string& body) {
  const Sent sent{who_, method, fill(path, vars_), body.starts_with('<') ? body : fill(quote_names(body), vars_)};
  if (before) before(sent);
  const auto audit_before = latest_of_audit();
  last_ = world_.send(sent.who, sent.method, sent.path, sent.body);
  frames_ = world_.frames;
  note();
  if (after) after(sent, last_);
  auto wrong = answer_as_described(sent);
  const auto* route = last_.status < 300 ? world_.route(sent.method, sent.path) : nullptr;
  if (route && route->access == Access::administrator && !route->reads() && latest_of_audit() == audit_before)
    return "a deed of an administrator left no row in the audit";
  return wrong.empty() ? events_as_described() : wrong;
}

std::int64_t Script::latest_of_audit() const {
  std::int64_t latest = 0;
  world_.app.db.read_now([&](db::Connection& c) {
    c.generated("select max(id) from privacy_audit", {}, [&](const db::Row& row) {
      if (!row.null(0)) latest = row.integer(0);
    });
  });
  return latest;
}

std::string Script::answer_as_described(const Sent& sent) const {
  const bool fine = last_.status < 300;
  const auto* route = fine ? world_.route(sent.method, sent.path) : nullptr;
  if (fine && (route->out.name == "Html" || route->out.name == "Bytes")) return "";
  const auto wrong = fine ? ::differs(route->out, bj::parse(last_.body)) : bad_refusal(last_.body);
  return wrong.empty() ? "" : wrong + "; got " + std::to_string(last_.status) + " " + last_.body;
}

std::string Script::events_as_described() const {
  const auto& kinds = world_.app.router.events();
  for (const auto& frame : frames_) {
    const auto event = bj::parse(*frame.frame);
    const std::string_view name = event.at("event").as_string();
    const auto kind = std::ranges::find(kinds, name, &EventKind::name);
    if (kind == kinds.end()) return "no room describes the event " + std::string(name);
    if (auto wrong = ::differs(kind->shape, event.at("body"), std::string(name)); !wrong.empty()) return wrong;
  }
  return "";
}

std::string Script::expect(int status, const std::string& body) {
  ++checks_;
  const auto seen = "; got " + std::to_string(last_.status) + " " + last_.body;
  if (last_.status != status) return "expected " + std::to_string(status) + seen;
  if (body.empty()) return "";
  if (body.starts_with('<')) return last_.body == body.substr(1) ? "" : "expected other bytes" + seen;
  const auto wrong = differs(bj::parse(quote_names(body)), bj::parse(last_.body), vars_, "answer");
  return wrong.empty() ? "" : wrong + seen;
}

std::string Script::happened(const std::string& event) const {
  const bool seen = std::ranges::any_of(
      frames_, [&](const auto& frame) { return bj::parse(*frame.frame).at("event").as_string() == event; });
  return seen ? "" : "no event " + event;
}

void Script::pass(const std::string& duration) {
  const auto n = std::stoll(duration);
  switch (duration.back()) {
    case 's': world_.now += std::chrono::seconds{n}; break;
    case 'm': world_.now += std::chrono::minutes{n}; break;
    case 'h': world_.now += std::chrono::hours{n}; break;
    default: world_.now += std::chrono::days{n};
  }
  world_.app.jobs.run_due();
}

void Script::watch(const std::string& path) {
  watches_.push_back({who_, path, world_.send(who_, "GET", path, "").body, {}});
}

// What those who watch are told, as their sockets would carry it.
void Script::note() {
  for (auto& watch : watches_) {
    const auto member = world_.cast.at(watch.who).member;
    for (const auto& frame : frames_)
      if (std::ranges::find(*frame.to, member) != frame.to->end()) watch.events.push_back(*frame.frame);
  }
}

// For the client: applying the events to the first answer must give the second.
void Script::record() {
  const auto folder = std::filesystem::path(fixtures) / room_ / "fixtures";
  for (const auto& watch : fixtures.empty() ? std::vector<Watch>{} : watches_) {
    std::string events;
    for (const auto& e : watch.events) events += (events.empty() ? "\n    " : ",\n    ") + e;
    std::filesystem::create_directories(folder);
    std::ofstream(folder / (std::to_string(++recorded_) + ".json"))
        << "{\n  \"path\": \"" << watch.path << "\",\n  \"me\": \"" << world_.cast.at(watch.who).member.text()
        << "\",\n  \"before\": " << watch.first << ",\n  \"events\": [" << events
        << "\n  ],\n  \"after\": " << world_.send(watch.who, "GET", watch.path, "").body << "\n}\n";
  }
  watches_.clear();
}
