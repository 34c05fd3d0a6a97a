#pragma once
#include <map>

#include "db/database.hpp"

namespace db {

// A connection that only reads, and brings nothing up to date: for those who check a store as it is,
// beside a running server or without one. Throws std::runtime_error if there is no store.
std::unique_ptr<Connection> look(const Options&, std::span<const schema::Table>);
schema::Dialect dialect_of(const Options&);

// The tables that are there, each with its columns and their types in the engine's words.
std::map<std::string, std::map<std::string, std::string>> found_tables(Connection&, schema::Dialect);

}  // namespace db
