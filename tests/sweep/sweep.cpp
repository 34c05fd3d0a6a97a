#include "sweep.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include "../fits.hpp"
#include "canaries.hpp"

namespace bj = boost::json;

namespace {

std::vector<std::string> parts(std::string_view path) {
  std::vector<std::string> all;
  while (!path.empty()) {
    path.remove_prefix(1);
    all.emplace_back(path.substr(0, path.find('/')));
    path.remove_prefix(std::min(path.size(), path.find('/')));
  }
  return all;
}

bool is_parameter(const std::string& part) { return part.starts_with('{'); }
std::string inner(const std::string& part) { return part.substr(1, part.size() - 2); }

bj::object words(const std::string& query) {
  bj::object all;
  std::stringstream pairs(query);
  for (std::string pair; std::getline(pairs, pair, '&');)
    all[pair.substr(0, pair.find('='))] = pair.contains('=') ? pair.substr(pair.find('=') + 1) : "";
  return all;
}

// Whom a route turns away before it looks at anything, and how.
struct Turned {
  int status;
  std::string_view code;
};
std::optional<Turned> turned_away(Access access, const auto& who) {
  if (access == Access::anyone) return std::nullopt;
  if (!who.signed_in) return Turned{401, "identity.sign_in_first"};
  if (access == Access::signed_in) return std::nullopt;
  if (!who.accepted) return Turned{428, "consent.policy_first"};
  if (access == Access::operating) return Turned{403, "request.operator_only"};
  if (access == Access::administrator && !who.administrator) return Turned{403, "request.administrators_only"};
  return std::nullopt;
}

std::string text_in(const std::string& body, const char* name) {
  bj::error_code ec;
  const auto v = bj::parse(body, ec);
  const auto* found = !ec && v.is_object() ? v.get_object().if_contains(name) : nullptr;
  return found && found->is_string() ? std::string(found->get_string()) : "";
}

}  // namespace

Sweep::Sweep(World& world, Tally& tally, const std::set<std::string>& codes)
    : world_(world), tally_(tally), codes_(codes) {
  for (const auto& [login, person] : world.cast)
    if (const auto who = standing(login); !who.org.empty()) strangers_.learn_id(who.org, "mbr", person.member.text());
  strangers_.learn_id(standing("ana").org, "unit", world.names["unit"]);
  strangers_.learn_id(standing("eve").org, "unit", world.names["their_unit"]);
}

Sweep::Standing Sweep::standing(const std::string& who) {
  const auto answer = world_.send(who, "GET", "/identity/session", "", World::Mode::rehearsal);
  Standing s{who, ""};
  if (answer.status != 200) return s;
  const auto me = bj::parse(answer.body);
  s.org = me.at("org").as_string();
  s.signed_in = true;
  s.accepted = me.at("policy_accepted").as_bool();
  for (const auto& role : me.at("roles").as_array()) s.administrator = s.administrator || role == "administrator";
  return s;
}

Place Sweep::Form::place(const std::string& field) const {
  if (route.path.contains("{" + field + "}")) return Place::path;
  return in_address() ? Place::query : Place::body;
}

std::string Sweep::Form::kind_of(const Standing& s) const {
  if (!s.signed_in) return "nobody";
  if (!s.accepted) return "somebody who has not accepted the policy";
  const std::string whose = s.org != author.org && !author.org.empty() ? "another organisation's " : "";
  return whose + (s.administrator ? "administrator" : "member");
}

Sweep::Form Sweep::take_apart(const Route& route, const Script::Sent& sent, Standing author) const {
  const auto mark = sent.path.find('?');
  const bool in_address = route.reads() || route.takes_bytes;
  bj::object input = in_address ? words(mark == sent.path.npos ? "" : sent.path.substr(mark + 1)) : bj::object{};
  if (!in_address && !sent.body.empty()) input = bj::parse(sent.body).as_object();
  const auto pattern = parts(route.path), path = parts(sent.path.substr(0, mark));
  for (std::size_t i = 0; i < pattern.size(); ++i)
    if (is_parameter(pattern[i])) input[inner(pattern[i])] = path[i];
  return {route, std::move(input), std::move(author), route.takes_bytes ? sent.body.substr(1) : ""};
}

// One request of each form is enough: the same route, by the same person, with the same fields.
bool Sweep::seen(const Form& form) {
  auto key = form.author.name + std::string(form.route.method) + std::string(form.route.path);
  for (const auto& [name, value] : form.input) key += " " + std::string(name);
  return !seen_.insert(key).second;
}

