#include "canaries.hpp"

#include <prometheus/counter.h>
#include <prometheus/registry.h>

#include <mutex>

#include "../world.hpp"
#include "base/log.hpp"
#include "core/metrics.hpp"

namespace bj = boost::json;

namespace canaries {
namespace {

constexpr std::string_view name = "金丝雀王小明", phone = "13977531246", text = "canary-of-the-mine";
constexpr std::string_view all[] = {name, phone, text};

std::mutex mutex;
std::string kept;

bj::string repeated(std::string_view word, std::size_t times) {
  bj::string out;
  for (std::size_t i = 0; i < times; ++i) out += bj::string_view(word);
  return out;
}

// Where a value stands alone: too long, with what no text may hold, as an id, a word or a number.
std::vector<std::string> spoiled(std::string_view canary) {
  const std::string s(canary);
  return {
      s,           s + "\x07", s + "\xc2\x85", "mbr_" + s, "1" + s, std::string(repeated(canary, 4000)), " " + s + "\n",
      s + "'\";--"};
}

std::vector<bj::value> of_other_types(std::string_view canary) {
  const bj::string s(canary.data(), canary.size());
  return {bj::array{s, s}, bj::object{{s, s}}, bj::array(2000, bj::value(s))};
}

std::string outcome(World& world, const std::string& sql, std::vector<db::Arg> args) {
  std::string said;
  try {
    world.app.db.write_now([&](db::Connection& c) { c.generated(sql, args); });
  } catch (...) { said = refusal(std::current_exception(), "probe").body; }
  return said;
}

}  // namespace

std::string found_in(std::string_view said) {
  for (const auto canary : all) {
    const auto word = bj::serialize(bj::value(bj::string_view(canary)));
    if (said.contains(canary) || said.contains(word.substr(1, word.size() - 2))) return std::string(canary);
  }
  return "";
}

std::vector<Mutant> planted(const Shape& in, const bj::object& input,
                            const std::function<Place(const std::string&)>& place_of) {
  bj::object everywhere = input;
  std::size_t next = 0;
  for (const auto& [field, shape] : in.fields)
    if (shape.kind == Shape::Kind::text) everywhere[field] = bj::string_view(all[next++ % std::size(all)]);
  std::vector<Mutant> made{{"people's values in every text", "", everywhere}};
  const auto add = [&](const std::string& what, const std::string& field, bj::value value) {
    bj::object changed = everywhere;
    changed[field] = std::move(value);
    made.push_back({what, field, std::move(changed)});
  };
  for (const auto& [field, shape] : in.fields)
    for (const auto canary : all) {
      for (const auto& s : spoiled(canary)) add(field + ": a person's value", field, bj::string_view(s));
      if (place_of(field) != Place::body) continue;
      for (auto& v : of_other_types(canary)) add(field + ": a person's value, as another type", field, v);
    }
  add("a field that is not there", std::string(text), bj::string_view(name));
  return made;
}

std::vector<std::string> bodies() {
  std::vector<std::string> made;
  for (const auto canary : all) {
    const std::string s(canary);
    for (const auto& body : {s, "\"" + s + "\"", "[\"" + s + "\"]", "{\"" + s,
                             "{\"" + s + "\":", "{\"a\":\"" + s + "\xff\"}", "{\"a\":\"" + s + "\",\"a\":" + s + "}"})
      made.push_back(body);
  }
  return made;
}

void keep_log() {
  logging::capture([](std::string_view line) {
    const std::lock_guard hold(mutex);
    kept += line;
  });
}
std::string kept_log() {
  const std::lock_guard hold(mutex);
  return kept;
}

std::vector<std::string> database_tells(World& world) {
  const auto n = db::to_arg(name), t = db::to_arg(text);
  const db::Bytes bytes(text.begin(), text.end());
  const auto b = db::to_arg(bytes);
  const bool postgres = world.app.db.dialect() == schema::Dialect::postgres;
  struct Trouble {
    std::string sql;
    std::vector<db::Arg> args;
    bool on_sqlite = true;
  };
  const Trouble troubles[] = {
      {"insert into identity_account (id, login, password, created_at) values (7, $1, $2, 1), (8, $1, $2, 1)", {n, b}},
      {"insert into identity_account (id, login, password, created_at) values (7, $1, $2, null)", {n, b}},
      {"insert into identity_account (id, login, password, created_at) values (7, $1, $2, 1), (7, $3, $2, 1)",
       {n, b, t}},
      {"update privacy_acceptance set language = $1", {t}},
      {"select value from json_each($1)", {t}},
      {"select cast($1 as bigint)", {n}, false},
      {"select * from directory_member where id = $1", {n}, false},
      {"do $$begin raise warning '" + std::string(text) + "' using detail = '" + std::string(phone) + "'; end$$",
       {},
       false},
      {"do $$begin raise exception '" + std::string(text) + "' using hint = '" + std::string(phone) + "'; end$$",
       {},
       false},
  };
  std::vector<std::string> told;
  for (const auto& trouble : troubles) {
    if (!postgres && !trouble.on_sqlite) continue;
    const auto said = outcome(world, trouble.sql, trouble.args);
    if (const auto leak = found_in(said); !leak.empty()) told.push_back(trouble.sql + ": the answer tells " + leak);
    if (said.empty() && !trouble.sql.contains("warning")) told.push_back(trouble.sql + ": was expected to fail");
  }
  return told;
}

std::vector<std::string> unnoticed_leaks() {
  std::vector<std::string> unnoticed;
  if (found_in(refusal(Error::conflict("probe.told", std::string(name))).body).empty())
    unnoticed.emplace_back("an answer");
  logging::warn("probe.told", {{"what", logging::Code::of_program(phone)}});
  if (found_in(kept_log()).empty()) unnoticed.emplace_back("the log");
  prometheus::BuildCounter().Name("probe_total").Register(metrics::registry()).Add({{"who", std::string(text)}});
  if (found_in(metrics::text()).empty()) unnoticed.emplace_back("the metrics");
  return unnoticed;
}

}  // namespace canaries
