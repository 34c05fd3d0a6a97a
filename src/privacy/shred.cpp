#include "privacy/shred.hpp"

#include <algorithm>
#include <iterator>

#include "base/log.hpp"
#include "core/jobs.hpp"
#include "privacy/audit.hpp"

namespace privacy {
namespace {

struct Decided {
  OrgId org;
  std::int64_t subject;
  Time at;
};
BOOST_DESCRIBE_STRUCT(Decided, (), (org, subject, at))

}  // namespace

void shred(Ctx& c, std::int64_t subject, std::string_view reason) {
  record(c, {.action = "keys.shred", .subject = subject, .reason = reason, .kind = LedgerKind::shredding});
  const auto person = c.org.value ? std::optional(MemberId{subject}) : std::nullopt;
  add_job(c, shredding_job, subject, person, std::chrono::days{365});
}

void destroy_keys(KeyStore& keys, LedgerFiles& ledger, const Shredded& s) {
  ledger.keep(s);
  keys.destroy(s.whose);
  if (keys.has_keys(s.whose, s.at)) throw std::runtime_error("keys that were destroyed are still there");
}

void note_shredded(Ctx& c, std::int64_t subject) {
  record(c, {.action = "keys.shredded", .subject = subject, .kind = LedgerKind::shredding});
}

void shred_again(db::Database& db, KeyStore& keys, LedgerFiles& ledger) {
  std::vector<Shredded> all;
  db.write_now([&](db::Connection& c) {
    all.clear();
    c.each<Decided>(
        "/* across organisations */ select a.org_id, a.subject_id, a.at from privacy_ledger l join privacy_audit a on "
        "a.id = l.reference "
        "where l.kind = 'shredding' and a.action = 'keys.shred' order by a.id",
        [&](const Decided& d) { all.push_back({{d.org, d.subject}, d.at}); });
  });
  std::ranges::copy(ledger.shredded(), std::back_inserter(all));
  if (all.empty()) return;
  if (const auto gone = keys.destroy_again(all)) logging::warn("keys.shredded_again", {{"keys", gone}});
}

}  // namespace privacy
