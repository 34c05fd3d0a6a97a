#include <algorithm>
#include <stdexcept>

#include "app/commands.hpp"

std::string commands::option(const Arguments& words, std::string_view flag) {
  const auto at = std::ranges::find(words, flag);
  if (at == words.end()) return "";
  if (at + 1 == words.end()) throw std::runtime_error(std::string(flag) + " needs a value");
  return *(at + 1);
}

bool commands::has(const Arguments& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}
