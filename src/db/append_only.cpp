#include "db/append_only.hpp"

namespace db {
namespace {

using schema::Dialect;

std::string on(std::string_view table, std::string_view what) {
  return std::string(table) + "_no_" + std::string(what);
}

// A row of db_expiring is seen by the transaction that wrote it and gone before its commit.
std::string sqlite_trigger(const std::string& table, const std::string& what, const std::string& when) {
  return "create trigger if not exists " + on(table, what) + " before " + what + " on " + table + when +
         " begin select raise(abort, 'rows are only added here'); end";
}

}  // namespace

std::vector<std::string> append_only_words(Dialect d) {
  std::vector<std::string> all{"create table if not exists db_expiring (name text not null primary key)"};
  if (d == Dialect::postgres)
    all.emplace_back(
        "create or replace function db_append_only() returns trigger language plpgsql as $$begin "
        "if tg_op = 'DELETE' and exists (select 1 from db_expiring where name = tg_table_name) then return old; end "
        "if; "
        "raise exception 'rows are only added here'; end$$");
  return all;
}

std::vector<std::string> append_only_triggers(const schema::Table& t, Dialect d) {
  if (!t.about.append_only) return {};
  const std::string name(t.name);
  if (d == Dialect::sqlite)
    return {sqlite_trigger(name, "update", ""),
            sqlite_trigger(name, "delete", " when not exists (select 1 from db_expiring where name = '" + name + "')")};
  const auto make = [&](const std::string& what, std::string_view each) {
    return "create or replace trigger " + on(name, what) + " before " + what + " on " + name + " for each " +
           std::string(each) + " execute function db_append_only()";
  };
  return {make("update", "row"), make("delete", "row"), make("truncate", "statement")};
}

std::vector<std::string> triggers(Connection& c, Dialect d) {
  std::vector<std::string> all;
  c.generated(
      d == Dialect::sqlite
          ? "select name from sqlite_master where type = 'trigger'"
          : "select t.tgname::text from pg_catalog.pg_trigger t join pg_catalog.pg_class r on r.oid = t.tgrelid "
            "where not t.tgisinternal and t.tgenabled in ('O', 'A') "
            "and r.relnamespace = (select oid from pg_catalog.pg_namespace where nspname = current_schema())",
      {}, [&](const Row& row) { all.emplace_back(row.text(0)); });
  return all;
}

std::int64_t expire(Connection& c, const schema::Table& t, Time before) {
  const std::string name(t.name);
  c.generated("insert into db_expiring (name) values ($1)", std::array{to_arg(name)});
  const auto over = t.about.over.empty() ? "" : " and (" + std::string(t.about.over) + ")";
  const auto gone = c.generated("delete from " + name + " where " + std::string(t.about.age) + " < $1" + over,
                                std::array{to_arg(before)});
  c.generated("delete from db_expiring where name = $1", std::array{to_arg(name)});
  return gone;
}

}  // namespace db
