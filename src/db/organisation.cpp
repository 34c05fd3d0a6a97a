#include "db/organisation.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "db/words.hpp"

namespace db {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// The brackets of a statement: in which each word stands, and what is said directly in each.
struct Scope {
  bool query = false;  // the statement itself, or a select of its own
  bool filters = false, alternatives = false;
};

class Reading {
 public:
  Reading(std::string_view sql, std::span<const schema::Table* const> tables) : words_(words(sql)), tables_(tables) {
    std::vector<std::size_t> open{0};
    scopes_[0].query = true;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (words_[i] == ")" && open.size() > 1) open.pop_back();
      auto& scope = scopes_[open.back()];
      scope.filters |= is_one_of(words_[i], {"where", "on"});
      scope.alternatives |= words_[i] == "or";
      scope_of_.push_back(open.back());
      filtering_.push_back(scope.filters);
      if (words_[i] != "(") continue;
      open.push_back(i + 1);
      scopes_[i + 1].query = is_one_of(word(i + 1), {"select", "with"});
    }
  }

  bool keeps_to_organisation() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const auto table = std::ranges::find(tables_, words_[i], [](auto* t) { return t->name; });
      if (table != tables_.end()) mention(i);
      if (is_column(i)) constraint(i);
    }
    const bool all_named = std::ranges::all_of(tables_, [&](auto* t) { return named_.contains(t->name); });
    return all_named && (mentions_ == 0 || (bound_ && constrained_.size() >= mentions_));
  }

 private:
  std::string_view word(std::size_t i) const { return i < words_.size() ? words_[i] : ""; }
  std::string_view before(std::size_t i) const { return i > 0 ? words_[i - 1] : ""; }
  bool is_column(std::size_t i) const {
    return std::ranges::any_of(tables_, [&](auto* t) { return t->about.org == word(i); });
  }

  void mention(std::size_t i) {
    if (word(i + 1) == ".") return;  // a column's
    named_.insert(words_[i]);
    mentions_ += before(i) != "into";
  }

  void constraint(std::size_t i) {
    const bool qualified = before(i) == ".";
    const auto begin = qualified ? i - 2 : i;
    const auto& scope = scopes_.at(scope_of_[i]);
    if (!scope.query || scope.alternatives || !filtering_[i] || !is_one_of(before(begin), {"where", "on", "and"}))
      return;
    if (word(i + 1) != "=") return;
    const bool value = word(i + 2).starts_with('$'), other = word(i + 3) == "." && is_column(i + 4);
    if (!(value || other) || !ends(i + (value ? 3 : 5))) return;
    constrained_.insert({scope_of_[i], qualified ? words_[begin] : ""});
    if (other) constrained_.insert({scope_of_[i], words_[i + 2]});
    bound_ |= value;
  }
  bool ends(std::size_t i) const {
    return is_one_of(word(i), {"", ")", "and", "where", "join", "left", "order", "group", "limit", "returning", "on"});
  }

  Words words_;
  std::span<const schema::Table* const> tables_;
  std::map<std::size_t, Scope> scopes_;  // by the word that begins it
  std::vector<std::size_t> scope_of_;
  std::vector<bool> filtering_;  // behind the first "where" or "on" of its scope
  std::set<std::string_view> named_;
  std::set<std::pair<std::size_t, std::string_view>> constrained_;
  std::size_t mentions_ = 0;
  bool bound_ = false;
};

}  // namespace

bool keeps_to_organisation(std::string_view sql, std::span<const schema::Table* const> tables) {
  return Reading(sql, tables).keeps_to_organisation();
}

}  // namespace db
