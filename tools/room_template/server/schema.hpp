#pragma once
#include "db/schema.hpp"
#include "register/items.hpp"
#include "register/retention.hpp"

namespace __room__ {
using namespace schema;
using enum schema::Type;

// clang-format off
inline constexpr auto notes = table("__room___note",
    {.org = "org_id", .subjects = {{"author_id", Erase::delete_row}}, .kept = keep::message, .age = "at",
     .indexes = {"org_id, author_id, id"}},
    Column{"id",        key,  not_personal},
    Column{"org_id",    id,   not_personal},
    Column{"author_id", id,   data::staff_link},
    Column{"at",        time, data::message},
    Column{"text",      text, data::message});
// clang-format on

inline constexpr Table tables[] = {notes};

}  // namespace __room__
