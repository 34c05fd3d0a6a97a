#pragma once
#include "db/schema.hpp"
#include "register/items.hpp"
#include "register/retention.hpp"

namespace privacy {
using namespace schema;
using enum schema::Type;

// Who accepted which version of the policy, and when. One row a decision; nothing is overwritten.
inline constexpr auto acceptances = table("privacy_acceptance",
    {.no_org = "the policy is the operator's and binds the account in every organisation",
     .subjects = {{"account_id", Erase::retain}}, .kept = keep::consent, .age = "at",
     .unique = {"account_id, policy_hash"}},
    Column{"id",             key,  not_personal},
    Column{"account_id",     id,   data::consent},
    Column{"policy_version", text, data::consent},
    Column{"policy_hash",    text, data::consent},
    Column{"language",       text, data::consent},
    Column{"at",             time, data::consent});

// What a person agreed to, purpose by purpose. Nothing is overwritten but the end.
inline constexpr auto consents = table("privacy_consent",
    {.org = "org_id", .subjects = {{"member_id", Erase::retain}}, .kept = keep::consent, .age = "withdrawn_at",
     .indexes = {"org_id, member_id, purpose"}},
    Column{"id",           key,  not_personal},
    Column{"org_id",       id,   not_personal},
    Column{"member_id",    id,   data::consent},
    Column{"purpose",      text, data::consent},
    Column{"given_at",     time, data::consent},
    Column{"withdrawn_at", time, data::consent}.nullable());

inline constexpr Table tables[] = {acceptances, consents};

}  // namespace privacy
