#pragma once
#include <boost/json/value.hpp>
#include <string>

#include "base/shape.hpp"

// Whether what a route answers is what its description says: how it differs, or nothing.
std::string differs(const Shape&, const boost::json::value&, const std::string& at = "answer");

// Whether a refusal is whole: a stable code, a sentence, its named values. Else what is wrong with it.
std::string bad_refusal(const std::string& body);
