#include "privacy/acceptance.hpp"

#include "privacy/evidence.hpp"
#include "privacy/ledger.hpp"

namespace privacy {

bool accepted(db::Tx& db, const InForce& policy, AccountId account) {
  return db
      .value<std::int64_t>("select id from privacy_acceptance where account_id = $1 and policy_hash = $2", account,
                           policy.hash)
      .has_value();
}

void accept(const Moment& c, const InForce& policy, AccountId account, std::string_view language) {
  const AcceptanceRow r{c.fresh<AcceptanceId>(), account, policy.version, policy.hash, std::string(language), c.now};
  const auto written = c.db.exec(
      "insert into privacy_acceptance (id, account_id, policy_version, policy_hash, language, at) "
      "values ($1, $2, $3, $4, $5, $6) on conflict (account_id, policy_hash) do nothing",
      r.id, r.account, r.policy_version, r.policy_hash, r.language, r.at);
  if (written) enter(c, LedgerKind::acceptance, r);
  c.out.reconsidered.push_back(account);
}

}  // namespace privacy
