#pragma once
#include "db/schema.hpp"
#include "db/tx.hpp"

namespace db {

// Every row of the tables, as one transaction sees them, into a store that has none; also from one engine
// to the other.
void copy(Connection& from, Connection& to, std::span<const schema::Table>);

// Whether none of the tables has a row.
bool empty(Connection&, std::span<const schema::Table>);

}  // namespace db
