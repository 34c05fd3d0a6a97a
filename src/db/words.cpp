#include "db/words.hpp"

#include <algorithm>
#include <cctype>

namespace db {
namespace {

bool in_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$'; }

}  // namespace

Words words(std::string_view sql) {
  Words out;
  for (std::size_t i = 0, end; i < sql.size(); i = end) {
    end = i + 1;
    if (sql[i] == '\'') end = std::min(sql.find('\'', end), sql.size() - 1) + 1;
    while (in_word(sql[i]) && end < sql.size() && in_word(sql[end])) ++end;
    if (!std::isspace(static_cast<unsigned char>(sql[i]))) out.push_back(sql.substr(i, end - i));
  }
  return out;
}

}  // namespace db
