#pragma once
#include "core/actor.hpp"
#include "db/value.hpp"

// Rows of what is proved by the ledger: it takes the digest of exactly these fields, and those who
// check read them back the same way.
namespace privacy {

using AuditId = Id<"aud">;
using AcceptanceId = Id<"acp">;
using DecisionId = Id<"dec">;

struct AuditRow {
  AuditId id;
  OrgId org;
  Time at;
  std::int64_t request;
  std::string actor;
  std::optional<MemberId> actor_member;
  std::optional<AccountId> actor_account;
  std::optional<OrgId> acting_for;
  std::string action;
  std::optional<std::int64_t> subject;
  std::optional<std::string> item;
  std::string purpose;
  std::optional<std::string> reason;
};
struct AcceptanceRow {
  AcceptanceId id;
  AccountId account;
  std::string policy_version, policy_hash, language;
  Time at;
};
struct DecisionRow {
  DecisionId id;
  OrgId org;
  MemberId member;
  std::string matter;
  std::int64_t number;
  std::string action;
  int version;
  db::Bytes text_hash;
  std::string surface;
  SessionId session;
  MemberId by;
  Time at;
};
BOOST_DESCRIBE_STRUCT(AuditRow, (),
                      (id, org, at, request, actor, actor_member, actor_account, acting_for, action, subject, item,
                       purpose, reason))
BOOST_DESCRIBE_STRUCT(AcceptanceRow, (), (id, account, policy_version, policy_hash, language, at))

BOOST_DESCRIBE_STRUCT(DecisionRow, (),
                      (id, org, member, matter, number, action, version, text_hash, surface, session, by, at))

}  // namespace privacy
