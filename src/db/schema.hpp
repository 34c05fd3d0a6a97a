#pragma once
#include <array>
#include <span>
#include <string_view>

#include "register/item.hpp"

// Tables are declared once, as data. DDL, inventory, expiry and erasure are computed from this
// declaration, so none of them can disagree with it.
namespace schema {

// `digest` is one way (Argon2id, HMAC, SHA-256): what made it cannot be read back. `blob` names a file's bytes,
// which live as long as some row does that names them.
enum class Type { key, id, integer, real, boolean, text, time, bytes, digest, sealed, blob };
enum class Erase { delete_row, blank, anonymise, detach, retain };  // what erasure does to a subject's row

struct Column {
  std::string_view name;
  Type type;
  Item item;         // no default: a column that does not say does not compile
  Retention kept{};  // only where the column lives shorter than its row
  bool optional = false;
  int version = 1;
  std::string_view of = "";  // the sealed column that this digest finds

  consteval Column(std::string_view n, Type t, Item i) : name(n), type(t), item(i) {}
  consteval Column nullable() const {
    auto c = *this;
    c.optional = true;
    return c;
  }
  consteval Column since(int v) const {
    auto c = *this;
    c.version = v;
    c.optional = true;
    return c;
  }
  consteval Column kept_for(Retention r) const {
    auto c = *this;
    c.kept = r;
    return c;
  }
  consteval Column index_of(std::string_view sealed) const {
    auto c = *this;
    c.of = sealed;
    return c;
  }
  constexpr bool guarded() const { return type == Type::sealed || !of.empty() || item.granted(); }
};

struct Subject {
  std::string_view column;
  Erase erase;
};

struct About {
  std::string_view org = "";     // the column naming the organisation
  std::string_view no_org = "";  // or why its rows belong to none
  Few<Subject> subjects = {};    // the people the row is about
  Retention kept = {};
  std::string_view age = "";           // the column its age is counted from
  std::string_view over = "";          // where a later row ends it: a condition that it ended before $1
  std::string_view cluster = "";       // a table without a key: these columns are, and its rows lie in their order
  Few<std::string_view> indexes = {};  // "org_id, at"
  Few<std::string_view> unique = {};   // "org_id, name"; null is never equal to null
  bool append_only = false;            // no row is changed, and only expiry removes one
};

struct Table {  // a view; the columns live in a TableOf<N>
  std::string_view name;
  About about;
  std::span<const Column> columns;

  // A link to a person lives as long as its row does.
  constexpr bool links(const Column& column) const {
    for (auto& s : about.subjects)
      if (s.column == column.name) return true;
    return column.type == Type::id;
  }
  constexpr const Column* find(std::string_view wanted) const {
    for (auto& c : columns)
      if (c.name == wanted) return &c;
    return nullptr;
  }
};

template <std::size_t N>
struct TableOf {
  std::string_view name;
  About about;
  std::array<Column, N> columns;
  constexpr operator Table() const { return {name, about, columns}; }
};

consteval void check_index(const Column& c, const Table& t) {
  const Column* sealed = t.find(c.of);
  if (c.type != Type::digest || !sealed || sealed->type != Type::sealed || sealed->item.id != c.item.id)
    throw "an index is a digest beside the sealed column of its own item";
  if (sealed->optional && !c.optional) throw "an index goes when its value goes: it must be nullable, too";
}

consteval void check(const Column& c, const Table& t) {
  if (!c.of.empty()) check_index(c, t);
  if (c.item.sensitive() && c.type != Type::sealed && c.type != Type::digest) throw "a sensitive column must be sealed";
  if (!c.kept.code.empty() && !c.optional)
    throw "a column kept for less time than its row must be nullable, so that it can be blanked";
  if (c.item.kept != Kept::server) throw "the register says that this item never reaches the server";
  if (!c.item.personal()) return;
  if (c.item.purposes.empty() || c.item.basis == Basis::none)
    throw "a personal item must say what for and on what ground";
  if (t.about.subjects.empty()) throw "a table with personal columns must say whom it is about";
  if (t.about.kept.code.empty()) throw "a table with personal columns must say how long its rows live";
  if (!t.links(c) && !c.item.may_be_kept(c.kept.code.empty() ? t.about.kept : c.kept))
    throw "the register does not allow this period for this item";
}

consteval void check(const Subject& s, const Table& t) {
  const Column* link = t.find(s.column);
  if (!link || !link->item.personal()) throw "a subject is a column that links to a person";
  const bool unlinks = s.erase == Erase::detach || s.erase == Erase::anonymise;
  if (unlinks && !link->optional) throw "a link that erasure cuts must be nullable";
  for (auto& c : t.columns)
    if ((s.erase == Erase::blank || s.erase == Erase::anonymise) && c.item.personal() && !c.optional &&
        c.name != s.column && c.name != t.about.age)
      throw "a column that erasure blanks must be nullable";
}

template <class... C>
consteval TableOf<sizeof...(C)> table(std::string_view name, About about, C... columns) {
  TableOf<sizeof...(C)> made{name, about, {columns...}};
  const Table t = made;
  if (!t.find(about.org) && about.no_org.empty()) throw "a table must name the column of its organisation";
  if (about.kept.ages() && !t.find(about.age)) throw "a table whose rows age must say from when";
  for (auto& c : t.columns) check(c, t);
  for (auto& s : about.subjects) check(s, t);
  return made;
}

}  // namespace schema
