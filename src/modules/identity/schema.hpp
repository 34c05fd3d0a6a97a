#pragma once
#include "db/schema.hpp"
#include "register/items.hpp"
#include "register/retention.hpp"

namespace identity {
using namespace schema;
using enum schema::Type;

// clang-format off
inline constexpr auto accounts = table("identity_account",
    {.no_org = "an account is one per human, across organisations",
     .subjects = {{"id", Erase::delete_row}}, .kept = keep::account,
     .unique = {"login"}},
    Column{"id",         key,    data::staff_link},
    Column{"login",      text,   data::org_login},
    Column{"password",   digest, data::password},
    Column{"created_at", time,   not_personal});

inline constexpr auto memberships = table("identity_membership",
    {.org = "org_id", .subjects = {{"id", Erase::delete_row}}, .kept = keep::account,
     .indexes = {"account_id", "org_id, roles"}},
    Column{"id",         key,     data::staff_link},
    Column{"org_id",     id,      not_personal},
    Column{"account_id", id,      data::staff_link}.nullable(),  // a directory entry exists without an account
    Column{"roles",      integer, data::staff_link},
    Column{"created_at", time,    not_personal});

inline constexpr auto sessions = table("identity_session",
    {.no_org = "a session is the account's; it remembers in which organisation it works",
     .subjects = {{"account_id", Erase::delete_row}}, .kept = keep::cookie, .age = "created_at",
     .indexes = {"account_id, created_at", "expires_at"}, .unique = {"token"}},
    Column{"id",         key,     not_personal},
    Column{"account_id", id,      data::staff_link},
    Column{"member_id",  id,      data::staff_link},
    Column{"token",      digest,  data::cookie},
    Column{"device",     text,    data::device_model}.nullable(),
    Column{"created_at", time,    data::access_time},
    Column{"expires_at", time,    data::access_time});

// Failures by what was typed, not by account: a name that does not exist closes just the same.
inline constexpr auto failures = table("identity_failure",
    {.no_org = "nobody is known yet when a sign-in fails",
     .subjects = {{"login", Erase::retain}}, .kept = keep::cookie, .age = "last_at",
     .indexes = {"last_at"}, .unique = {"login"}},
    Column{"id",      key,     not_personal},
    Column{"login",   digest,  data::org_login},
    Column{"count",   integer, data::access_time},
    Column{"last_at", time,    data::access_time});
// clang-format on

inline constexpr Table tables[] = {accounts, memberships, sessions, failures};

}  // namespace identity
