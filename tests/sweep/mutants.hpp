#pragma once
#include <boost/json.hpp>
#include <functional>
#include <string>
#include <vector>

#include "base/shape.hpp"

// One way to send a request wrongly, or at the edge of what is right.
struct Mutant {
  enum class Answer {
    any,      // it may be fine: only the rules for every answer hold
    refused,  // a refusal naming the field
    missing,  // a refusal, as of something that does not exist
    fits,     // the field itself is fine: no refusal of its form
  };
  std::string what;   // "text: one character too many"
  std::string field;  // as a refusal names it
  boost::json::object input;
  Answer answer = Answer::any;
};

// Where a field travels. In an address there are only words, which know no types; a part of the path
// cannot be left out.
enum class Place { path, query, body };

// Every way to spoil one field of an input, for every field.
std::vector<Mutant> mutants(const Shape& in, const boost::json::object& input,
                            const std::function<Place(const std::string& field)>&);
