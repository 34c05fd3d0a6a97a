#pragma once
#include "core/ctx.hpp"
#include "privacy/publish.hpp"

namespace privacy {

// A version of the policy as it was in force here, word for word.
struct PolicyRow {
  Id<"pol"> id;
  std::string version, hash;
  Time at;
  std::string zh, en;
};
BOOST_DESCRIBE_STRUCT(PolicyRow, (), (id, version, hash, at, zh, en))

std::string words_of(const Policy&);  // what the hash covers, of one language
std::string hash_of_words(std::string_view zh, std::string_view en);

// Keeps the policy in force for ever, from the first time it is; once a hash, with an entry in the ledger.
void keep_policy(db::Tx&, Ids&, Time now, const Policy& zh, const Policy& en);
std::vector<PolicyRow> policies_kept(db::Tx&);  // in the order they came

}  // namespace privacy
