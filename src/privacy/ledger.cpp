#include "privacy/ledger.hpp"

#include <sodium.h>

#include "base/random.hpp"
#include "base/text.hpp"
#include "privacy/audit.hpp"

namespace privacy {
namespace {

using EntryId = Id<"led">;
constexpr std::int64_t chaining = 2;  // one at a time
constexpr std::size_t a_slice = 500;

struct Last {
  std::int64_t seq;
  db::Bytes hash;
};
struct Waiting {
  std::int64_t entry;
  LedgerKind kind;
  db::Bytes digest;
  Time at;
};
struct Chained {
  std::int64_t seq;
  std::int64_t entry;
  LedgerKind kind;
  db::Bytes digest;
  Time at;
  db::Bytes hash;
};
BOOST_DESCRIBE_STRUCT(Last, (), (seq, hash))
BOOST_DESCRIBE_STRUCT(Waiting, (), (entry, kind, digest, at))
BOOST_DESCRIBE_STRUCT(Chained, (), (seq, entry, kind, digest, at, hash))

db::Bytes bytes(std::string_view s) { return {s.begin(), s.end()}; }
std::string hex(const db::Bytes& b) { return ::text::hex({reinterpret_cast<const char*>(b.data()), b.size()}); }
const unsigned char* raw(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

}  // namespace

const std::string first_hash(64, '0');

std::string salted(std::string_view salt, std::string_view content) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, raw(salt), salt.size());
  crypto_auth_hmacsha256_update(&state, raw(content), content.size());
  std::string out(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

void enter(const Moment& m, LedgerKind kind, std::int64_t reference, std::string_view content) {
  const auto salt = random_bytes(32);
  const auto id = m.fresh<EntryId>();
  m.db.exec("insert into privacy_ledger (id, kind, reference, salt, digest, at) values ($1, $2, $3, $4, $5, $6)", id,
            kind, reference, bytes(salt), bytes(salted(salt, content)), m.now);
  m.db.exec("insert into privacy_ledger_waiting (id) values ($1)", id);
}

std::string hash_of(const LedgerLine& l, std::string_view before) {
  const auto line = std::string(before) + ' ' + std::to_string(l.seq) + ' ' + std::to_string(l.entry) + ' ' +
                    boost::describe::enum_to_string(l.kind, "?") + ' ' + l.digest + ' ' +
                    std::to_string(l.at.time_since_epoch().count());
  return ::text::hex(sha256(line));
}

static bool chain_after(Head at, db::Tx& db) {
  const auto waiting = db.all<Waiting>(
      "select l.id, l.kind, l.digest, l.at from privacy_ledger_waiting w join privacy_ledger l on l.id = w.id "
      "order by w.id limit $1",
      static_cast<int>(a_slice));
  for (auto& w : waiting) {
    at.hash = hash_of({++at.seq, w.entry, w.kind, hex(w.digest), w.at, ""}, at.hash);
    db.exec("insert into privacy_ledger_chain (seq, entry_id, hash) values ($1, $2, $3)", at.seq, w.entry,
            bytes(::text::unhex(at.hash)));
    db.exec("delete from privacy_ledger_waiting where id = $1", w.entry);
  }
  return waiting.size() == a_slice;
}

Head head(db::Tx& db) {
  db.lock(chaining);
  const auto last = db.one<Last>("select seq, hash from privacy_ledger_chain order by seq desc limit 1");
  return last ? Head{last->seq, hex(last->hash)} : Head{};
}

void rejoin(const Moment& m, const LedgerLine& exported) {
  record(m, {.action = "ledger.restored", .kind = LedgerKind::restoration});
  chain_after({exported.seq, exported.hash}, m.db);
}

bool chain(db::Tx& db) { return chain_after(head(db), db); }

std::vector<LedgerLine> chained(db::Tx& db, std::int64_t after, int limit) {
  std::vector<LedgerLine> all;
  db.each<Chained>(
      "select c.seq, l.id, l.kind, l.digest, l.at, c.hash from privacy_ledger_chain c "
      "join privacy_ledger l on l.id = c.entry_id where c.seq > $1 order by c.seq limit $2",
      [&](Chained&& c) { all.push_back({c.seq, c.entry, c.kind, hex(c.digest), c.at, hex(c.hash)}); }, after, limit);
  return all;
}

}  // namespace privacy
