#pragma once
#include "db/schema.hpp"
#include "register/items.hpp"
#include "register/retention.hpp"

namespace directory {
using namespace schema;
using enum schema::Type;

// clang-format off
inline constexpr auto orgs = table("directory_org",
    {.org = "id"},
    Column{"id",         key,  not_personal},
    Column{"name",       text, data::org_structure},
    Column{"zone",       text, not_personal},           // IANA name: "Asia/Shanghai"
    Column{"created_at", time, not_personal});

// `children` and `members` count what is below, so that a tree of any size is read one level a page.
inline constexpr auto units = table("directory_unit",
    {.org = "org_id", .indexes = {"org_id, parent_id, position, id"}},
    Column{"id",        key,     not_personal},
    Column{"org_id",    id,      not_personal},
    Column{"parent_id", id,      not_personal},         // 0: a root
    Column{"name",      text,    data::org_structure},
    Column{"kind",      text,    data::org_structure},
    Column{"position",  integer, not_personal},
    Column{"children",  integer, not_personal},
    Column{"members",   integer, not_personal});

inline constexpr auto members = table("directory_member",
    {.org = "org_id", .subjects = {{"id", Erase::delete_row}}, .kept = keep::account,
     .indexes = {"org_id, unit_id, position, id"}},
    Column{"id",         key,     data::staff_link},
    Column{"org_id",     id,      not_personal},
    Column{"name",       text,    data::person_name},
    Column{"title",      text,    data::position},
    Column{"unit_id",    id,      data::department},
    Column{"position",   integer, data::staff_link},
    Column{"created_at", time,    not_personal});

// What a person can be found by: every ending of the name, its pinyin, its initials and the title,
// folded; a search is then one range of an index.
inline constexpr auto keys = table("directory_key",
    {.org = "org_id", .subjects = {{"member_id", Erase::delete_row}}, .kept = keep::account,
     .indexes = {"member_id"}, .unique = {"org_id, term, member_id"}},
    Column{"id",        key,  not_personal},
    Column{"org_id",    id,   not_personal},
    Column{"term",      text, data::person_name},
    Column{"member_id", id,   data::staff_link});
// clang-format on

inline constexpr Table tables[] = {orgs, units, members, keys};

}  // namespace directory
