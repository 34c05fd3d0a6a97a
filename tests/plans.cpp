// Plays the scripts on SQLite and asks the engine how it carries out every statement that ran: none may
// read a whole table or sort what it found, whoever wrote it. What is excepted stands below, with its
// reason.
//
//   plans_test FILE...
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <mutex>
#include <set>

#include "script.hpp"

namespace {

struct Exception {
  std::string_view part_of_statement, step, because;
};
constexpr std::array excepted{
    Exception{"pragma_table_info", "SCAN pragma_table_info", "the migrator lists the columns of a table"},
    Exception{"from up order by depth desc", "USE TEMP B-TREE FOR ORDER BY",
              "the way from a unit to the root: 30 at most"},
    Exception{") as few", "SCAN few", "counts the rows of an index up to a limit"},
    Exception{"privacy_taking", "USE TEMP B-TREE FOR GROUP BY", "one person's last thirty days"},
    Exception{"from privacy_ledger_waiting w join", "SCAN w", "takes the first of those that wait"},
    Exception{"from privacy_ledger_chain order by seq desc limit 1", "SCAN privacy_ledger_chain",
              "reads the last row alone"},
    Exception{"from privacy_master_key a where a.kind = 'wrap' and exists", "SCAN a",
              "a rotation looks at the keys of organisations, a few each"},
    Exception{"from privacy_master_key where root_epoch < $1", "SCAN privacy_master_key", "likewise"},
    Exception{"from privacy_master_key where kind = 'index' group by org_id", "SCAN privacy_master_key", "likewise"},
    Exception{"a.action = 'keys.shred' order by a.id", "USE TEMP B-TREE FOR ORDER BY",
              "once at start: who was shredded"},
    Exception{"from privacy_policy p where not exists", "SCAN p", "once at start: a policy for each version"},
    Exception{"from privacy_master_key limit 1", "SCAN privacy_master_key", "asks at start whether there is any key"},
};

struct Ran {
  std::string store, sql;  // store: "carillon.db"
  auto operator<=>(const Ran&) const = default;
};
std::mutex mutex;
std::set<Ran> everything;

int note(unsigned, void*, void* statement, void* text) {
  constexpr std::string_view verbs[] = {"select", "insert", "update", "delete", "with"};
  const std::string_view sql = static_cast<const char*>(text);
  if (std::ranges::none_of(verbs, [&](auto verb) { return sql.starts_with(verb); })) return 0;
  auto* prepared = static_cast<sqlite3_stmt*>(statement);
  const std::string file = sqlite3_db_filename(sqlite3_db_handle(prepared), "main");
  const std::lock_guard hold(mutex);
  everything.insert({file.substr(file.rfind('/') + 1), sqlite3_sql(prepared)});
  return 0;
}

// Every connection that is opened from now on tells what it runs.
int watch(sqlite3* db, char**, const sqlite3_api_routines*) {
  return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, note, nullptr);
}

// A list in a parameter and a recursion's own rows are not tables.
bool reads_a_table(const std::string& sql, std::string_view step) {
  if (!step.starts_with("SCAN ")) return false;
  if (step.contains("VIRTUAL TABLE") || step == "SCAN CONSTANT ROW") return false;
  const auto name = step.substr(5, step.find(' ', 5) - 5);
  return !sql.contains("recursive " + std::string(name) + "(");
}

bool is_excepted(const std::string& sql, std::string_view step) {
  return std::ranges::any_of(excepted,
                             [&](auto& e) { return sql.contains(e.part_of_statement) && step.starts_with(e.step); });
}

std::vector<std::string> steps(sqlite3* db, const std::string& sql) {
  sqlite3_stmt* explain = nullptr;
  if (sqlite3_prepare_v2(db, ("explain query plan " + sql).c_str(), -1, &explain, nullptr) != SQLITE_OK)
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(db));
  std::vector<std::string> all;
  while (sqlite3_step(explain) == SQLITE_ROW)
    all.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(explain, 3)));
  sqlite3_finalize(explain);
  return all;
}

// Every statement that ran on this store, and what it does wrong.
int explain(const std::string& folder, const std::string& store, const std::set<Ran>& ran) {
  sqlite3* db = nullptr;
  if (sqlite3_open_v2((folder + "/" + store).c_str(), &db, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK)
    throw std::runtime_error("cannot open " + store);
  int failed = 0;
  for (const auto& [where, sql] : ran)
    for (const auto& step : where == store ? steps(db, sql) : std::vector<std::string>{})
      if ((reads_a_table(sql, step) || step.starts_with("USE TEMP B-TREE")) && !is_excepted(sql, step)) {
        std::printf("%s: %s\n    %s\n", store.c_str(), sql.c_str(), step.c_str());
        ++failed;
      }
  sqlite3_close(db);
  return failed;
}

int explain_all(const std::string& folder) {
  std::set<Ran> ran;
  {
    const std::lock_guard hold(mutex);
    ran = everything;
  }
  std::set<std::string> stores;
  for (const auto& one : ran) stores.insert(one.store);
  int failed = 0;
  for (const auto& store : stores) failed += explain(folder, store, ran);
  std::printf("%d passed, %d failed\n", static_cast<int>(ran.size()) - failed, failed);
  return failed + (ran.empty() ? 1 : 0);
}

}  // namespace

int main(int argc, char** argv) {
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(watch));
  int failed = 0;
  for (int i = 1; i < argc; ++i)
    in_world("sqlite", [&](World& world) {
      const auto wrong = Script(world).play_file(argv[i]);
      if (!wrong.empty()) std::printf("%s\n", wrong.c_str());
      failed += !wrong.empty();
      if (i + 1 == argc) failed += explain_all(world.app.settings.data);
      return true;
    });
  return failed != 0;
}
