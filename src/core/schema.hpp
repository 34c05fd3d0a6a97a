#pragma once
#include "db/schema.hpp"
#include "register/items.hpp"
#include "register/retention.hpp"

namespace core {
using namespace schema;
using enum schema::Type;

// clang-format off
// What must happen for sure after a verb: one row, written in its transaction.
inline constexpr auto jobs = table("core_job",
    {.no_org = "the operator runs them; each names the organisation it works for",
     .subjects = {{"subject_id", Erase::delete_row}}, .kept = keep::account,
     .indexes = {"state, run_at, id", "kind"}},
    Column{"id",         key,     not_personal},
    Column{"org_id",     id,      not_personal},
    Column{"kind",       text,    not_personal},
    Column{"reference",  integer, not_personal},
    Column{"subject_id", id,      data::staff_link}.nullable(),
    Column{"state",      text,    not_personal},
    Column{"attempts",   integer, not_personal},
    Column{"run_at",     time,    not_personal},
    Column{"expires_at", time,    not_personal},
    Column{"error",      text,    not_personal}.nullable());

// Where each numbered log stands: a conversation's or a person's inbox. Its id is that of what it belongs to.
inline constexpr auto logs = table("core_log",
    {.no_org = "a number says nothing; the room whose log it is decides who may ask"},
    Column{"id",    key,     not_personal},
    Column{"head",  integer, not_personal},
    Column{"first", integer, not_personal},
    Column{"at",    time,    not_personal});

// Who makes ids with which number.
inline constexpr auto nodes = table("core_node",
    {.no_org = "a node serves every organisation"},
    Column{"id",    key,     not_personal},
    Column{"owner", integer, not_personal}.nullable(),
    Column{"until", time,    not_personal});
// clang-format on

inline constexpr Table tables[] = {jobs, logs, nodes};

}  // namespace core
