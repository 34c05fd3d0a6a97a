#pragma once
#include "db/schema.hpp"
#include "register/items.hpp"
#include "register/retention.hpp"

// What proves what happened: the audit, the ledger and the versions of the policy. Rows are only added.
// Their own namespace: the words of a declaration stay out of the engines.
namespace privacy::stored {
using namespace schema;
using enum schema::Type;

// clang-format off
// Who did what to whom, what for and why; who was refused. Written by record() (audit.hpp) in the
// transaction of what it describes. `request` ties the rows of one request together.
inline constexpr auto audit = table("privacy_audit",
    {.org = "org_id", .subjects = {{"actor_member", Erase::retain}, {"actor_account", Erase::retain}, {"subject_id", Erase::retain}},
     .kept = keep::audit, .age = "at", .indexes = {"org_id, at", "org_id, subject_id, at", "actor_member", "actor_account"},
     .append_only = true},
    Column{"id",            key,  not_personal},
    Column{"org_id",        id,   not_personal},
    Column{"at",            time, data::staff_evidence},
    Column{"request",       id,   not_personal},
    Column{"actor",         text, data::staff_evidence},             // what kind of actor
    Column{"actor_member",  id,   data::staff_evidence}.nullable(),
    Column{"actor_account", id,   data::staff_evidence}.nullable(),
    Column{"acting_for",    id,   not_personal}.nullable(),          // the organisation, where it was an office
    Column{"action",        text, data::staff_evidence},
    Column{"subject_id",    id,   data::staff_evidence}.nullable(),
    Column{"item",          text, not_personal}.nullable(),
    Column{"purpose",       text, not_personal},
    Column{"reason",        text, data::staff_evidence}.nullable());

// What must be provable for ever, as digests under a salt of their own: when the row that one is
// about goes, its entry goes with it, and what was exported can no longer be tied to anything.
inline constexpr auto ledger = table("privacy_ledger",
    {.no_org = "one ledger an installation", .unique = {"kind, reference"}, .append_only = true},
    Column{"id",        key,    not_personal},
    Column{"kind",      text,   not_personal},
    Column{"reference", id,     not_personal},
    Column{"salt",      bytes,  not_personal},
    Column{"digest",    digest, not_personal},
    Column{"at",        time,   not_personal});

// Entries without a place in the chain. A row lives from its entry to its place, whatever the clock says.
inline constexpr auto ledger_waiting = table("privacy_ledger_waiting",
    {.no_org = "one ledger an installation"},
    Column{"id", key, not_personal});

// The order of the entries: each hash covers the entry and the hash before it.
inline constexpr auto ledger_chain = table("privacy_ledger_chain",
    {.no_org = "one ledger an installation", .unique = {"entry_id"}, .append_only = true},
    Column{"seq",      key,    not_personal},
    Column{"entry_id", id,     not_personal},
    Column{"hash",     digest, not_personal});

// Every version of the policy that was ever in force here, word for word, in both languages.
inline constexpr auto policies = table("privacy_policy",
    {.no_org = "the policy is the operator's", .unique = {"hash"}, .append_only = true},
    Column{"id",      key,  not_personal},
    Column{"version", text, not_personal},
    Column{"hash",    text, not_personal},
    Column{"at",      time, not_personal},
    Column{"zh",      text, not_personal},
    Column{"en",      text, not_personal});
// clang-format on

}  // namespace privacy::stored
