#include "db/wall.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "db/assignments.hpp"
#include "db/organisation.hpp"

namespace db {
namespace {

using How = Touch::How;

[[noreturn]] void refuse(std::string_view what, std::string_view why) {
  throw std::logic_error(std::string(what) + ": " + std::string(why));
}

void stay_in_room(const Statement& s, std::span<const Touch> touches) {
  const auto own = std::string(s.room) + "_";
  for (auto& t : touches)
    if (t.how == How::other) refuse(s.text, "only select, insert, update and delete belong here");
  for (auto& t : touches)
    if (!t.table.starts_with(own) && t.table != "json_each") refuse(t.table, "another room's table");
}

// An insert is held by "not null"; everything else is done for one organisation, or says that it is not.
void keep_to_organisation(const Statement& s, std::span<const Touch> touches, std::span<const schema::Table> tables) {
  std::vector<const schema::Table*> owned;
  for (auto& t : tables) {
    const auto looks_at = [&](auto& touch) { return touch.table == t.name && touch.how != How::insert; };
    if (!t.about.org.empty() && std::ranges::any_of(touches, looks_at)) owned.push_back(&t);
  }
  if (s.text.starts_with(across_organisations)) {
    if (std::ranges::any_of(touches, [](auto& t) { return t.how != How::read; }))
      refuse(s.text, "across organisations one only reads");
  } else if (!keeps_to_organisation(s.text, owned)) {
    refuse(s.text, "the statement forgets the organisation");
  }
}

void only_add(const schema::Table& table, std::span<const Touch> touches) {
  const auto changes = [&](auto& t) { return t.table == table.name && (t.how == How::update || t.how == How::remove); };
  if (table.about.append_only && std::ranges::any_of(touches, changes)) refuse(table.name, "rows are only added here");
}

bool harmless(const Assignment& a) {
  return a.value.size() == 1 ? a.value[0] == "null"
                             : a.value.size() == 3 && a.value[0] == "excluded" && a.value[2] == a.column;
}

Guard guard(const Assignment& a, const schema::Column* column) {
  std::size_t number = 0;
  if (a.value.size() == 1 && a.value[0].starts_with('$'))
    std::from_chars(a.value[0].data() + 1, a.value[0].data() + a.value[0].size(), number);
  if (number == 0) refuse(a.column, "a guarded column takes one placeholder");
  return {number - 1, column};
}

bool writes_guarded(const Touch& t, const schema::Table& table) {
  if (t.how == How::insert) return std::ranges::any_of(table.columns, &schema::Column::guarded);
  const auto* column = t.how == How::update ? table.find(t.column) : nullptr;
  return column && column->guarded();
}

}  // namespace

std::vector<Guard> inspect(const Statement& s, std::span<const Touch> touches, std::span<const schema::Table> tables) {
  for (auto& t : tables) only_add(t, touches);
  stay_in_room(s, touches);
  keep_to_organisation(s, touches, tables);
  const auto writes = assignments(s.text);
  std::vector<Guard> guards;
  for (auto& touch : touches) {
    const auto table = std::ranges::find(tables, touch.table, &schema::Table::name);
    if (table == tables.end()) continue;
    if (!writes_guarded(touch, *table)) continue;
    const bool seen =
        std::ranges::any_of(writes, [&](auto& a) { return touch.column.empty() || a.column == touch.column; });
    if (!seen) refuse(s.text, "what it writes into a guarded table cannot be read: name the columns");
    for (auto& a : writes)
      if (auto* column = table->find(a.column); column && column->guarded() && !harmless(a))
        guards.push_back(guard(a, column));
  }
  return guards;
}

void admit(std::span<const Guard> guards, std::span<const Arg> args) {
  for (auto& [at, column] : guards) {
    const Arg& arg = args[at];
    if (std::holds_alternative<std::monostate>(arg.value)) continue;
    if (column->type == schema::Type::sealed && arg.sealed != column->item.id)
      refuse(column->name, "takes a sealed value only");
    if (!column->of.empty() && arg.indexed != column->item.id) refuse(column->name, "takes an index of its value only");
    if (column->of.empty() && column->item.granted() && arg.granted != column->item.id)
      refuse(column->name, "takes a granted value only");
  }
}

}  // namespace db
