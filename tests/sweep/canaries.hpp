#pragma once
#include "mutants.hpp"

class World;

// Values as people have them, and that nobody says but this test: a name, a telephone number, a text.
// Planted in everything that takes text, they are looked for in what the server emits.
namespace canaries {

// The first one that a text holds, as it is or as JSON would write it; empty if none.
std::string found_in(std::string_view text);

// Every way to plant them in an input: in all fields at once, and in each one wrongly.
std::vector<Mutant> planted(const Shape& in, const boost::json::object& input,
                            const std::function<Place(const std::string& field)>&);

// Bodies that are no input at all.
std::vector<std::string> bodies();

// From now on, what the program logs is kept instead of written.
void keep_log();
std::string kept_log();

// Trouble in the database itself, over values of people: what it says goes no further. Each that does is named.
std::vector<std::string> database_tells(World&);

// Looks for them in the log, the metrics and an answer after somebody told them there: each place where
// that is not noticed is named.
std::vector<std::string> unnoticed_leaks();

}  // namespace canaries
