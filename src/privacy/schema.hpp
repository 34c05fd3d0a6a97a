#pragma once
#include "db/schema.hpp"
#include "privacy/evidence_schema.hpp"
#include "register/items.hpp"
#include "register/retention.hpp"

// Their own namespace: the words of a declaration stay out of the engines.
namespace privacy::stored {
using namespace schema;
using enum schema::Type;

// Who accepted which version of the policy, and when. One row a decision; nothing is overwritten.
inline constexpr auto acceptances =
    table("privacy_acceptance",
          {.no_org = "the policy is the operator's and binds the account in every organisation",
           .subjects = {{"account_id", Erase::retain}},
           .kept = keep::consent,
           .age = "at",
           .unique = {"account_id, policy_hash"},
           .append_only = true},
          Column{"id", key, not_personal}, Column{"account_id", id, data::consent},
          Column{"policy_version", text, data::consent}, Column{"policy_hash", text, data::consent},
          Column{"language", text, data::consent}, Column{"at", time, data::consent});

// clang-format off
// Every decision about a purpose (PU-10.1) or a device permission (PM-04), numbered per person and
// matter without gaps. The last one holds, and ends the one before it. Nothing is overwritten.
inline constexpr auto decisions = table("privacy_decision",
    {.org = "org_id", .subjects = {{"member_id", Erase::retain}}, .kept = keep::consent, .age = "at",
     .over = "action <> 'grant' or exists (select 1 from privacy_decision n where n.org_id = privacy_decision.org_id "
             "and n.member_id = privacy_decision.member_id and n.matter = privacy_decision.matter "
             "and n.number = privacy_decision.number + 1 and n.at < $1)",
     .unique = {"org_id, member_id, matter, number"}, .append_only = true},
    Column{"id",         key,     not_personal},
    Column{"org_id",     id,      not_personal},
    Column{"member_id",  id,      data::consent},
    Column{"matter",     text,    data::consent},
    Column{"number",     integer, data::consent},
    Column{"action",     text,    data::consent},
    Column{"version",    integer, data::consent},
    Column{"text_hash",  digest,  data::consent},  // of the words that were shown
    Column{"surface",    text,    data::consent},
    Column{"session_id", id,      data::consent},
    Column{"by_id",      id,      data::consent},  // the person, or a guardian
    Column{"at",         time,    data::consent});

// What holds now: the last decision of each, and how often it was withdrawn.
inline constexpr auto choices = table("privacy_choice",
    {.org = "org_id", .subjects = {{"member_id", Erase::delete_row}}, .kept = keep::consent, .age = "ended_at",
     .unique = {"org_id, member_id, matter"}},
    Column{"id",          key,     not_personal},
    Column{"org_id",      id,      not_personal},
    Column{"member_id",   id,      data::consent},
    Column{"matter",      text,    data::consent},
    Column{"granted",     boolean, data::consent},
    Column{"version",     integer, data::consent},
    Column{"withdrawals", integer, data::consent},
    Column{"number",      integer, data::consent},
    Column{"at",          time,    data::consent},
    Column{"ended_at",    time,    data::consent}.nullable());

// How often the gate let something be taken, by day.
inline constexpr auto takings = table("privacy_taking",
    {.org = "org_id", .subjects = {{"member_id", Erase::delete_row}}, .kept = keep::log, .age = "last_at",
     .unique = {"org_id, member_id, day, item, purpose"}},
    Column{"id",        key,     not_personal},
    Column{"org_id",    id,      not_personal},
    Column{"member_id", id,      data::access_time},
    Column{"day",       integer, data::access_time},
    Column{"item",      text,    data::access_time},
    Column{"purpose",   text,    data::access_time},
    Column{"count",     integer, data::access_time},
    Column{"last_at",   time,    data::access_time});

// What an organisation has closed: nothing is collected for it.
inline constexpr auto features = table("privacy_feature",
    {.org = "org_id", .unique = {"org_id, purpose"}},
    Column{"id",      key,     not_personal},
    Column{"org_id",  id,      not_personal},
    Column{"purpose", text,    not_personal},
    Column{"closed",  boolean, not_personal},
    Column{"at",      time,    not_personal});
// clang-format on

inline constexpr Table tables[] = {acceptances, decisions, choices,        takings,      features,
                                   audit,       ledger,    ledger_waiting, ledger_chain, policies};

}  // namespace privacy::stored
