#pragma once
#include <algorithm>
#include <filesystem>
#include <mutex>

#include "db/database.hpp"
#include "privacy/key_store.hpp"
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

// Whose keys were destroyed, signed by the same key.
struct ShredLine {
  std::int64_t org = 0, subject = 0;
  Time at = {};
  std::string signature = {};
};
BOOST_DESCRIBE_STRUCT(ShredLine, (), (org, subject, at, signature))

// The parts of an exported ledger: segments of so many lines, the checkpoints, whose keys
// were destroyed, the public key.
namespace ledger_file {
inline constexpr std::int64_t lines_a_segment = 10'000;
inline constexpr auto checkpoints = "checkpoints.jsonl", shreds = "shreds.jsonl", public_key = "ledger.pub",
                      signing_key = "signing.key";
std::string segment(std::int64_t seq);  // where a line belongs: "lines-000000000001.jsonl"
}  // namespace ledger_file

// The ledger outside the database: FOLDER holds it, and WITNESS, a folder in somebody else's care, each
// checkpoint. What is written stays: files only grow, and are on disk before anything counts on them.
class LedgerFiles {
 public:
  // FOLDER may be empty where nothing is kept: then there is nothing to rejoin and nobody was shredded.
  LedgerFiles(std::filesystem::path folder, std::filesystem::path witness)
      : folder_(std::move(folder)), witness_(std::move(witness)) {}

  // Exports what was chained since, signs, and shows the checkpoint to the witness. Harmless to repeat,
  // also after a crash at any point. Throws Error privacy.ledger_forked when files and database disagree,
  // and privacy.ledger_cut_off when the witness has seen more than there is.
  void catch_up(db::Database&);

  // When the program starts, before anything is chained: a database that was put back from a backup goes on
  // where the exported ledger ends, and the ledger says so.
  void rejoin(db::Database&, Ids&, Time now);

  // What a restored backup of data and keys has forgotten: whose keys were destroyed. On disk when it
  // returns; the witness gets it with the next checkpoint at the latest.
  void keep(const Shredded&);
  std::vector<Shredded> shredded();  // of both folders; lines that were not signed here do not count

 private:
  void begin();
  std::string key();
  void export_lines(db::Database&);
  std::string signature_of(std::string_view words);
  void sign();
  void see_that_the_witness_agrees() const;
  void show_witness();
  void show_shreds();

  std::filesystem::path folder_, witness_;
  std::mutex mutex_;

  // Where the files stand: read when it begins and after a failure, so that a quiet turn costs a query.
  bool begun_ = false;
  LedgerLine last_;
  std::int64_t signed_ = 0, shown_ = 0;
  bool shreds_shown_ = false;
};

// The lines of a text file, without an unfinished last one.
std::vector<std::string> lines_of(const std::filesystem::path&);

}  // namespace privacy
