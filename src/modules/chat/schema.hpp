#pragma once
#include "db/schema.hpp"
#include "register/items.hpp"
#include "register/retention.hpp"

namespace chat {
using namespace schema;
using enum schema::Type;

// clang-format off
// `head` is the last number given; a direct chat has one row for each pair of people.
inline constexpr auto conversations = table("chat_conversation",
    {.org = "org_id", .subjects = {{"low_id", Erase::detach}, {"high_id", Erase::detach}},
     .kept = keep::message, .age = "last_at",
     .unique = {"org_id, low_id, high_id"}},
    Column{"id",      key,     not_personal},
    Column{"org_id",  id,      not_personal},
    Column{"kind",    text,    not_personal},
    Column{"low_id",  id,      data::message}.nullable(),
    Column{"high_id", id,      data::message}.nullable(),
    Column{"head",    integer, not_personal},
    Column{"first",   integer, not_personal},
    Column{"last_at", time,    data::message});

// `last_at` repeats the conversation's, so that a person's list is one range of an index.
inline constexpr auto members = table("chat_member",
    {.org = "org_id", .subjects = {{"member_id", Erase::delete_row}}, .kept = keep::message, .age = "last_at",
     .indexes = {"org_id, member_id, last_at, conversation_id"}, .unique = {"conversation_id, member_id"}},
    Column{"id",              key,     not_personal},
    Column{"org_id",          id,      not_personal},
    Column{"conversation_id", id,      not_personal},
    Column{"member_id",       id,      data::staff_link},
    Column{"read",            integer, data::message},
    Column{"last_at",         time,    data::message});

inline constexpr auto entries = table("chat_entry",
    {.org = "org_id", .subjects = {{"author_id", Erase::detach}}, .kept = keep::message, .age = "at",
     .unique = {"conversation_id, number", "conversation_id, author_id, token"}},
    Column{"id",              key,     not_personal},
    Column{"org_id",          id,      not_personal},
    Column{"conversation_id", id,      not_personal},
    Column{"number",          integer, not_personal},
    Column{"kind",            text,    not_personal},
    Column{"author_id",       id,      data::staff_link}.nullable(),
    Column{"token",           text,    not_personal}.nullable(),
    Column{"at",              time,    data::message},
    Column{"text",            text,    data::message});
// clang-format on

inline constexpr Table tables[] = {conversations, members, entries};

}  // namespace chat
