#include "privacy/prove.hpp"

#include <set>

// docs/privacy/clauses.tsv, put in by the build.
extern const std::string_view carillon_clauses;

namespace privacy {
namespace {

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> all;
  while (!text.empty()) {
    const auto end = std::min(text.find(at), text.size());
    if (end > 0) all.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return all;
}

Finding look(const Check& check, const Installation& in) {
  try {
    return check.look(in);
  } catch (const std::exception& e) { return {std::string("it cannot be checked: ") + e.what()}; }
}

using Reasons = std::map<std::string, std::vector<std::string>, std::less<>>;

// Without a check a promise is only a promise.
Verdict judge(const Clause& c, const Reasons& reasons, Language language) {
  const auto& behaviour = language == Language::zh_CN ? c.behaviour_zh : c.behaviour;
  if (c.state != "checked") return {c.id, c.state, behaviour, {}};
  const auto found = reasons.find(c.id);
  if (found == reasons.end()) return {c.id, "does not hold", behaviour, {"nothing checks it yet"}};
  return {c.id, found->second.empty() ? "holds" : "does not hold", behaviour, found->second};
}

}  // namespace

std::vector<Check> all_checks() {
  std::vector<Check> all;
  for (auto part : {checks_of_tables(), checks_of_policy(), checks_of_people(), checks_of_doors(), checks_of_ledger()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

const std::vector<Clause>& clauses() {
  static const auto all = [] {
    std::vector<Clause> read;
    for (auto& line : split(carillon_clauses, '\n'))
      if (const auto cells = split(line, '\t'); cells.size() == 4 && cells[0] != "clause")
        read.push_back({cells[0], cells[1], cells[2], cells[3]});
    return read;
  }();
  return all;
}

Proof prove(const Installation& in, Language language) {
  Proof proof;
  Reasons reasons;
  for (const auto& check : all_checks()) {
    const auto found = look(check, in);
    if (!found.holds()) proof.fallen.emplace(check.name, found.why);
    for (auto& clause : split(check.clauses, ' ')) {
      auto& why = reasons[clause];
      if (!found.holds()) why.push_back(found.why);
    }
  }
  for (auto& clause : clauses()) {
    proof.clauses.push_back(judge(clause, reasons, language));
    ++proof.summary[proof.clauses.back().state];
  }
  return proof;
}

void must_be_protected(const Installation& in) {
  constexpr std::array needed{"tables_as_declared", "evidence_stays",      "sensitive_sealed",
                              "files_are_private",  "tls_for_other_hosts", "named_before_others_come",
                              "memory_private",     "keys_apart"};
  for (const auto& check : all_checks()) {
    if (std::ranges::find(needed, check.name) == needed.end()) continue;
    if (const auto found = look(check, in); !found.holds())
      throw std::runtime_error("nothing personal is served: " + found.why + " (" + std::string(check.name) + ")");
  }
}

}  // namespace privacy
