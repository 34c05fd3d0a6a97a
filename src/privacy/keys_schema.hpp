#pragma once
#include "db/schema.hpp"
#include "register/items.hpp"
#include "register/retention.hpp"

// The tables of the key store, a database of its own: keys and data never share a backup.
namespace privacy::keystore {
using namespace schema;
using enum schema::Type;

// clang-format off
// What the root key wraps: an organisation's key over its data keys ("wrap"), and the key of its
// indexes ("index"). Organisation 0 is the installation itself.
inline constexpr auto masters = table("privacy_master_key",
    {.no_org = "organisation 0 is the installation itself", .unique = {"org_id, kind, epoch"}},
    Column{"id",         key,     not_personal},
    Column{"org_id",     id,      not_personal},
    Column{"kind",       text,    not_personal},
    Column{"epoch",      integer, not_personal},
    Column{"root_epoch", integer, not_personal},
    Column{"wrapped",    bytes,   not_personal},
    Column{"created_at", time,    not_personal});

// What opens a sealed value: a key per subject, purpose and epoch, or one for a single blob (without
// purpose). `retired`: seals nothing new. Destroyed: `wrapped` is gone, the row says when.
inline constexpr auto data_keys = table("privacy_data_key",
    {.no_org = "a sealed value names its key, and organisation 0 is the installation itself",
     .subjects = {{"subject_id", Erase::delete_row}}, .kept = keep::account,
     .indexes = {"org_id, wrapped_by", "subject_id", "retired_at", "destroyed_at"},
     .unique = {"org_id, subject_id, purpose, epoch"}},
    Column{"id",           key,     not_personal},
    Column{"org_id",       id,      not_personal},
    Column{"subject_id",   id,      data::staff_link}.nullable(),
    Column{"purpose",      text,    not_personal}.nullable(),
    Column{"epoch",        integer, not_personal}.nullable(),
    Column{"wrapped_by",   integer, not_personal},
    Column{"wrapped",      bytes,   not_personal}.nullable(),
    Column{"created_at",   time,    not_personal},
    Column{"retired_at",   time,    not_personal}.nullable(),
    Column{"destroyed_at", time,    not_personal}.nullable());
// clang-format on

inline constexpr Table tables[] = {masters, data_keys};

}  // namespace privacy::keystore