void Sweep::before(const Script::Sent& sent) {
  const auto* route = world_.route(sent.method, sent.path);
  if (!route || world_.send(sent.who, sent.method, sent.path, sent.body, World::Mode::rehearsal).status >= 300) return;
  const auto form = take_apart(*route, sent, standing(sent.who));
  if (!seen(form)) sweep(form);
}

void Sweep::after(const Script::Sent& sent, const Response& answer) {
  const auto* route = world_.route(sent.method, sent.path);
  const auto who = standing(sent.who);
  if (!route || route->out.name == "Bytes" || answer.status >= 300 || route->access == Access::anyone ||
      who.org.empty())
    return;
  strangers_.learn(who.org, route->out, bj::parse(answer.body), route->access != Access::signed_in);
}

void Sweep::sweep(const Form& form) {
  std::set<std::string> everybody{"nobody", "kim", "ana", "root", "eve", form.author.name};
  if (form.route.access == Access::anyone) everybody = {"nobody", form.author.name};
  for (const auto& name : everybody) {
    const auto who = standing(name);
    tally_.tried[std::string(form.route.method) + " " + std::string(form.route.path)].insert(form.kind_of(who));
    sweep_as(form, who);
  }
}

void Sweep::sweep_as(const Form& form, const Standing& who) {
  judge(attempt(form, who, "as it is", form.input), "");
  if (who.name == form.author.name) spoil_body(form, who);
  spoil_fields(form, who);
  plant(form, who);
  if (form.route.access != Access::anyone && !turned_away(form.route.access, who)) look_abroad(form, who);
}

// What is not one JSON object, or not UTF-8.
void Sweep::spoil_body(const Form& form, const Standing& who) {
  if (form.in_address()) {
    for (const auto& [field, shape] : form.route.in.fields)
      if (form.place(field) == Place::query)
        judge({form, who, field + ": not UTF-8", {}, raw(form, who, field + "=\xff", "<" + form.bytes)}, "");
    return;
  }
  const std::string deep = "{\"a\":" + std::string(100, '[');
  for (const std::string& body : {std::string("[]"), std::string("7"), std::string("\"x\""), std::string("null"),
                                  std::string("{"), std::string("{\"a\":1}{}"), std::string("{\"a\":NaN}"),
                                  std::string("{\"a\":\"\xff\"}"), std::string("{\"a\":\"\\ud800\"}"), deep}) {
    Attempt made{form, who, "the body " + body, {}, raw(form, who, "", body)};
    const bool fine = made.answer.status == 400 && text_in(made.answer.body, "code") == "request.bad_json";
    judge(made, fine ? "" : "expected 400 request.bad_json");
  }
}

void Sweep::spoil_fields(const Form& form, const Standing& who) {
  const bool away = turned_away(form.route.access, who).has_value();
  for (auto& m : mutants(form.route.in, form.input, [&](auto& field) { return form.place(field); })) {
    const auto made = attempt(form, who, m.what, m.input);
    judge(made, away ? "" : refused_wrongly(made, m));
  }
}

// What people are called, write or are reached by is in no refusal, whoever it goes to; the log is looked
// through when all is over.
void Sweep::plant(const Form& form, const Standing& who) {
  const auto hear = [&](const Attempt& made) {
    const auto leak = made.answer.status >= 400 ? canaries::found_in(made.answer.body) : "";
    judge(made, leak.empty() ? "" : "the refusal repeats " + leak);
  };
  for (auto& m : canaries::planted(form.route.in, form.input, [&](auto& field) { return form.place(field); }))
    hear(attempt(form, who, m.what, m.input));
  if (form.route.reads()) return;
  for (const auto& body : canaries::bodies()) hear({form, who, "the body " + body, {}, raw(form, who, "", body)});
}

// An object of another organisation and one that does not exist cannot be told apart.
void Sweep::look_abroad(const Form& form, const Standing& who) {
  for (const auto& [field, shape] : form.route.in.fields) {
    const auto foreign = shape.kind == Shape::Kind::id ? strangers_.foreign_id(who.org, shape.name) : "";
    if (foreign.empty()) continue;
    auto theirs = form.input, nobodys = form.input;
    theirs[field] = foreign;
    nobodys[field] = shape.name + "_1";
    const auto made = attempt(form, who, field + ": another organisation's " + foreign, theirs);
    const auto wanted = attempt(form, who, "", nobodys).answer.body;
    const bool same = made.answer.status >= 400 && made.answer.body == wanted;
    judge(made, same ? "" : "expected, as for one that does not exist, " + wanted);
  }
}

