#pragma once
#include <string>
#include <vector>

#include "db/schema.hpp"

// What a declared table is in each engine's own words.
namespace schema {

enum class Dialect { sqlite, postgres };
std::vector<std::string> create(Table, Dialect);
std::string add_column(Table, const Column&, Dialect);

}  // namespace schema
