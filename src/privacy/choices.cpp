#include "privacy/choices.hpp"

#include <algorithm>

#include "base/random.hpp"
#include "privacy/audit.hpp"
#include "privacy/evidence.hpp"
#include "privacy/ledger.hpp"
#include "register/register.hpp"

namespace privacy {
namespace {

using ChoiceId = Id<"cho">;
using FeatureId = Id<"fea">;

struct Count {
  std::string item, purpose;
  std::int64_t times;
  Time last_at;
};
BOOST_DESCRIBE_STRUCT(Count, (), (item, purpose, times, last_at))

bool needs_consent(const Purpose& p) {
  return std::ranges::any_of(
      reg::items, [&](auto* i) { return i->basis == Basis::consent && i->kept == Kept::server && i->serves(p); });
}

std::optional<Matter> find(std::string_view id) {
  const auto all = matters();
  const auto found = std::ranges::find(all, id, &Matter::id);
  return found == all.end() || (found->permission && found->permission->asked == Asked::never) ? std::nullopt
                                                                                               : std::optional(*found);
}

Matter decided_about(std::string_view id) {
  if (const auto found = find(id)) return *found;
  throw Error::invalid("privacy.no_matter", "There is nothing to decide about under this name")
      .at(id.starts_with("PM-") ? "permission" : "purpose");
}

// Of the words that people saw: later, nobody can say that they agreed to others.
db::Bytes text_hash(const Matter& m) {
  std::string text = std::string(m.id) + ' ' + std::to_string(m.version);
  for (const auto part : {m.name.zh, m.name.en, m.says.zh, m.says.en}) (text += '\n') += part;
  if (m.purpose)
    for (auto* i : reg::items)
      if (i->granted() && i->serves(*m.purpose)) ((text += '\n') += i->id) += i->name.zh;
  const auto hash = sha256(text);
  return {hash.begin(), hash.end()};
}

void refuse_programs(const Ctx& c) {
  if (c.who.kind != Actor::Kind::person)
    throw Error::forbidden("privacy.people_only", "Only people decide about their data");
}

void decide(const Ctx& c, const Matter& matter, const std::optional<State>& before, Action action, Surface surface) {
  const bool granted = action == Action::grant;
  const auto ended = granted ? std::nullopt : std::optional(c.now);
  const std::int64_t number = (before ? before->number : 0) + 1;
  const std::int64_t withdrawals = (before ? before->withdrawals : 0) + (granted ? 0 : 1);
  const DecisionRow r{c.fresh<DecisionId>(),
                      c.org,
                      c.who.member,
                      std::string(matter.id),
                      number,
                      boost::describe::enum_to_string(action, "?"),
                      matter.version,
                      text_hash(matter),
                      boost::describe::enum_to_string(surface, "?"),
                      c.who.session,
                      c.who.member,
                      c.now};
  c.db.exec(
      "insert into privacy_decision (id, org_id, member_id, matter, number, action, version, text_hash, surface, "
      "session_id, by_id, at) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      r.id, r.org, r.member, r.matter, r.number, r.action, r.version, r.text_hash, r.surface, r.session, r.by, r.at);
  privacy::enter(c, granted ? LedgerKind::consent : LedgerKind::withdrawal, r);
  c.db.exec(
      "insert into privacy_choice (id, org_id, member_id, matter, granted, version, withdrawals, number, at, ended_at) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (org_id, member_id, matter) do update set granted "
      "= excluded.granted, "
      "version = excluded.version, withdrawals = excluded.withdrawals, number = excluded.number, at = excluded.at, "
      "ended_at = excluded.ended_at",
      c.fresh<ChoiceId>(), c.org, c.who.member, matter.id, granted, matter.version, withdrawals, number, c.now, ended);
}

std::int64_t times(const std::vector<Taken>& taken, const std::vector<std::string>& purposes) {
  std::int64_t sum = 0;
  for (const auto& t : taken)
    if (std::ranges::count(purposes, t.purpose)) sum += t.times;
  return sum;
}

Choice choice(const Ctx& c, const Matter& m, Language language, const std::vector<Taken>& taken) {
  const auto state = state_of(c, c.who.member, m.id);
  std::vector<std::string> purposes;
  std::vector<Served> serves;
  if (m.permission)
    for (auto& p : m.permission->purposes) {
      purposes.emplace_back(p.id);
      serves.push_back({std::string(p.id), std::string(p.name.in(language)), std::string(p.says.in(language))});
    }
  const bool current = state && state->version >= m.version;
  const bool used = !m.permission || m.permission->asked != Asked::never;
  return {.id = std::string(m.id),
          .name = std::string(m.name.in(language)),
          .says = std::string(m.says.in(language)),
          .version = m.version,
          .used = used,
          .closed = m.purpose && is_closed(c, *m.purpose),
          .granted = current && state->granted,
          .may_ask = used && !current,
          .purposes = purposes,
          .serves = serves,
          .decided_at = state ? std::optional(state->at) : std::nullopt,
          .taken = times(taken, m.permission ? purposes : std::vector{std::string(m.id)})};
}

}  // namespace

Matter matter_of(const Purpose& p) { return {p.id, p.version, p.name, p.says, &p, nullptr}; }
Matter matter_of(const Permission& p) { return {p.id, p.version, p.name, p.why, nullptr, &p}; }

std::vector<Matter> matters() {
  std::vector<Matter> all;
  for (auto* p : reg::permissions) all.push_back(matter_of(*p));
  for (auto* p : reg::purposes)
    if (p->kind == Kind::additional || needs_consent(*p)) all.push_back(matter_of(*p));
  return all;
}

std::vector<Matter> permissions_for(const Purpose& purpose) {
  std::vector<Matter> all;
  for (auto* p : reg::permissions)
    for (auto& served : p->purposes)
      if (served.id == purpose.id) all.push_back(matter_of(*p));
  return all;
}

std::optional<State> state_of(const Moment& m, MemberId member, std::string_view matter) {
  return m.db.one<State>(
      "select granted, version, withdrawals, number, at from privacy_choice "
      "where org_id = $1 and member_id = $2 and matter = $3",
      m.org, member, matter);
}

std::vector<Taken> what_was_taken_30_days(const Ctx& c, Language language) {
  const auto since = std::chrono::floor<std::chrono::days>(c.now - std::chrono::days{30}).time_since_epoch().count();
  std::vector<Taken> all;
  c.db.each<Count>(
      "select item, purpose, cast(sum(count) as bigint), max(last_at) from privacy_taking "
      "where org_id = $1 and member_id = $2 and day > $3 group by item, purpose order by item, purpose",
      [&](Count n) {
        const auto* item = reg::item(n.item);
        const auto name = item ? std::string(item->name.in(language)) : n.item;
        all.push_back({std::move(n.item), name, std::move(n.purpose), n.times, n.last_at});
      },
      c.org, c.who.member, std::int64_t{since});
  return all;
}

Choices grants(const Ctx& c, Language language) {
  const auto taken = what_was_taken_30_days(c, language);
  Choices all;
  for (const auto& m : matters())
    (m.permission ? all.permissions : all.purposes).push_back(choice(c, m, language, taken));
  return all;
}

// Withdrawal wins over a grant of the same moment, from whichever device.
void grant(const Ctx& c, std::string_view id, int version, Surface surface) {
  refuse_programs(c);
  const auto matter = decided_about(id);
  if (version != matter.version)
    throw Error::conflict("privacy.matter_changed", "This has changed; please read it again").at("version");
  c.lock(c.who.member);
  if (matter.purpose && is_closed(c, *matter.purpose))
    throw Error::forbidden("privacy.feature_closed", "Your organisation has closed this feature")
        .with("purpose", std::string(id));
  const auto before = state_of(c, c.who.member, id);
  if (before && before->granted && before->version == version) return;
  if (before && !before->granted && before->at >= c.now)
    throw Error::conflict("privacy.withdrawn_since", "This was withdrawn at the same moment");
  decide(c, matter, before, Action::grant, surface);
}

void withdraw(const Ctx& c, std::string_view id, Surface surface) {
  refuse_programs(c);
  const auto matter = decided_about(id);
  c.lock(c.who.member);
  const auto before = state_of(c, c.who.member, id);
  if (before && !before->granted && before->version == matter.version) return;
  decide(c, matter, before, before && before->granted ? Action::withdraw : Action::decline, surface);
}

bool is_feature(const Purpose& p) {
  return p.kind == Kind::additional || p.id == purpose::attendance.id || p.id == purpose::approval.id;
}

bool is_closed(const Moment& m, const Purpose& p) {
  return m.db.value<bool>("select closed from privacy_feature where org_id = $1 and purpose = $2", m.org, p.id)
      .value_or(false);
}

void switch_feature(const Ctx& c, const Purpose& p, bool closed) {
  if (!is_feature(p)) throw Error::invalid("privacy.no_feature", "This cannot be closed").at("purpose");
  record(c, {.action = closed ? "feature.close" : "feature.open", .acting_for = c.org, .purpose = p.id});
  c.db.exec(
      "insert into privacy_feature (id, org_id, purpose, closed, at) values ($1, $2, $3, $4, $5) "
      "on conflict (org_id, purpose) do update set closed = excluded.closed, at = excluded.at",
      c.fresh<FeatureId>(), c.org, p.id, closed, c.now);
}

}  // namespace privacy
