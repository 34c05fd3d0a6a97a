#include "db/postgres.hpp"

#include "base/log.hpp"
#include "db/postgres_values.hpp"
#include "db/watch.hpp"

namespace db {
namespace {

using namespace std::chrono_literals;

// Limits come before the address, which may set its own; the encoding comes after it.
constexpr const char* settings[] = {"connect_timeout",
                                    "fallback_application_name",
                                    "keepalives_idle",
                                    "keepalives_interval",
                                    "keepalives_count",
                                    "tcp_user_timeout",
                                    "dbname",
                                    "client_encoding",
                                    nullptr};
constexpr const char* of_session =
    "set lock_timeout = '10s'; set statement_timeout = '30s'; set idle_in_transaction_session_timeout = '60s'; "
    "set client_min_messages = warning; set jit = off; "
    "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'";

// Text of the server stays out of the log: it may hold what people wrote.
void notice(void*, const PGresult* r) {
  const char* state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
  logging::warn("database.notice", {{"sqlstate", logging::Code::of_program(state ? state : "none")}});
}

bool understood(const std::string& address) {
  char* wrong = nullptr;
  auto* parsed = PQconninfoParse(address.c_str(), &wrong);
  PQfreemem(wrong);  // it would quote the address, with its password
  PQconninfoFree(parsed);
  return parsed != nullptr;
}

Error away() { return {Error::Kind::unavailable, "server.database", "The server cannot reach its database"}; }

}  // namespace

void Postgres::Close::operator()(pg_conn* c) const { PQfinish(c); }
void Postgres::Clear::operator()(pg_result* r) const { PQclear(r); }

Postgres::Postgres(std::string address, Mode mode, Watch* watch)
    : address_(std::move(address)), mode_(mode), watch_(watch) {
  if (!understood(address_)) throw std::runtime_error("the address of the database is not one");
  if (const auto why = connect(); !why.empty()) throw std::runtime_error("cannot use the database: " + why);
}

std::string Postgres::connect() {
  prepared_.clear();
  const char* values[] = {"5", "carillon", "10", "5", "3", "15000", address_.c_str(), "UTF8", nullptr};
  db_.reset(PQconnectdbParams(settings, values, 1));
  std::string why;
  if (PQstatus(db_.get()) != CONNECTION_OK) why = PQerrorMessage(db_.get());
  else if (PQparameterStatus(db_.get(), "server_encoding") != std::string_view("UTF8"))
    why = "its encoding must be UTF8";
  else {
    PQsetNoticeReceiver(db_.get(), notice, nullptr);
    const Result set(PQexec(db_.get(), of_session));
    if (PQresultStatus(set.get()) != PGRES_TUPLES_OK) why = PQerrorMessage(db_.get());
  }
  if (!why.empty()) db_.reset();
  return why;
}

void Postgres::reconnect() {
  if (Clock::now() < not_before_) throw away();
  if (connect().empty()) {
    pause_ = 0ms;
    return logging::info("database.back");
  }
  pause_ = std::clamp(pause_ * 2, 100ms, 1000ms);
  not_before_ = Clock::now() + pause_;
  logging::warn("database.away");
  throw away();
}

void Postgres::lose() {
  if (db_) logging::warn("database.lost");
  db_.reset();
}

// A read sees one moment, as it does on SQLite. A connection that was lost while it was idle is
// replaced: nothing has happened on it yet.
void Postgres::begin() {
  const auto* sql = mode_ == Mode::read ? "begin isolation level repeatable read, read only"
                                        : "begin isolation level read committed, read write";
  if (!db_) reconnect();
  try {
    plain(sql);
  } catch (const Error&) {
    if (db_) throw;
    reconnect();
    plain(sql);
  }
}

void Postgres::commit() {
  const auto result = plain("commit");
  if (PQcmdStatus(result.get()) != std::string_view("COMMIT"))
    throw std::logic_error("a statement failed and the transaction went on");
}

void Postgres::rollback() noexcept {
  if (!db_ || PQtransactionStatus(db_.get()) == PQTRANS_IDLE) return;
  const Result result(PQexec(db_.get(), "rollback"));
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) lose();
}

void Postgres::lock(std::int64_t id) { exec("select pg_advisory_xact_lock($1)", id); }

std::int64_t Postgres::generated(std::string_view sql, std::span<const Arg> args, const Sink& each) {
  if (!db_) throw away();
  const Parameters p(args);
  return rows(checked(PQexecParams(db_.get(), std::string(sql).c_str(), p.size(), nullptr, p.values(), p.lengths(),
                                   p.formats(), 1)),
              each);
}

const Postgres::Prepared& Postgres::prepare(const Statement& sql) {
  const std::pair where{sql.text.data(), sql.room.data()};
  const auto known = prepared_.find(where);
  if (known != prepared_.end()) return known->second;
  Prepared made{"s" + std::to_string(prepared_.size()), {}};
  if (watch_ && sql.room != "db") made.guards = watch_->inspect(sql);
  checked(PQprepare(db_.get(), made.name.c_str(), std::string(sql.text).c_str(), 0, nullptr));
  return prepared_.emplace(where, std::move(made)).first->second;
}

std::int64_t Postgres::run(const Statement& sql, std::span<const Arg> args, const Sink& each) {
  if (!db_) throw away();
  const auto& prepared = prepare(sql);
  admit(prepared.guards, args);
  const Parameters p(args);
  return rows(
      checked(PQexecPrepared(db_.get(), prepared.name.c_str(), p.size(), p.values(), p.lengths(), p.formats(), 1)),
      each);
}

Postgres::Result Postgres::plain(const char* sql) { return checked(PQexec(db_.get(), sql)); }

Postgres::Result Postgres::checked(pg_result* raw) {
  Result result(raw);
  const auto status = PQresultStatus(raw);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) refuse(raw);
  return result;
}

std::int64_t Postgres::rows(const Result& result, const Sink& each) {
  const auto* r = result.get();
  for (int i = 0; each && i < PQntuples(r); ++i) each(PostgresRow(r, i));
  const std::string_view tag = PQcmdStatus(result.get()), changed = PQcmdTuples(result.get());
  std::int64_t count = 0;
  if (!tag.starts_with("SELECT")) std::from_chars(changed.data(), changed.data() + changed.size(), count);
  return count;
}

// Of what the server says only the code goes on, and the first line where it speaks of the statement
// itself: everything else may hold values.
void Postgres::refuse(const pg_result* result) {
  const auto field = [&](int which) {
    const char* text = PQresultErrorField(result, which);
    return std::string(text ? text : "");
  };
  const auto state = field(PG_DIAG_SQLSTATE);
  const auto is = [&](auto... known) { return ((state == known) || ...); };
  if (PQstatus(db_.get()) != CONNECTION_OK || state.starts_with("57P")) {
    lose();
    throw away();
  }
  if (is("23505")) throw Error::conflict("request.exists", "This exists already");
  if (is("40001", "40P01")) throw Collision();
  if (is("55P03", "57014"))
    throw Error{Error::Kind::unavailable, "server.busy", "The server is busy; please try again"};
  if (is("53100", "58030")) throw Error{Error::Kind::unavailable, "server.disk", "The server cannot write to its disk"};
  if (state.starts_with("53")) throw away();
  throw std::logic_error("SQLSTATE " + state + (state.starts_with("42") ? ": " + field(PG_DIAG_MESSAGE_PRIMARY) : ""));
}

}  // namespace db
