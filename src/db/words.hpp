#pragma once
#include <string_view>
#include <vector>

namespace db {

// The words of a statement: names and numbers, texts in quotes, and each sign by itself.
using Words = std::vector<std::string_view>;
Words words(std::string_view sql);

}  // namespace db
