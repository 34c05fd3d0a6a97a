#pragma once
#include <filesystem>

#include "core/router.hpp"
#include "db/look.hpp"
#include "privacy/publish.hpp"

// Holds an installation against the clauses of docs/privacy/clauses.tsv, and says of each what is so.
namespace privacy {

// What is looked at: the store as it is, the folder, and what this program would serve from them.
struct Installation {
  std::filesystem::path folder, witness;  // the witness of the ledger; empty if there is none
  db::Connection& data;
  schema::Dialect dialect;
  std::span<const schema::Table> tables;
  const Router& router;
  Policy zh, en;
  std::string database, keys;   // where the data and the keys are
  std::string address;          // it listens on
  std::string certificate_key;  // empty: no TLS
  Time now;
};

// Why something does not hold; holding needs no words.
struct Finding {
  std::string why = {};
  bool holds() const { return why.empty(); }
};

// One thing that can be seen, and the clauses that need it. A clause holds when it has checks and
// all of them are fine.
struct Check {
  std::string_view name;
  std::string_view clauses;  // "1.6-1 2.1.A-0"
  Finding (*look)(const Installation&);
};
std::span<const Check> checks_of_tables();
std::span<const Check> checks_of_policy();
std::span<const Check> checks_of_people();
std::span<const Check> checks_of_doors();
std::span<const Check> checks_of_ledger();
std::vector<Check> all_checks();

struct Clause {
  std::string id, state, behaviour, behaviour_zh;
};  // a row of clauses.tsv
const std::vector<Clause>& clauses();

struct Verdict {
  std::string clause, state;  // "holds", "does not hold", "waits for ROOM", "declared by …", "recorded by …"
  std::string behaviour;
  std::vector<std::string> why;
};
BOOST_DESCRIBE_STRUCT(Verdict, (), (clause, state, behaviour, why))

// `fallen`: what each check that is not fine said, by its name.
struct Proof {
  std::vector<Verdict> clauses;
  std::map<std::string, std::string> fallen;
  std::map<std::string, std::int64_t> summary;  // how many clauses are in each state
};
BOOST_DESCRIBE_STRUCT(Proof, (), (clauses, fallen, summary))
Proof prove(const Installation&, Language = Language::en);  // in which the behaviours are told

// What must be so before anything personal is served: throws std::runtime_error that says what is not.
void must_be_protected(const Installation&);

}  // namespace privacy
