#pragma once
#include "db/database.hpp"

namespace db {

// Tables to which rows are only added: triggers refuse every change and every removal but that of
// expire(), whoever asks. These are the statements that set them up, harmless to repeat.
std::vector<std::string> append_only_words(schema::Dialect);
std::vector<std::string> append_only_triggers(const schema::Table&, schema::Dialect);

// The names of the triggers that are there; for those who check an installation.
std::vector<std::string> triggers(Connection&, schema::Dialect);

// Removes the rows that are older than a moment, by the column their age is counted from,
// and are over, where the table says when that is.
std::int64_t expire(Connection&, const schema::Table&, Time before);

}  // namespace db
