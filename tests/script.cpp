#include "script.hpp"

#include <unistd.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/random.hpp"

namespace bj = boost::json;
using Vars = std::map<std::string, std::string>;

namespace {

bool in_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// Replaces each known $name; leaves the unknown ones.
std::string fill(const std::string& text, const Vars& vars, bool quoted) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    while (text[i] == '$' && end < text.size() && in_name(text[end])) ++end;
    const auto known = text[i] == '$' ? vars.find(text.substr(i + 1, end - i - 1)) : vars.end();
    if (known == vars.end()) out += text.substr(i, end - i);
    else if (quoted && !(i > 0 && text[i - 1] == '"')) out += known->second;
    else out += known->second;
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
    if (text[i] != '$' || inside) { out += text[i]; continue; }
    std::size_t end = i + 1;
    while (end < text.size() && in_name(text[end])) ++end;
    out += '"' + text.substr(i, end - i) + '"';
    i = end - 1;
  }
  return out;
}

// Objects match as subsets, lists element by element; "$x" captures or compares.
std::string differs(const bj::value& want, const bj::value& got, Vars& vars, const std::string& at) {
  if (want.is_string() && want.get_string().starts_with("$")) {
    const std::string name(want.get_string().subview(1));
    const auto seen = got.is_string() ? std::string(got.get_string()) : bj::serialize(got);
    const auto [known, fresh] = vars.try_emplace(name, seen);
    return known->second == seen ? "" : at + ": expected " + known->second + ", got " + seen;
  }
  if (want.is_object() && got.is_object()) {
    for (const auto& [key, value] : want.get_object()) {
      const auto* found = got.get_object().if_contains(key);
      if (!found) return at + "." + std::string(key) + " is missing";
      if (auto wrong = differs(value, *found, vars, at + "." + std::string(key)); !wrong.empty()) return wrong;
    }
    return "";
  }
  if (want.is_array() && got.is_array() && want.get_array().size() == got.get_array().size()) {
    for (std::size_t i = 0; i < want.get_array().size(); ++i)
      if (auto wrong = differs(want.get_array()[i], got.get_array()[i], vars, at + "[" + std::to_string(i) + "]"); !wrong.empty()) return wrong;
    return "";
  }
  return want == got ? "" : at + ": expected " + bj::serialize(want) + ", got " + bj::serialize(got);
}

std::string unique_name() { std::string name = "t" + std::to_string(getpid()) + "_";
  for (const char c : random_token()) if (std::isalnum(static_cast<unsigned char>(c))) name += static_cast<char>(std::tolower(c));
  return name; }

// Statements that no room may make: the schemas of throw-away databases.
void in_database(const std::string& server, const std::string& sql) {
  db::open({server, 1}, {})->write_now([&](db::Connection& c) { c.generated(sql); });
}

struct Word { std::string head, rest; };
Word split(const std::string& line) {
  const auto space = line.find(' ');
  return {line.substr(0, space), space == std::string::npos ? "" : line.substr(space + 1)};
}

}  // namespace

Response World::send(const std::string& who, const std::string& method, const std::string& path, const std::string& body, bool rehearse) {
  Request request{.method = method, .path = path, .address = "127.0.0.1"};
  try {
    if (const auto mark = path.find('?'); mark != std::string::npos) {
      request.path = path.substr(0, mark);
      std::stringstream pairs(path.substr(mark + 1));
      for (std::string pair; std::getline(pairs, pair, '&');) {
        const auto equals = pair.find('=');
        request.input.set(pair.substr(0, equals), equals == std::string::npos ? "" : pair.substr(equals + 1));
      }
    }
    if (method != "GET" && !body.empty()) request.input = json::Document(body);
  } catch (const Error& e) {
    return refusal(e);
  }
  if (const auto person = cast.find(who); person != cast.end()) request.token = Secret(person->second.token);
  frames.clear();
  if (!rehearse) now += std::chrono::milliseconds{1};
  return rehearse ? app.dispatcher.rehearse(std::move(request)) : app.dispatcher.handle(std::move(request));
}

void World::deliver(std::vector<Delivery> all) {
  for (const auto& d : all) frames.push_back(*d.frame);
}

