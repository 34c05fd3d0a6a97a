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
  void operator()(std::monostate) const { sqlite3_bind_null(to, at); }
  void operator()(std::int64_t v) const { sqlite3_bind_int64(to, at, v); }
  void operator()(double v) const { sqlite3_bind_double(to, at, v); }
  void operator()(bool v) const { sqlite3_bind_int(to, at, v); }
  // The engine takes a null pointer for NULL, also with length 0.
  void operator()(std::string_view v) const {
    sqlite3_bind_text64(to, at, v.data() ? v.data() : "", v.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  void operator()(BytesView v) const { sqlite3_bind_blob64(to, at, v.data() ? v.data() : v.data() + 0, v.size(), SQLITE_STATIC); }
};

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* s) : s_(s) {}
  int size() const override { return sqlite3_column_count(s_); }
  bool null(int i) const override { return sqlite3_column_type(s_, i) == SQLITE_NULL; }
  std::int64_t integer(int i) const override { return typed(i, SQLITE_INTEGER), sqlite3_column_int64(s_, i); }
  double real(int i) const override { return present(i), sqlite3_column_double(s_, i); }
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
  void present(int i) const { if (null(i)) throw std::logic_error("a null where the row has a value"); }
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
  generated("pragma busy_timeout = 5000");
  if (mode == Mode::write) generated("pragma journal_mode = wal");
  for (auto pragma : {"pragma synchronous = full", "pragma foreign_keys = on", "pragma cache_size = -8000",
                      "pragma wal_autocheckpoint = 4000", "pragma temp_store = memory"})
    generated(pragma);
}

void Sqlite::begin() { fixed(mode_ == Mode::write ? "begin immediate" : "begin"); }
void Sqlite::commit() { fixed("commit"); }
void Sqlite::rollback() noexcept { sqlite3_exec(db_.get(), "rollback", nullptr, nullptr, nullptr); }
void Sqlite::savepoint() { fixed("savepoint verb"); }
void Sqlite::release() { fixed("release verb"); }
void Sqlite::rollback_to() noexcept { sqlite3_exec(db_.get(), "rollback to verb; release verb", nullptr, nullptr, nullptr); }

std::int64_t Sqlite::generated(std::string_view sql, std::span<const Arg> args, const Sink& each) {
  return step(prepare(sql).get(), args, each);
}

void Sqlite::fixed(const char* sql) {
  auto& statement = fixed_[sql];
  if (!statement) statement = prepare(sql);
  step(statement.get(), {}, {});
}

std::int64_t Sqlite::run(const Statement& sql, std::span<const Arg> args, const Sink& each) {
  const std::pair where{sql.text.data(), sql.room.data()};
  auto known = kept_.find(where);
  if (known == kept_.end()) {
    auto statement = prepare(sql.text);
    auto guards = inspect(sql, touches_, tables_);
    known = kept_.emplace(where, Prepared{std::move(statement), std::move(guards)}).first;
  }
  admit(known->second.guards, args);
  return step(known->second.statement.get(), args, each);
}

Sqlite::Handle Sqlite::prepare(std::string_view sql) {
  touches_.clear();
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(db_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr) != SQLITE_OK)
    throw std::logic_error(sqlite3_errmsg(db_.get()));
  return Handle(raw);
}

std::int64_t Sqlite::step(sqlite3_stmt* s, std::span<const Arg> args, const Sink& each) {
  const auto reset = [](sqlite3_stmt* used) { sqlite3_reset(used); sqlite3_clear_bindings(used); };
  const std::unique_ptr<sqlite3_stmt, decltype(reset)> after(s, reset);
  for (std::size_t i = 0; i < args.size(); ++i) {
    const char name[] = {'$', static_cast<char>('0' + (i + 1) / 10), static_cast<char>('0' + (i + 1) % 10), 0};
    const char small[] = {'$', static_cast<char>('1' + i), 0};
    std::visit(Bind{s, sqlite3_bind_parameter_index(s, i < 9 ? small : name)}, args[i].value);
  }
  const SqliteRow row(s);
  int rc;
  while ((rc = sqlite3_step(s)) == SQLITE_ROW) if (each) each(row);
  if (rc == SQLITE_DONE) return sqlite3_changes64(db_.get());
  const int why = sqlite3_extended_errcode(db_.get());
  if (why == SQLITE_CONSTRAINT_UNIQUE || why == SQLITE_CONSTRAINT_PRIMARYKEY)
    throw Error::conflict("request.exists", "This exists already");
  if ((why & 0xff) == SQLITE_FULL || (why & 0xff) == SQLITE_IOERR)
    throw Error{Error::Kind::unavailable, "server.disk", "The server cannot write to its disk"};
  throw std::logic_error(sqlite3_errmsg(db_.get()));
}

}  // namespace db
