#include "db/sqlite.hpp"

#include <sqlite3.h>

#include "base/error.hpp"

namespace db {
namespace {

int note(void* list, int action, const char* first, const char* second, const char*, const char*) {
  auto& touches = *static_cast<std::vector<Touch>*>(list);
  const std::string a = first ? first : "", b = second ? second : "";
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
    case SQLITE_FUNCTION: break;
    case SQLITE_READ: touches.push_back({Touch::How::read, a, b}); break;
    case SQLITE_INSERT: touches.push_back({Touch::How::insert, a, ""}); break;
    case SQLITE_UPDATE: touches.push_back({Touch::How::update, a, b}); break;
    case SQLITE_DELETE: touches.push_back({Touch::How::remove, a, ""}); break;
    default: touches.push_back({Touch::How::other, a, b});
  }
  return SQLITE_OK;
}

struct Bind {
  sqlite3_stmt* to;
  int at;
  int operator()(std::monostate) const { return sqlite3_bind_null(to, at); }
  int operator()(std::int64_t v) const { return sqlite3_bind_int64(to, at, v); }
  int operator()(double v) const { return sqlite3_bind_double(to, at, v); }
  int operator()(bool v) const { return sqlite3_bind_int(to, at, v); }
  // The engine takes a null pointer for NULL, also with length 0.
  int operator()(std::string_view v) const {
    if (v.contains('\0')) throw std::logic_error("a text with a zero byte");  // PostgreSQL knows none
    return sqlite3_bind_text64(to, at, v.empty() ? "" : v.data(), v.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  int operator()(BytesView v) const {
    return v.empty() ? sqlite3_bind_zeroblob(to, at, 0)
                     : sqlite3_bind_blob64(to, at, v.data(), v.size(), SQLITE_STATIC);
  }
};

std::vector<int> places_of(sqlite3_stmt* s) {
  std::vector<int> places;
  for (int n = sqlite3_bind_parameter_count(s), i = 1; i <= n; ++i)
    places.push_back(sqlite3_bind_parameter_index(s, ("$" + std::to_string(i)).c_str()));
  return places;
}

void bind(sqlite3_stmt* s, const std::vector<int>& places, std::span<const Arg> args) {
  if (places.size() != args.size()) throw std::logic_error("a statement and its arguments differ in number");
  for (std::size_t i = 0; i < args.size(); ++i)
    if (std::visit(Bind{s, places[i]}, args[i].value) != SQLITE_OK)
      throw std::logic_error("a value does not fit its statement");
}

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* s) : s_(s) {}
  int size() const override { return sqlite3_column_count(s_); }
  bool null(int i) const override { return sqlite3_column_type(s_, i) == SQLITE_NULL; }
  std::int64_t integer(int i) const override { return typed(i, SQLITE_INTEGER), sqlite3_column_int64(s_, i); }
  double real(int i) const override {
    if (sqlite3_column_type(s_, i) != SQLITE_INTEGER) typed(i, SQLITE_FLOAT);
    return sqlite3_column_double(s_, i);
  }
  std::string_view text(int i) const override {
    typed(i, SQLITE_TEXT);
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(s_, i));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(s_, i))};
  }
  BytesView bytes(int i) const override {
    typed(i, SQLITE_BLOB);
    const auto* data = static_cast<const unsigned char*>(sqlite3_column_blob(s_, i));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(s_, i))};
  }

 private:
  void typed(int i, int wanted) const {
    if (sqlite3_column_type(s_, i) != wanted) throw std::logic_error("a column and its field differ in type");
  }
  sqlite3_stmt* s_;
};

}  // namespace

void Sqlite::Close::operator()(sqlite3* db) const { sqlite3_close(db); }
void Sqlite::Finalize::operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }

Sqlite::Sqlite(const std::string& file, std::span<const schema::Table> tables, Mode mode)
    : tables_(tables), mode_(mode) {
  const int flags = mode == Mode::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  db_.reset(raw);
  if (rc != SQLITE_OK) throw std::runtime_error("cannot open " + file);
  sqlite3_set_authorizer(raw, note, &touches_);
  sqlite3_busy_timeout(raw, 5000);
  if (mode == Mode::write)
    generated("pragma journal_mode = wal", {}, [&](const Row& row) {
      if (row.text(0) != "wal" && row.text(0) != "memory")
        throw std::runtime_error("cannot keep a write-ahead log beside " + file);
    });
  for (auto pragma : {"pragma synchronous = full", "pragma foreign_keys = on", "pragma secure_delete = on",
                      "pragma case_sensitive_like = on", "pragma cache_size = -8000",
                      "pragma wal_autocheckpoint = 4000", "pragma temp_store = memory"})
    generated(pragma);
  generated("select value from json_each('[]')");  // its first use declares it, which a room may not
}

