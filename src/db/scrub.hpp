#pragma once
#include "db/database.hpp"

namespace db {

// Sees to it that what was deleted from a table is in none of the store's own files any more: SQLite
// empties its log into the main file, where deleted content is overwritten; PostgreSQL removes the dead
// rows. False if somebody else was using it; then it is worth another try.
bool scrub(const Options&, const schema::Table&);

}  // namespace db
