#pragma once
#include "db/schema.hpp"
#include "register/items.hpp"
#include "register/retention.hpp"

namespace chat {
using namespace schema;
using enum schema::Type;

// clang-format off
// A direct chat is one row for each pair of people; a group has a name instead.
inline constexpr auto conversations = table("chat_conversation",
    {.org = "org_id", .subjects = {{"low_id", Erase::detach}, {"high_id", Erase::detach}}, .kept = keep::account,
     .unique = {"org_id, low_id, high_id"}},
    Column{"id",         key,  not_personal},
    Column{"org_id",     id,   not_personal},
    Column{"kind",       text, not_personal},
    Column{"name",       text, not_personal}.nullable(),
    Column{"low_id",     id,   data::staff_link}.nullable(),
    Column{"high_id",    id,   data::staff_link}.nullable(),
    Column{"created_at", time, not_personal});

// `read` is how far a member has read: a hint, and never an entry.
inline constexpr auto members = table("chat_member",
    {.org = "org_id", .subjects = {{"member_id", Erase::delete_row}}, .kept = keep::account,
     .cluster = "conversation_id, member_id", .indexes = {"org_id, member_id"}},
    Column{"conversation_id", id,      not_personal},
    Column{"member_id",       id,      data::staff_link},
    Column{"org_id",          id,      not_personal},
    Column{"read",            integer, data::staff_link});

// The log. Its rows lie in the order of their numbers, so a page of history is one read.
inline constexpr auto entries = table("chat_entry",
    {.org = "org_id", .subjects = {{"author_id", Erase::detach}}, .kept = keep::message, .age = "at",
     .cluster = "conversation_id, number", .unique = {"conversation_id, author_id, token"}},
    Column{"conversation_id", id,      not_personal},
    Column{"number",          integer, not_personal},
    Column{"org_id",          id,      not_personal},
    Column{"kind",            text,    not_personal},
    Column{"author_id",       id,      data::staff_link}.nullable(),
    Column{"token",           text,    not_personal}.nullable(),
    Column{"at",              time,    data::message},
    Column{"text",            text,    data::message},  // empty: recalled, or an entry that is about another
    Column{"target",          integer, not_personal}.nullable(),  // the number that a message quotes, or that this is about
    Column{"state",           text,    not_personal}.nullable());

// What holds now; that it changed is an entry.
inline constexpr auto reactions = table("chat_reaction",
    {.org = "org_id", .subjects = {{"member_id", Erase::delete_row}}, .kept = keep::message, .age = "at",
     .cluster = "conversation_id, number, emoji, member_id"},
    Column{"conversation_id", id,      not_personal},
    Column{"number",          integer, not_personal},
    Column{"member_id",       id,      data::staff_link},
    Column{"emoji",           text,    data::message},
    Column{"org_id",          id,      not_personal},
    Column{"at",              time,    data::message});
// clang-format on

inline constexpr Table tables[] = {conversations, members, entries, reactions};

}  // namespace chat
