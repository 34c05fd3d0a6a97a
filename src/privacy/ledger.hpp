#pragma once
#include "core/ctx.hpp"

namespace privacy {

BOOST_DEFINE_ENUM_CLASS(LedgerKind, acceptance, consent, withdrawal, audit, shredding, expiry, appointment, policy,
                        restoration)

// Writes an entry in the transaction of what it is about: a digest of the content under a salt of its
// own, nothing else of it.
void enter(const Moment&, LedgerKind, std::int64_t reference, std::string_view content);
template <Described Row>
void enter(const Moment& m, LedgerKind kind, const Row& row) {
  enter(m, kind, row.id.value, json::dump(row));
}

std::string salted(std::string_view salt, std::string_view content);  // HMAC-SHA256

// One line of the ledger as it is exported. `hash` covers the other fields and the hash before it.
struct LedgerLine {
  std::int64_t seq = 0, entry = 0;
  LedgerKind kind{};
  std::string digest = {};  // in hex, as the hash
  Time at = {};
  std::string hash = {};
};
BOOST_DESCRIBE_STRUCT(LedgerLine, (), (seq, entry, kind, digest, at, hash))

extern const std::string first_hash;  // before the first line
std::string hash_of(const LedgerLine&, std::string_view before);

// How far the chain has come.
struct Head {
  std::int64_t seq = 0;
  std::string hash = first_hash;
};
Head head(db::Tx&);

// Where a restored database has forgotten the end of what was exported: a row of the audit says so, and
// the entries that wait go on after the last exported line.
void rejoin(const Moment&, const LedgerLine& exported);

// Gives the entries that were committed since their places in the chain. True: there may be more.
bool chain(db::Tx&);

// The chained lines after a number, in order.
std::vector<LedgerLine> chained(db::Tx&, std::int64_t after, int limit);

}  // namespace privacy
