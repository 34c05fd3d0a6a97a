#include "privacy/acceptance.hpp"

namespace privacy {
using AcceptanceId = Id<"acp">;

bool accepted(db::Tx& db, const InForce& policy, AccountId account) {
  return db.value<std::int64_t>("select id from privacy_acceptance where account_id = $1 and policy_hash = $2", account,
                                policy.hash).has_value();
}

void accept(Ctx& c, const InForce& policy, AccountId account, std::string_view language) {
  c.db.exec("insert into privacy_acceptance (id, account_id, policy_version, policy_hash, language, at) "
            "values ($1, $2, $3, $4, $5, $6) on conflict (account_id, policy_hash) do nothing",
            c.fresh<AcceptanceId>(), account, policy.version, policy.hash, language, c.now);
  c.out.reconsidered.push_back(account);
}

}  // namespace privacy
