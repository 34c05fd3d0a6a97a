#include "privacy/policies.hpp"

#include "base/random.hpp"
#include "base/text.hpp"
#include "privacy/ledger.hpp"
#include "register/purposes.hpp"

namespace privacy {

static constexpr std::int64_t keeping = 3;  // one node at a time

std::string words_of(const Policy& p) {
  auto bare = p;
  bare.hash.clear();
  bare.effective_at = {};
  return json::dump(bare);
}

std::string hash_of_words(std::string_view zh, std::string_view en) {
  return ::text::hex(sha256(std::string(zh) + "\n" + std::string(en)));
}

void keep_policy(db::Tx& db, Ids& ids, Time now, const Policy& zh, const Policy& en) {
  db.lock(keeping);
  db.exec(
      "insert into privacy_policy (id, version, hash, at, zh, en) values ($1, $2, $3, $4, $5, $6) on conflict (hash) "
      "do nothing",
      ids.next(now), en.version, en.hash, now, words_of(zh), words_of(en));
  const Actor program{.kind = Actor::Kind::system};
  Outbox nothing;
  const Moment m{program, {}, now, purpose::rights, db, ids, nothing};
  for (const auto& row :
       db.all<PolicyRow>("select id, version, hash, at, zh, en from privacy_policy p where not exists "
                         "(select 1 from privacy_ledger l where l.kind = 'policy' and l.reference = "
                         "p.id) order by id"))
    enter(m, LedgerKind::policy, row);
}

std::vector<PolicyRow> policies_kept(db::Tx& db) {
  return db.all<PolicyRow>("select id, version, hash, at, zh, en from privacy_policy order by id");
}

}  // namespace privacy
