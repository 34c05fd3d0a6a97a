#include "db/ddl.hpp"

#include <stdexcept>
#include <utility>

namespace schema {
namespace {

std::string type_name(Type t, Dialect d) {
  const bool pg = d == Dialect::postgres;
  switch (t) {
    case Type::key: return pg ? "bigint primary key" : "integer primary key";
    case Type::id:
    case Type::blob:
    case Type::time:
    case Type::integer: return pg ? "bigint" : "integer";
    case Type::real: return pg ? "double precision" : "real";
    case Type::boolean: return pg ? "boolean" : "integer";
    case Type::text: return pg ? "text collate \"C\"" : "text";  // ordered by its bytes, as SQLite does
    case Type::bytes:
    case Type::digest:
    case Type::sealed: return pg ? "bytea" : "blob";
  }
  std::unreachable();
}

std::string column(const Column& c, Dialect d) {
  return std::string(c.name) + " " + type_name(c.type, d) + (c.optional || c.type == Type::key ? "" : " not null");
}

}  // namespace

std::vector<std::string> create(Table t, Dialect d) {
  const std::string name(t.name);
  std::string sql = "create table if not exists " + name + " (\n", sep, options;
  for (auto& c : t.columns) sql += std::exchange(sep, ",\n") + "  " + column(c, d);
  const bool clustered = !t.about.cluster.empty();
  if (clustered) sql += ",\n  primary key (" + std::string(t.about.cluster) + ")";
  if (d == Dialect::sqlite) options = clustered ? " strict, without rowid" : " strict";
  std::vector<std::string> all{sql + "\n)" + options};
  const auto index = [&](std::string_view kind, std::string_view columns, std::string_view ending) {
    std::string called = name + '_';
    for (const char c : columns)
      if (c != ',') called += c == ' ' ? '_' : c;
    called += ending;
    if (called.size() > 63)
      throw std::logic_error("the name of an index is too long: " + called);  // PostgreSQL cuts it
    all.push_back("create " + std::string(kind) + " if not exists " + called + " on " + name + " (" +
                  std::string(columns) + ")");
  };
  for (auto columns : t.about.indexes) index("index", columns, "_idx");
  for (auto columns : t.about.unique) index("unique index", columns, "_key");
  return all;
}

std::string add_column(Table t, const Column& c, Dialect d) {
  return "alter table " + std::string(t.name) + " add column " + column(c, d);
}

}  // namespace schema
