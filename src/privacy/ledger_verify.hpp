#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace privacy {

// What somebody finds who has nothing but the exported files: no database, no secret.
struct LedgerReport {
  std::int64_t lines = 0, witnessed = 0;  // how many there are, and how many the witness has seen
  std::string hash;                       // of the last
  std::vector<std::string> problems;      // sentences; none: the ledger is whole and in order
};

// `key`: the public key in hexadecimal. `witness` may be empty: then nothing can be said about an end
// that was cut off together with its checkpoints.
LedgerReport verify_ledger(const std::filesystem::path& folder, const std::string& key,
                           const std::filesystem::path& witness);

}  // namespace privacy
