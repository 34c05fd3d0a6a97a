#include "modules/identity/identity.hpp"

#include <sodium.h>

#include "base/random.hpp"
#include "privacy/audit.hpp"

namespace identity {
namespace {

using FailureId = Id<"fail">;
constexpr int failures_allowed = 5;
constexpr auto closed_for = std::chrono::minutes{5};
constexpr auto session_age = std::chrono::days{30};  // R-CK

struct Stored {
  AccountId id;
  db::Bytes password;
};
struct Failures {
  int count;
  Time last_at;
};
struct Membership {
  MemberId id;
  OrgId org;
  int roles;
};
struct Session {
  SessionId id;
  AccountId account;
  MemberId member;
  OrgId org;
  int roles;
  Time expires_at;
};
struct Over {
  SessionId id;
  AccountId account;
};
BOOST_DESCRIBE_STRUCT(Over, (), (id, account))
BOOST_DESCRIBE_STRUCT(Stored, (), (id, password))
BOOST_DESCRIBE_STRUCT(Failures, (), (count, last_at))
BOOST_DESCRIBE_STRUCT(Membership, (), (id, org, roles))
BOOST_DESCRIBE_STRUCT(Session, (), (id, account, member, org, roles, expires_at))

db::Bytes bytes(std::string_view s) { return {s.begin(), s.end()}; }
std::string folded(const SignIn& in) { return text::folded(in.login.value); }
db::Bytes key_of(const SignIn& in) { return bytes(sha256(folded(in))); }

bool fits(const std::string& digest, std::string_view password) {
  return crypto_pwhash_str_verify(digest.c_str(), password.data(), password.size()) == 0;
}

// So that an unknown name takes as long as a wrong password.
const std::string& nobodys_digest() {
  static const std::string digest = password_digest(random_token());
  return digest;
}

std::optional<Failures> failures_of(db::Tx& db, const db::Bytes& key) {
  return db.one<Failures>("select count, last_at from identity_failure where login = $1", key);
}

void refuse_if_closed(const std::optional<Failures>& failed, Time now) {
  if (!failed || failed->count < failures_allowed || now - failed->last_at >= closed_for) return;
  const auto left = std::chrono::ceil<std::chrono::seconds>(closed_for - (now - failed->last_at));
  throw Error{Error::Kind::too_many, "identity.too_many_tries", "Too many failed tries; please wait"}.with(
      "seconds", std::to_string(left.count()));
}

Error wrong() { return Error::unknown_caller("identity.wrong_password", "The name or the password is wrong"); }

void count_failure(Ctx& c, const db::Bytes& key) {
  const auto failed = failures_of(c.db, key);
  const bool afresh = failed && c.now - failed->last_at >= closed_for;
  c.db.exec(
      "insert into identity_failure (id, login, count, last_at) values ($1, $2, $3, $4) "
      "on conflict (login) do update set count = case when $5 then 1 else identity_failure.count + 1 end, last_at = "
      "excluded.last_at",
      c.fresh<FailureId>(), key, 1, c.now, afresh);
}

std::vector<Duty> duties(unsigned roles) {
  std::vector<Duty> all;
  if (roles & static_cast<unsigned>(Role::administrator)) all.push_back(Duty::administrator);
  if (roles & static_cast<unsigned>(Role::auditor)) all.push_back(Duty::auditor);
  if (roles & static_cast<unsigned>(Role::security)) all.push_back(Duty::security);
  return all;
}

}  // namespace

std::string password_digest(std::string_view password) {
  std::string out(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str(out.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    throw Error{Error::Kind::unavailable, "server.busy", "The server is busy; please try again"};
  out.resize(out.find('\0'));
  return out;
}

Checked Identity::check(Beforehand& before, const SignIn& in) {
  if (in.policy.value != policy_.hash)
    throw Error::first("consent.policy_first", "Please read and accept the privacy policy first");
  const auto stored = before.read([&](Ctx& c) {
    refuse_if_closed(failures_of(c.db, key_of(in)), c.now);
    return c.db.one<Stored>("select id, password from identity_account where login = $1", folded(in));
  });
  const auto digest = stored ? std::string(stored->password.begin(), stored->password.end()) : nobodys_digest();
  return {fits(digest, in.password.reveal().value) && stored ? std::optional(stored->id) : std::nullopt};
}

std::expected<SignedIn, Error> Identity::sign_in(Ctx& c, SignIn in, Checked checked) {
  const auto key = key_of(in);
  refuse_if_closed(failures_of(c.db, key), c.now);
  const auto membership = !checked.account ? std::nullopt
                                           : c.db.one<Membership>(
                                                 "/* across organisations */ select id, org_id, roles from "
                                                 "identity_membership where account_id = $1 order by id limit 1",
                                                 *checked.account);
  if (!membership) {
    count_failure(c, key);
    return std::unexpected(wrong());
  }
  c.db.exec("delete from identity_failure where login = $1", key);
  privacy::accept(c, policy_, *checked.account, in.language ? in.language->value : "zh-CN");

  const auto token = random_token();
  const auto session = c.fresh<SessionId>();
  c.db.exec(
      "insert into identity_session (id, account_id, member_id, token, device, created_at, expires_at) "
      "values ($1, $2, $3, $4, $5, $6, $7)",
      session, *checked.account, membership->id, bytes(sha256(token)), in.device, c.now, c.now + session_age);
  const Me me{*checked.account,
              membership->id,
              membership->org,
              session,
              duties(static_cast<unsigned>(membership->roles)),
              true};
  if (in.client == Client::program) return SignedIn{me, token};
  c.out.cookie = Cookie{Secret(token), session_age};
  return SignedIn{me, std::nullopt};
}

Me Identity::me(Ctx& c, Nothing) {
  return {c.who.account, c.who.member,        c.who.org,
          c.who.session, duties(c.who.roles), privacy::accepted(c.db, policy_, c.who.account)};
}

Nothing Identity::admission(Ctx&, Nothing) { return {}; }

Nothing Identity::sign_out(Ctx& c, Nothing) {
  c.db.exec("delete from identity_session where id = $1", c.who.session);
  c.out.reconsidered.push_back(c.who.account);
  c.out.ended.push_back(c.who.session);
  c.out.cookie = Cookie{{}, {}};
  return {};
}

MemberId Identity::add_member(Ctx& c, OrgId org) {
  const auto id = c.fresh<MemberId>();
  c.db.exec("insert into identity_membership (id, org_id, roles, created_at) values ($1, $2, 0, $3)", id, org, c.now);
  return id;
}

AccountId Identity::open_account(Ctx& c, MemberId member, const std::string& login, std::string_view digest) {
  if (c.db.value<std::int64_t>(
          "select id from identity_membership where id = $1 and org_id = $2 and account_id is not null", member, c.org))
    throw Error::conflict("identity.has_account", "This person has an account already").at("member");
  const auto id = c.fresh<AccountId>();
  c.db.exec("insert into identity_account (id, login, password, created_at) values ($1, $2, $3, $4)", id,
            text::folded(login), bytes(digest), c.now);
  c.db.exec("update identity_membership set account_id = $1 where id = $2 and org_id = $3", id, member, c.org);
  return id;
}

void Identity::grant(Ctx& c, MemberId member, Role role) {
  c.db.exec("update identity_membership set roles = $1 where id = $2 and org_id = $3", static_cast<int>(role), member,
            c.org);
  privacy::record(
      c,
      {.action = "role.grant", .subject = member.value, .acting_for = c.org, .kind = privacy::LedgerKind::appointment});
}

OrgId Identity::org_of(db::Tx& db, MemberId member) const {
  const auto org =
      db.value<OrgId>("/* across organisations */ select org_id from identity_membership where id = $1", member);
  if (!org) throw Error::missing("identity.no_member", "There is no such person");
  return *org;
}

void Identity::purge(Ctx& c) {
  const auto all = c.db.all<Over>(
      "select id, account_id from identity_session where expires_at <= $1 order by expires_at limit 1000", c.now);
  for (const auto& over : all) {
    c.db.exec("delete from identity_session where id = $1", over.id);
    c.out.reconsidered.push_back(over.account);
    c.out.ended.push_back(over.id);
  }
  privacy::expired(c, "identity_session", std::ssize(all));
  privacy::expired(c, "identity_failure",
                   c.db.exec("delete from identity_failure where last_at <= $1", c.now - closed_for));
}

std::optional<Caller> Identity::caller(db::Tx& db, std::string_view token_hash, Time now) const {
  const auto found = db.one<Session>(
      "/* across organisations */ select s.id, s.account_id, s.member_id, m.org_id, m.roles, s.expires_at from "
      "identity_session s "
      "join identity_membership m on m.id = s.member_id and m.account_id = s.account_id where s.token = $1 and "
      "s.expires_at > $2",
      bytes(token_hash), now);
  if (!found) return std::nullopt;
  return Caller{.actor = {.kind = Actor::Kind::person,
                          .account = found->account,
                          .member = found->member,
                          .org = found->org,
                          .session = found->id,
                          .roles = static_cast<unsigned>(found->roles)},
                .accepted = privacy::accepted(db, policy_, found->account),
                .until = found->expires_at};
}

}  // namespace identity
