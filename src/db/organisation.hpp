#pragma once
#include <span>
#include <string_view>

#include "db/schema.hpp"

namespace db {

// A statement that must look at every organisation's rows, as a sweep does, begins with this and is a select.
inline constexpr std::string_view across_organisations = "/* across organisations */ ";

// Whether a statement reads, changes and removes rows of these tables for one organisation only. The rule is
// strict, as statements are literals: each mention of such a table has its own `org_id = $n`, or an `org_id` of
// another that has one, directly behind "where", "on" or "and", with no "or" beside it. Rows that are inserted
// do not count: their organisation is "not null".
bool keeps_to_organisation(std::string_view sql, std::span<const schema::Table* const>);

}  // namespace db
