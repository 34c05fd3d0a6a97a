#include "privacy/audit.hpp"

#include <fmt/format.h>

#include <utility>

#include "privacy/evidence.hpp"

namespace privacy {
namespace {

using RequestId = Id<"req">;

std::string word(Actor::Kind k) {
  switch (k) {
    case Actor::Kind::nobody: return "nobody";
    case Actor::Kind::person: return "person";
    case Actor::Kind::program: return "program";
    case Actor::Kind::system: return "system";
  }
  std::unreachable();
}

std::optional<std::string> said(std::string_view s) { return s.empty() ? std::nullopt : std::optional<std::string>(s); }
template <class AnyId>
std::optional<AnyId> known(AnyId id) {
  return id.value ? std::optional(id) : std::nullopt;
}

AuditRow row_of(const Moment& m, const Act& act) {
  if (!m.out.request) m.out.request = m.fresh<RequestId>().value;
  return {m.fresh<AuditId>(),
          m.org,
          m.now,
          m.out.request,
          word(m.who.kind),
          known(m.who.member),
          known(m.who.account),
          act.acting_for,
          std::string(act.action),
          act.subject,
          said(act.item),
          std::string(act.purpose.empty() ? m.purpose.id : act.purpose),
          said(act.reason)};
}

}  // namespace

void record(const Moment& m, const Act& act) {
  try {
    const auto r = row_of(m, act);
    m.db.exec(
        "insert into privacy_audit (id, org_id, at, request, actor, actor_member, actor_account, acting_for, "
        "action, subject_id, item, purpose, reason) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        r.id, r.org, r.at, r.request, r.actor, r.actor_member, r.actor_account, r.acting_for, r.action, r.subject,
        r.item, r.purpose, r.reason);
    enter(m, act.kind, r);
  } catch (const std::logic_error&) {
    throw Error{Error::Kind::unavailable, "privacy.audit_unavailable",
                "This cannot be recorded now, so it is not done"};
  }
}

void expired(const Moment& m, std::string_view table, std::int64_t rows) {
  if (rows == 0) return;
  record(m, {.action = "expired", .reason = fmt::format("{}:{}", table, rows), .kind = LedgerKind::expiry});
}

}  // namespace privacy