// Two organisations: root administers the first, ana and ben work in it; eve is the other's.
void World::populate() {
  static const std::string digest = identity::password_digest("open sesame");
  const auto join = [&](Ctx& c, directory::UnitId unit, const std::string& login, const std::string& name, const std::string& title) {
    const auto member = app.directory.add_member(c, {unit, {name}, {title}, {}}).id;
    app.identity.open_account(c, member, login, digest);
    cast[login].member = member;
    names[login] = member.text();
    return member;
  };
  for (const std::string name : {"滨海市数字政府", "Elsewhere"}) {
    OrgId org;
    app.dispatcher.as_system({}, purpose::directory, [&](Ctx& c) { org = app.directory.add_org(c, name); });
    app.dispatcher.as_system(org, purpose::directory, [&](Ctx& c) {
      const auto unit = app.directory.add_unit(c, {{}, {name}, directory::UnitKind::institution, {}}).id;
      names[name == "Elsewhere" ? "their_unit" : "unit"] = unit.text();
      if (name == "Elsewhere") return app.identity.grant(c, join(c, unit, "eve", "Eve", "Head"), Role::administrator);
      app.identity.grant(c, join(c, unit, "root", "张建国", "主任"), Role::administrator);
      join(c, unit, "ana", "王芳", "科员");
      join(c, unit, "ben", "李伟", "副处长");
    });
  }
  names["policy"] = app.policy.hash;
  for (auto& [login, person] : cast) {
    const auto body = R"({"login":")" + login + R"(","password":"open sesame","policy":")" + app.policy.hash + R"(","client":"program"})";
    const auto answer = send("nobody", "POST", "/identity/sessions", body);
    if (answer.status != 200) throw std::runtime_error("cannot sign in: " + answer.body);
    person.token = bj::parse(answer.body).at("token").as_string();
  }
}

bool run_script(const std::string& name, const std::string& engine, const std::function<bool(World&)>& use) {
  Settings settings;
  const auto folder = std::filesystem::path("/dev/shm") / ("carillon-" + unique_name());
  std::filesystem::create_directory(folder);
  settings.data = folder;
  std::string server, schema;
  if (engine == "postgres") {
    const char* address = std::getenv("CARILLON_TEST_POSTGRES");  // NOLINT: before any thread
    if (!address) throw std::runtime_error(name + ": CARILLON_TEST_POSTGRES names no server");
    settings.database = server = address;
    schema = unique_name();
    settings.database += (settings.database.find('?') == std::string::npos ? "?" : "&") + ("options=-c%20search_path%3D" + schema);
    in_database(server, "create schema " + schema);
  }
  Time now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 31}};
  const bool fine = assemble(settings, [&] { return now; }, [&](App app) {
    World world(app, now);
    return use(world);
  });
  std::filesystem::remove_all(folder);
  if (!schema.empty()) in_database(server, "drop schema " + schema + " cascade");
  return fine;
}

std::string Script::play_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) return path + ": cannot be read";
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
    try { wrong = play(line); } catch (const std::exception& e) { wrong = e.what(); }
    if (!wrong.empty()) return path + ":" + std::to_string(number) + ": " + wrong;
  }
  if (watch_) record(path);
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
  if (head == "as") { who_ = rest; return rest == "nobody" || world_.cast.contains(rest) ? "" : "nobody is called " + rest; }
  if (head == "event" || line == "no event") return happened(head == "no" ? "" : rest);
  if (head == "later") { pass(rest); return ""; }
  if (head == "watch") {
    const auto path = fill(rest, vars_, false);
    watch_ = Watch{who_, path, world_.send(who_, "GET", path, "").body, {}};
    return "";
  }
  return "unknown word " + head;
}

std::string Script::send(const std::string& method, const std::string& path, const std::string& body) {
  const Sent sent{who_, method, fill(path, vars_, false), fill(quote_names(body), vars_, true)};
  if (before) before(sent);
  last_ = world_.send(sent.who, sent.method, sent.path, sent.body);
  frames_ = world_.frames;
  if (watch_) watch_->events.insert(watch_->events.end(), frames_.begin(), frames_.end());
  return "";
}

std::string Script::expect(int status, const std::string& body) {
  ++checks_;
  const auto seen = "; got " + std::to_string(last_.status) + " " + last_.body;
  if (last_.status != status) return "expected " + std::to_string(status) + seen;
  if (body.empty()) return "";
  const auto wrong = differs(bj::parse(quote_names(body)), bj::parse(last_.body), vars_, "answer");
  return wrong.empty() ? "" : wrong + seen;
}

std::string Script::happened(const std::string& event) {
  ++checks_;
  if (event.empty()) return frames_.empty() ? "" : "unexpected event " + frames_.front();
  for (const auto& frame : frames_)
    if (bj::parse(frame).at("event").as_string() == event) return "";
  return "no event " + event;
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

// For the client: applying the events to the first answer must give the second.
void Script::record(const std::string& file) {
  if (fixtures.empty()) return;
  const auto after = world_.send(watch_->who, "GET", watch_->path, "").body;
  std::string events;
  for (const auto& e : watch_->events) events += (events.empty() ? "" : ",") + e;
  const auto room = std::filesystem::path(file).stem().string();
  std::filesystem::create_directories(fixtures + "/" + room);
  std::ofstream(fixtures + "/" + room + "/" + std::to_string(++recorded_) + ".json")
      << R"({"path":")" << watch_->path << R"(","before":)" << watch_->before << R"(,"events":[)" << events
      << R"(],"after":)" << after << "}\n";
}