Sweep::Attempt Sweep::attempt(const Form& form, const Standing& who, std::string what, bj::object input) {
  Request request{.method = std::string(form.route.method), .path = "", .address = "127.0.0.1"};
  bj::object rest = input;
  for (const auto& part : parts(form.route.path)) {
    request.path += "/" + (is_parameter(part) ? std::string(input.at(inner(part)).as_string()) : part);
    if (is_parameter(part)) rest.erase(inner(part));
  }
  Attempt made{form, who, std::move(what), std::move(input), {}};
  try {
    if (form.route.takes_bytes) request.bytes = form.bytes;
    if (!form.in_address()) request.input = json::Document(bj::serialize(rest));
    else
      for (const auto& [name, value] : rest) request.input.set(name, value.as_string());
    made.answer = world_.send(who.name, std::move(request), World::Mode::rehearsal);
  } catch (const Error& e) { made.answer = refusal(e); }
  return made;
}

Response Sweep::raw(const Form& form, const Standing& who, const std::string& query, const std::string& body) {
  std::string path;
  for (const auto& part : parts(form.route.path))
    path += "/" + (is_parameter(part) ? std::string(form.input.at(inner(part)).as_string()) : part);
  if (!query.empty()) path += "?" + query;
  return world_.send(who.name, std::string(form.route.method), path, body, World::Mode::rehearsal);
}

// What must hold for every answer to anything.
std::string Sweep::wrong_with(const Attempt& made) const {
  const auto& [form, who, what, input, answer] = made;
  if (answer.status >= 500) return "the server failed";
  if (answer.status >= 400)
    if (auto wrong = wrong_refusal(made); !wrong.empty()) return wrong;
  const auto away = turned_away(form.route.access, who);
  const auto code = text_in(answer.body, "code");
  const bool unread = code == "request.bad_json" || code == "request.bad_text" || code == "request.wrong_body";
  if (away && !unread && (answer.status != away->status || code != away->code))
    return "expected " + std::string(away->code);
  if (answer.status >= 300 || form.route.out.name == "Bytes") return "";
  if (auto wrong = differs(form.route.out, bj::parse(answer.body)); !wrong.empty()) return wrong;
  const auto leak =
      form.route.access == Access::anyone ? "" : strangers_.leak(who.org, answer.body, bj::serialize(input));
  return leak.empty() ? "" : "gives away " + leak;
}

std::string Sweep::wrong_refusal(const Attempt& made) const {
  const auto& body = made.answer.body;
  if (auto wrong = bad_refusal(body); !wrong.empty()) return wrong;
  if (!codes_.contains(text_in(body, "code"))) return "the catalogue of errors does not know this code";
  const auto field = text_in(body, "field");
  const auto& known = made.form.route.in.fields;
  if (!field.empty() && std::ranges::find(known, field, &std::pair<std::string, Shape>::first) == known.end())
    return "the route has no field " + field;
  return made.answer.status == 422 && field.empty() ? "a refusal of an input names its field" : "";
}

std::string Sweep::refused_wrongly(const Attempt& made, const Mutant& m) {
  const auto field = text_in(made.answer.body, "field"), code = text_in(made.answer.body, "code");
  const int status = made.answer.status;
  switch (m.answer) {
    case Mutant::Answer::any: return "";
    case Mutant::Answer::refused:
      return status == 422 && field == m.field ? "" : "expected a refusal of the field " + m.field;
    case Mutant::Answer::missing:
      if (status == 404 && made.who.name == made.form.author.name && field != m.field)
        return "expected 404 for the field " + m.field;
      return status >= 400 ? "" : "expected a refusal, as for something that does not exist";
    case Mutant::Answer::fits: {
      constexpr std::string_view of_form[] = {"request.missing_field", "request.bad_field", "request.bad_text",
                                              "request.too_short",     "request.too_long",  "request.out_of_bounds"};
      return std::ranges::find(of_form, code) == std::end(of_form) ? ""
                                                                   : "expected no refusal of the form of " + m.field;
    }
  }
  std::unreachable();
}

void Sweep::judge(const Attempt& made, const std::string& wrong) {
  ++tally_.sent;
  const auto reason = wrong.empty() ? wrong_with(made) : wrong;
  if (reason.empty()) return;
  const auto& route = made.form.route;
  tally_.failures.push_back(std::string(route.method) + " " + std::string(route.path) + " as " + made.who.name + ", " +
                            made.what + ": " + reason + "; got " + std::to_string(made.answer.status) + " " +
                            made.answer.body.substr(0, 300));
}
