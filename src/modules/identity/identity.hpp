#pragma once
#include "core/callers.hpp"
#include "core/router.hpp"
#include "privacy/acceptance.hpp"

// Accounts, memberships and sessions: who is calling, and as a member of which organisation.
namespace identity {

BOOST_DEFINE_ENUM_CLASS(Client, browser, program)
BOOST_DEFINE_ENUM_CLASS(Duty, administrator, auditor, security)

struct SignIn {
  Line<64> login;
  Secret<Line<200>> password;
  Line<64> policy;  // the hash of the policy that was accepted on this device
  Client client;
  std::optional<Line<80>> device;
  std::optional<Line<10>> language;
};
struct Me {
  AccountId account;
  MemberId member;
  OrgId org;
  SessionId session;
  std::vector<Duty> roles;
  bool policy_accepted;
};
struct SignedIn {
  Me me;
  std::optional<std::string> token;
};  // a program keeps its token itself
struct Nothing {};

BOOST_DESCRIBE_STRUCT(SignIn, (), (login, password, policy, client, device, language))
BOOST_DESCRIBE_STRUCT(Me, (), (account, member, org, session, roles, policy_accepted))
BOOST_DESCRIBE_STRUCT(SignedIn, (), (me, token))
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

// What the step before the transaction found: an account whose password fits, or none.
struct Checked {
  std::optional<AccountId> account;
};

class Identity {
 public:
  explicit Identity(const privacy::InForce& policy) : policy_(policy) {}

  // Verbs.
  Checked check(Beforehand&, const SignIn&);
  std::expected<SignedIn, Error> sign_in(Ctx&, SignIn, Checked);
  Me me(Ctx&, Nothing);
  Nothing admission(Ctx&, Nothing);  // that the route lets one through is the answer
  Nothing sign_out(Ctx&, Nothing);

  // For other rooms and for the program itself.
  MemberId add_member(Ctx&, OrgId);  // without an account
  AccountId open_account(Ctx&, MemberId, const std::string& login, std::string_view password_digest);
  void grant(Ctx&, MemberId, Role);
  void purge(Ctx&);  // sessions and failures that are over

  OrgId org_of(db::Tx&, MemberId) const;  // throws identity.no_member

  // Whom a token stands for; empty when it is unknown or over.
  std::optional<Caller> caller(db::Tx&, std::string_view token_hash, Time now) const;

 private:
  const privacy::InForce& policy_;
};

// Argon2id, about 0.1 s and 64 MiB: never on a database thread.
std::string password_digest(std::string_view password);

void routes(Router&, Identity&);

}  // namespace identity
