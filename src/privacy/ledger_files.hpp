#pragma once
#include <algorithm>
#include <filesystem>
#include <mutex>

#include "db/database.hpp"
#include "privacy/ledger.hpp"

namespace privacy {

// What the ledger was when it had so many lines, signed (Ed25519). The moment is that of the last line,
// so every node that signs the same ledger signs the same words.
struct Checkpoint {
  std::int64_t size = 0;
  std::string hash;
  Time at;
  std::string signature;
};
BOOST_DESCRIBE_STRUCT(Checkpoint, (), (size, hash, at, signature))
std::string signed_words(const Checkpoint&);

// The parts of an exported ledger: segments of so many lines, the checkpoints, the public key.
namespace ledger_file {
inline constexpr std::int64_t lines_a_segment = 10'000;
inline constexpr auto checkpoints = "checkpoints.jsonl", public_key = "ledger.pub", signing_key = "signing.key";
std::string segment(std::int64_t seq);  // where a line belongs: "lines-000000000001.jsonl"
}  // namespace ledger_file

// The ledger outside the database: FOLDER holds it, and WITNESS, a folder in somebody else's care, each
// checkpoint. What is written stays: files only grow, and are on disk before anything counts on them.
class LedgerFiles {
 public:
  LedgerFiles(std::filesystem::path folder, std::filesystem::path witness)
      : folder_(std::move(folder)), witness_(std::move(witness)) {}

  // Exports what was chained since, signs, and shows the checkpoint to the witness. Harmless to repeat,
  // also after a crash at any point. Throws Error privacy.ledger_forked when file and database disagree.
  void catch_up(db::Database&);

 private:
  void begin();
  std::string key();
  void export_lines(db::Database&);
  void sign();
  void show_witness();

  std::filesystem::path folder_, witness_;
  std::mutex mutex_;

  // Where the files stand: read when it begins and after a failure, so that a quiet turn costs a query.
  bool begun_ = false;
  LedgerLine last_;
  std::int64_t signed_ = 0, shown_ = 0;
};

// The lines of a text file, without an unfinished last one.
std::vector<std::string> lines_of(const std::filesystem::path&);

}  // namespace privacy
