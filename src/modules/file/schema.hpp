#pragma once
#include "db/schema.hpp"
#include "register/items.hpp"
#include "register/retention.hpp"

namespace file {
using namespace schema;
using enum schema::Type;

// clang-format off
// Uploads under way. `received` is what is on disk; `withdrawals` is how often the permission of its
// source had been withdrawn when it began. Its id becomes the file's.
inline constexpr auto uploads = table("file_upload",
    {.org = "org_id", .subjects = {{"owner_id", Erase::delete_row}}, .kept = keep::draft, .age = "at",
     .indexes = {"at, id", "org_id, owner_id, size"}, .unique = {"blob_id"}},
    Column{"id",          key,     not_personal},
    Column{"org_id",      id,      not_personal},
    Column{"owner_id",    id,      data::staff_link},
    Column{"at",          time,    data::drive_file},
    Column{"name",        text,    data::drive_file},
    Column{"size",        integer, not_personal},
    Column{"received",    integer, not_personal},
    Column{"source",      text,    not_personal},
    Column{"withdrawals", integer, not_personal}.nullable(),
    Column{"blob_id",     blob,    data::drive_file});

// Files. Of one that came by a permission of the device, `source` says so: nothing else may write it.
inline constexpr auto files = table("file_file",
    {.org = "org_id", .subjects = {{"owner_id", Erase::delete_row}}, .kept = keep::message, .age = "at",
     .indexes = {"org_id, owner_id, id", "org_id, owner_id, size"}, .unique = {"blob_id"}},
    Column{"id",       key,     not_personal},
    Column{"org_id",   id,      not_personal},
    Column{"owner_id", id,      data::staff_link},
    Column{"at",       time,    data::drive_file},
    Column{"name",     text,    data::drive_file},
    Column{"size",     integer, not_personal},
    Column{"type",     text,    not_personal},
    Column{"source",   text,    data::media}.nullable(),
    Column{"blob_id",  blob,    data::drive_file});

// What each person's files take. Counted anew whenever the person changes something.
inline constexpr auto spaces = table("file_space",
    {.org = "org_id", .subjects = {{"owner_id", Erase::delete_row}}, .kept = keep::account,
     .cluster = "org_id, owner_id"},
    Column{"org_id",   id,      not_personal},
    Column{"owner_id", id,      data::staff_link},
    Column{"bytes",    integer, not_personal});
// clang-format on

inline constexpr Table tables[] = {uploads, files, spaces};

}  // namespace file