bool Sqlite::in_transaction() const { return !sqlite3_get_autocommit(db_.get()); }
void Sqlite::begin() {
  failed_ = false;
  fixed(mode_ == Mode::write ? "begin immediate" : "begin");
}
void Sqlite::commit() {
  refuse_failed();
  fixed("commit");
}
void Sqlite::rollback() noexcept { undo("rollback"); }
void Sqlite::savepoint() { fixed("savepoint verb"); }
void Sqlite::release() {
  refuse_failed();
  fixed("release verb");
}
void Sqlite::rollback_to() noexcept { undo("rollback to verb; release verb"); }

void Sqlite::undo(const char* sql) noexcept {
  sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr);
  failed_ = false;
}

// PostgreSQL undoes all when a statement fails, whoever catches the error; so nobody may go on.
void Sqlite::refuse_failed() const {
  if (failed_) throw std::logic_error("a statement failed and the transaction went on");
}

std::int64_t Sqlite::generated(std::string_view sql, std::span<const Arg> args, const Sink& each) {
  return step(prepare(sql), args, each);
}

void Sqlite::fixed(const char* sql) {
  auto& statement = fixed_[sql];
  if (!statement.statement) statement = prepare(sql, SQLITE_PREPARE_PERSISTENT);
  step(statement, {}, {});
}

std::int64_t Sqlite::run(const Statement& sql, std::span<const Arg> args, const Sink& each) {
  const std::pair where{sql.text.data(), sql.room.data()};
  auto known = kept_.find(where);
  if (known == kept_.end()) {
    auto prepared = prepare(sql.text, SQLITE_PREPARE_PERSISTENT);
    prepared.guards = inspect(sql, touches_, tables_);
    known = kept_.emplace(where, std::move(prepared)).first;
  }
  admit(known->second.guards, args);
  return step(known->second, args, each);
}

std::vector<Guard> Sqlite::inspected(const Statement& sql) {
  const auto statement = prepare(sql.text);
  return inspect(sql, touches_, tables_);
}

Sqlite::Prepared Sqlite::prepare(std::string_view sql, unsigned flags) {
  touches_.clear();
  sqlite3_stmt* raw = nullptr;
  const char* rest = nullptr;
  const auto length = static_cast<int>(sql.size());
  if (sqlite3_prepare_v3(db_.get(), sql.data(), length, flags, &raw, &rest) != SQLITE_OK)
    throw std::logic_error(sqlite3_errmsg(db_.get()));
  Handle made(raw);
  if (!raw || rest != sql.data() + sql.size()) throw std::logic_error("one statement a call");
  auto places = places_of(made.get());
  return {std::move(made), std::move(places), {}};
}

std::int64_t Sqlite::step(const Prepared& prepared, std::span<const Arg> args, const Sink& each) {
  auto* s = prepared.statement.get();
  if (sqlite3_stmt_busy(s)) throw std::logic_error("a statement within its own rows");
  const auto reset = [](sqlite3_stmt* used) {
    sqlite3_reset(used);
    sqlite3_clear_bindings(used);
  };
  const std::unique_ptr<sqlite3_stmt, decltype(reset)> after(s, reset);
  bind(s, prepared.places, args);
  const SqliteRow row(s);
  int rc;
  while ((rc = sqlite3_step(s)) == SQLITE_ROW)
    if (each) each(row);
  if (rc != SQLITE_DONE) refuse();
  return sqlite3_stmt_readonly(s) ? 0 : sqlite3_changes64(db_.get());
}

// What the engine says goes on only where it names columns; elsewhere it may quote values.
void Sqlite::refuse() {
  failed_ = true;
  const int why = sqlite3_extended_errcode(db_.get());
  if (why == SQLITE_CONSTRAINT_UNIQUE || why == SQLITE_CONSTRAINT_PRIMARYKEY)
    throw Error::conflict("request.exists", "This exists already");
  switch (why & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: throw Error{Error::Kind::unavailable, "server.disk", "The server cannot write to its disk"};
    case SQLITE_BUSY: throw Error{Error::Kind::unavailable, "server.busy", "The server is busy; please try again"};
    case SQLITE_CONSTRAINT: throw std::logic_error(sqlite3_errmsg(db_.get()));
    default: throw std::logic_error(sqlite3_errstr(why));
  }
}

}  // namespace db
