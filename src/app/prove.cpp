#include <cstdio>
#include <fstream>

#include "app/commands.hpp"
#include "app/installation.hpp"
#include "privacy/ledger_verify.hpp"

privacy::Installation installation_of(const Settings& s, const Router& router, db::Connection& data, Time now) {
  const auto published = published_by(s);
  return {s.data,    s.witness,         data,         db::dialect_of(database_of(s)), app::all_tables,
          router,    published.zh,      published.en, database_of(s).address,         keys_of(s).address,
          s.address, s.certificate_key, now};
}

namespace {

Time now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

// The key itself, or the file that holds it.
std::string key_in(const std::string& given) {
  std::ifstream file(given);
  std::string key;
  return file && file >> key ? key : given;
}

int prove_ledger(const std::string& folder, const std::string& key, const std::string& witness) {
  if (key.empty())
    throw std::runtime_error("--ledger needs --key, the public key that was noted when the installation began");
  const auto report = privacy::verify_ledger(folder, key_in(key), witness);
  for (const auto& problem : report.problems) std::printf("%s\n", problem.c_str());
  std::printf("%lld lines, head %s, %s\n", static_cast<long long>(report.lines), report.hash.c_str(),
              report.problems.empty() ? "whole and in order" : "NOT in order");
  if (witness.empty())
    std::printf("no witness was named: an end cut off together with its checkpoints would not be seen\n");
  return report.problems.empty() ? 0 : 1;
}

// The states as people read them; JSON keeps the English words, for programs.
std::string in_words(const std::string& state, Language language) {
  static const std::map<std::string, std::string> known{{"holds", "成立"},
                                                        {"does not hold", "不成立"},
                                                        {"declared by the operator", "由运营者声明"},
                                                        {"recorded by people", "由人记录"}};
  constexpr std::string_view waits = "waits for ";
  if (language == Language::en) return state;
  if (state.starts_with(waits)) return "等待 " + state.substr(waits.size());
  return known.at(state);
}

void print(const privacy::Proof& proof, Language language) {
  for (const auto& v : proof.clauses) {
    std::printf("%-14s %-24s %s\n", v.clause.c_str(), in_words(v.state, language).c_str(), v.behaviour.c_str());
    for (const auto& why : v.why) std::printf("%-14s   - %s\n", "", why.c_str());
  }
  std::printf("\n");
  for (const auto& [state, count] : proof.summary)
    std::printf("%5lld  %s\n", static_cast<long long>(count), in_words(state, language).c_str());
}

// The routes exist only in an assembled program: this one has an empty database in memory. What is
// checked is the real one.
int prove_installation(const Settings& settings, bool as_json, Language language) {
  const auto data = db::look(database_of(settings), app::all_tables);
  Settings elsewhere = settings;
  elsewhere.database = "sqlite::memory:";
  return assemble(elsewhere, now, [&](App app) {
    const auto proof = privacy::prove(installation_of(settings, app.router, *data, now()), language);
    if (as_json) std::printf("%s\n", json::dump(proof).c_str());
    else print(proof, language);
    return proof.summary.contains("does not hold") ? 1 : 0;
  });
}

}  // namespace

int commands::prove(const Settings& settings, const Arguments& words) {
  if (const auto folder = option(words, "--ledger"); !folder.empty())
    return prove_ledger(folder, option(words, "--key"), settings.witness);
  return prove_installation(settings, has(words, "--json"), language_in(words));
}
