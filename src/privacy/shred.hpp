#pragma once
#include "core/ctx.hpp"
#include "privacy/key_store.hpp"
#include "privacy/ledger_files.hpp"

// Making what was sealed for somebody unreadable, in every copy there is: the live data, its backups,
// files on any node.
namespace privacy {

inline constexpr std::string_view shredding_job = "privacy.shred";

// Decides it: a row of audit and ledger in this transaction, and a job that destroys the keys. For the
// acting organisation, or in organisation 0 for an account. `reason` is a word of the program.
void shred(Ctx&, std::int64_t subject, std::string_view reason);

// What the job does. The keys first, outside any transaction, as files are rewritten and other nodes
// waited for: when it returns, no node opens anything any more, and the ledger's files know it. Then the
// row that says so.
void destroy_keys(KeyStore&, LedgerFiles&, const Shredded&);
void note_shredded(Ctx&, std::int64_t subject);

// Older copies of the key store and of the data bring nothing back: keys of those who were shredded go
// again. Before anything is served.
void shred_again(db::Database&, KeyStore&, LedgerFiles&);

}  // namespace privacy
