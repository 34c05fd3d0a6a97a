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

Language commands::language_in(const Arguments& words) {
  const auto said = option(words, "--language");
  if (said.empty() || said == "en") return Language::en;
  if (said == "zh-CN") return Language::zh_CN;
  throw std::runtime_error("--language takes en or zh-CN");
}
