#pragma once
#include <map>
#include <set>
#include <span>
#include <string>

#include "db/schema.hpp"

namespace privacy {

// What the tables hold: the items that some column points at, each with the codes it is kept under.
using Holdings = std::map<std::string_view, std::set<std::string_view>>;
Holdings holdings(std::span<const schema::Table>);

// The code that decides about a column: its own, or that of its row.
const Retention& kept(const schema::Table&, const schema::Column&);

// Every column with the item it points at, then the items not collected yet. Markdown.
std::string inventory(std::span<const schema::Table>, Language);

}  // namespace privacy
