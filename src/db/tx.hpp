#pragma once
#include <array>
#include <functional>
#include <span>
#include <stdexcept>

#include "db/sql.hpp"
#include "db/value.hpp"

namespace db {

// One transaction, as a verb sees it. It commits when the verb returns and rolls back when it throws.
// A value twice where it must be unique throws Error request.exists (conflict); a statement that
// the engine does not understand, or that leaves its room, throws std::logic_error. After any of
// them the transaction is over: use "on conflict" where a value may be there already.
//
// The same text runs on both engines. A boolean column is a condition ("done", "not done", "done = true"),
// never a number; an optional filter is "(status = $2 or $2 is null)", in this order; a parameter in a
// list of columns says its type ("cast($1 as bigint)"), and one parameter has one type; "like" sees case
// and wants its escape named; text is ordered by its bytes, and null says where ("nulls last").
class Tx {
 public:
  virtual ~Tx() = default;

  // Rows are described structs: one field a column, in order. `each` sees them one by one.
  template <class R, class Each, class... A>
  void each(Sql<A...> sql, Each each, const A&... args) {
    run(sql, std::array<Arg, sizeof...(A)>{to_arg(args)...}, [&](const Row& row) {
      R out;
      int i = 0;
      each_field(out, [&](auto, auto& field) {
        if (i < row.size()) from_row(row, i, field);
        ++i;
      });
      if (i != row.size()) throw std::logic_error("a statement and its row differ in columns");
      each(std::move(out));
    });
  }
  template <class R, class... A>
  std::vector<R> all(Sql<A...> sql, const A&... args) {
    std::vector<R> rows;
    each<R>(sql, [&](R&& row) { rows.push_back(std::move(row)); }, args...);
    return rows;
  }
  template <class R, class... A>
  std::optional<R> one(Sql<A...> sql, const A&... args) {
    std::optional<R> found;
    each<R>(
        sql,
        [&](R&& row) {
          if (!found) found = std::move(row);
        },
        args...);
    return found;
  }
  // The first column of the first row: count(*), max(id).
  template <class T, class... A>
  std::optional<T> value(Sql<A...> sql, const A&... args) {
    std::optional<T> found;
    run(sql, std::array<Arg, sizeof...(A)>{to_arg(args)...}, [&](const Row& row) {
      if (!found && !row.null(0)) from_row(row, 0, found.emplace());
    });
    return found;
  }
  // Rows changed.
  template <class... A>
  std::int64_t exec(Sql<A...> sql, const A&... args) {
    return run(sql, std::array<Arg, sizeof...(A)>{to_arg(args)...}, [](const Row&) {});
  }
  virtual void lock(std::int64_t id) = 0;  // held to the end; who decides about a thing locks it first

 protected:
  using Sink = std::function<void(const Row&)>;

 private:
  virtual std::int64_t run(const Statement&, std::span<const Arg>, const Sink&) = 0;
};

// Ids for `where id in (select value from json_each($1))`, on both engines.
template <class Ids>
std::string list(const Ids& ids) {
  std::string out = "[";
  for (const auto& id : ids) out += (out.size() > 1 ? "," : "") + std::to_string(id.value);
  return out + "]";
}

// A connection, as the engines and the privacy engines see it: they alone run statements computed
// from the tables.
class Connection : public Tx {
 public:
  virtual std::int64_t generated(std::string_view sql, std::span<const Arg> args = {},
                                 const std::function<void(const Row&)>& each = {}) = 0;
  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
};

// Runs work in a transaction: all of it or nothing.
template <class Work>
auto transaction(Connection& c, Work work) {
  c.begin();
  try {
    auto result = work();
    c.commit();
    return result;
  } catch (...) {
    c.rollback();
    throw;
  }
}

}  // namespace db
