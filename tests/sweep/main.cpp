// Sends every request of the scripts wrongly in every way it can think of, as everybody, and holds the
// answers against the rules for all of them: never a failure of the server, refusals with code,
// sentence and field, nothing of another organisation. What it sends leaves no trace, and what is people's
// own in it is in no refusal, no line of the log and no metric.
//
//   sweep_test --engine sqlite|postgres --codes docs/api/errors.json FILE...
#include <cstdio>
#include <fstream>
#include <sstream>

#include "canaries.hpp"
#include "core/metrics.hpp"
#include "sweep.hpp"

namespace {

std::set<std::string> codes_in(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  std::set<std::string> codes;
  for (const auto& error : boost::json::parse(text.str()).as_array()) codes.emplace(error.at("code").as_string());
  return codes;
}

// Every route, as everybody: a room whose script forgets one is not finished.
std::vector<std::string> forgotten(const Router& router, const Tally& tally) {
  std::vector<std::string> all;
  for (const auto& route : router.routes()) {
    const auto name = std::string(route->method) + " " + std::string(route->path);
    const auto tried = tally.tried.find(name);
    if (tried == tally.tried.end()) all.push_back(name + ": no script has a request that succeeds");
    else if (route->access != Access::anyone)
      for (const auto* kind : {"nobody", "somebody who has not accepted the policy", "member", "administrator",
                               "another organisation's administrator"})
        if (!tried->second.contains(kind)) all.push_back(name + ": never tried as " + kind);
  }
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() < 5 || words[0] != "--engine" || words[2] != "--codes") return 2;
  const auto codes = codes_in(words[3]);
  Tally tally;
  canaries::keep_log();
  for (std::size_t i = 4; i < words.size(); ++i)
    in_world(words[1], [&](World& world) {
      Script script(world);
      Sweep sweep(world, tally, codes);
      script.before = [&](const auto& sent) { sweep.before(sent); };
      script.after = [&](const auto& sent, const auto& answer) { sweep.after(sent, answer); };
      if (auto wrong = script.play_file(words[i]); !wrong.empty()) tally.failures.push_back(wrong);
      if (i + 1 < words.size()) return true;
      std::ranges::move(forgotten(world.app.router, tally), std::back_inserter(tally.failures));
      std::ranges::move(canaries::database_tells(world), std::back_inserter(tally.failures));
      return true;
    });
  for (const auto& [where, said] : {std::pair{"the log", canaries::kept_log()}, {"the metrics", metrics::text()}})
    if (const auto leak = canaries::found_in(said); !leak.empty())
      tally.failures.push_back(std::string(where) + " tells " + leak);
  if (!tally.failures.empty()) std::printf("%s", canaries::kept_log().c_str());
  for (const auto& place : canaries::unnoticed_leaks()) tally.failures.push_back("a leak was not noticed in " + place);
  tally.sent += 5;
  for (const auto& failure : tally.failures) std::printf("%s\n", failure.c_str());
  std::printf("%d passed, %d failed\n", tally.sent - static_cast<int>(tally.failures.size()),
              static_cast<int>(tally.failures.size()));
  return !tally.failures.empty() || tally.sent == 0;
}
