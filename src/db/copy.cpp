#include "db/copy.hpp"

namespace db {
namespace {

using schema::Type;

Arg value_in(const Row& row, int i, Type type) {
  if (row.null(i)) return {};
  switch (type) {
    case Type::key:
    case Type::id:
    case Type::blob:
    case Type::integer:
    case Type::time: return {row.integer(i)};
    case Type::boolean: return {row.integer(i) != 0};
    case Type::real: return {row.real(i)};
    case Type::text: return {row.text(i)};
    case Type::bytes:
    case Type::digest:
    case Type::sealed: return {row.bytes(i)};
  }
  throw std::logic_error("a column of no type");
}

// "insert into t (a, b) values ($1, $2)"
std::string insertion(const schema::Table& t, const std::string& columns) {
  std::string values;
  for (std::size_t i = 1; i <= t.columns.size(); ++i) values += (i > 1 ? ", $" : "$") + std::to_string(i);
  return "insert into " + std::string(t.name) + " (" + columns + ") values (" + values + ")";
}

void copy_table(Connection& from, Connection& to, const schema::Table& t) {
  std::string columns;
  for (const auto& c : t.columns) columns += (columns.empty() ? "" : ", ") + std::string(c.name);
  const auto insert = insertion(t, columns);
  from.generated("select " + columns + " from " + std::string(t.name), {}, [&](const Row& row) {
    std::vector<Arg> args;
    for (int i = 0; i < row.size(); ++i) args.push_back(value_in(row, i, t.columns[static_cast<std::size_t>(i)].type));
    to.generated(insert, args);
  });
}

}  // namespace

void copy(Connection& from, Connection& to, std::span<const schema::Table> tables) {
  for (const auto& t : tables) copy_table(from, to, t);
}

bool empty(Connection& c, std::span<const schema::Table> tables) {
  bool found = false;
  for (const auto& t : tables)
    c.generated("select 1 from " + std::string(t.name) + " limit 1", {}, [&](const Row&) { found = true; });
  return !found;
}

}  // namespace db
