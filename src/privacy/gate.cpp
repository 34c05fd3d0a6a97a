#include "privacy/gate.hpp"

#include "privacy/audit.hpp"
#include "privacy/choices.hpp"
#include "privacy/envelope.hpp"

namespace privacy {
namespace {

using TakingId = Id<"tak">;

Error closed(const Purpose& p) {
  return Error::forbidden("privacy.feature_closed", "Your organisation has closed this feature")
      .with("purpose", std::string(p.id));
}
Error needs_consent(const Purpose& p) {
  return Error::first("privacy.consent_needed", "This needs your consent first").with("purpose", std::string(p.id));
}
Error needs_permission(std::string_view id) {
  return Error::first("privacy.permission_needed", "This needs a permission of your device first")
      .with("permission", std::string(id));
}
Error withdrawn_since() {
  return Error::conflict("privacy.withdrawn_since", "This was begun before you withdrew your consent");
}

// What people decided about one matter, or about several of which any will do.
struct Verdict {
  bool given = false, late = false;  // late: given after the collecting began
  std::int64_t withdrawals = 0;
};

Verdict judge(const Moment& m, MemberId subject, const Matter& matter, const Began& began) {
  const auto state = state_of(m, subject, matter.id);
  if (!state) return {};
  return {state->granted && state->version >= matter.version, began.at && *began.at < state->at, state->withdrawals};
}

Verdict judge_any(const Moment& m, MemberId subject, const std::vector<Matter>& matters, const Began& began) {
  Verdict all{.late = true};
  for (const auto& matter : matters) {
    const auto one = judge(m, subject, matter, began);
    all.given |= one.given;
    all.late &= !one.given || one.late;
    all.withdrawals += one.withdrawals;
  }
  return all;
}

}  // namespace

void ConsentGate::enter(bool writes) {
  if (writes) refuse_closed(m_.purpose);
}

void ConsentGate::record(const std::vector<Denial>& denials) {
  for (const auto& d : denials)
    privacy::record(m_,
                    {.action = "denied", .subject = d.subject, .item = d.item, .reason = d.code, .purpose = d.purpose});
}

void ConsentGate::refuse(Error e, const Purpose& purpose, const Item* item, std::optional<std::int64_t> subject) {
  m_.out.denied.push_back({e.code, subject, item ? item->id : "", purpose.id});
  throw e;
}

void ConsentGate::refuse_closed(const Purpose& purpose) {
  if (is_feature(purpose) && is_closed(m_, purpose)) refuse(closed(purpose), purpose);
}

// Takes the lock that withdrawal takes: what is written afterwards was allowed until its commit.
std::int64_t ConsentGate::demand(const Item& item, const Purpose& purpose, MemberId subject, const Began& began) {
  m_.lock(subject);
  refuse_closed(purpose);
  const auto no = [&](Error e) { refuse(std::move(e), purpose, &item, subject.value); };
  Verdict all;
  if (item.basis == Basis::consent) {
    all = judge(m_, subject, matter_of(purpose), began);
    if (!all.given) no(needs_consent(purpose));
  }
  const auto permissions = began.through ? std::vector{matter_of(*began.through)} : permissions_for(purpose);
  if (item.basis == Basis::permission || !permissions.empty()) {
    const auto device = judge_any(m_, subject, permissions, began);
    if (!device.given) no(needs_permission(permissions.empty() ? "" : permissions.front().id));
    all.late |= device.late;
    all.withdrawals += device.withdrawals;
  }
  if (all.late || (began.withdrawals && *began.withdrawals != all.withdrawals)) no(withdrawn_since());
  return all.withdrawals;
}

db::Bytes ConsentGate::seal(const Item& item, const Purpose& purpose, Subject subject, std::string_view plain) {
  return enclose(item, keys_.make(owner(subject), purpose), plain);
}

std::optional<std::string> ConsentGate::open(const Item& item, const Purpose& purpose, Subject subject,
                                             const db::Bytes& sealed, std::optional<Reason> why) {
  if (m_.who.kind == Actor::Kind::nobody)
    refuse(Error::unknown_caller("identity.sign_in_first", "Please sign in"), purpose, &item, subject.id);
  if (m_.who.operating && item.controller == Controller::organisation)
    refuse(Error::forbidden("privacy.not_the_operators", "This is the organisation's, not the operator's"), purpose,
           &item, subject.id);
  if (item.sensitive() && !own(subject)) {
    if (!why) throw std::logic_error("opening what is sensitive about somebody else needs a reason");
    privacy::record(
        m_, {.action = "read", .subject = subject.id, .item = item.id, .reason = why->code, .purpose = purpose.id});
  }
  const auto id = key_of(sealed);
  const auto key = id ? keys_.find(*id) : std::nullopt;
  if (!key) return std::nullopt;
  auto plain =
      owner(subject) == Owner{key->org, key->subject.value_or(0)} ? disclose(item, *key, sealed) : std::nullopt;
  if (!plain) throw std::runtime_error("a sealed value was altered, or moved to another row");
  return plain;
}

std::optional<db::Bytes> ConsentGate::index(const Item& item, std::string_view plain, bool before) {
  const auto scope = index_scope(item, m_.org);
  const auto key = before ? keys_.index_before(scope) : std::optional(keys_.index(scope));
  return key ? std::optional(index_of(item, *key, plain)) : std::nullopt;
}

Owner ConsentGate::owner(Subject s) const { return {s.account ? OrgId{} : m_.org, s.id}; }
bool ConsentGate::own(Subject s) const {
  return m_.who.kind == Actor::Kind::person && s.id == (s.account ? m_.who.account.value : m_.who.member.value);
}

void ConsentGate::took(const Item& item, const Purpose& purpose, MemberId subject) {
  const auto day = std::chrono::floor<std::chrono::days>(m_.now).time_since_epoch().count();
  m_.db.exec(
      "insert into privacy_taking (id, org_id, member_id, day, item, purpose, count, last_at) values ($1, $2, $3, $4, "
      "$5, $6, 1, $7) "
      "on conflict (org_id, member_id, day, item, purpose) do update set count = privacy_taking.count + 1, last_at = "
      "excluded.last_at",
      m_.fresh<TakingId>(), m_.org, subject, std::int64_t{day}, item.id, purpose.id, m_.now);
}

}  // namespace privacy
