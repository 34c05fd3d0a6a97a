#include "privacy/ledger_files.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include "base/random.hpp"
#include "base/text.hpp"
#include "privacy/files.hpp"

namespace privacy {
namespace {

namespace fs = std::filesystem;
constexpr int lines_at_once = 1000;
static_assert(ledger_file::lines_a_segment % lines_at_once == 0);

const unsigned char* raw(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

struct Pair {
  unsigned char open[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
  ~Pair() { sodium_memzero(secret, sizeof secret); }
};

Pair pair_of(std::string_view seed) {
  if (seed.size() != crypto_sign_SEEDBYTES) throw std::runtime_error("the signing key of the ledger is not one");
  Pair made;
  crypto_sign_seed_keypair(made.open, made.secret, raw(seed));
  return made;
}

Error forked() {
  return {Error::Kind::unavailable, "privacy.ledger_forked", "The exported ledger is not the one in the database"};
}

// A line that a crash left unfinished never counted: it is cut off.
void mend(const fs::path& path) {
  const auto text = files::read(path);
  const auto end = text.rfind('\n') + 1;  // 0 if there is none
  if (end != text.size()) files::cut(path, end);
}

// The newest segment there is, mended, and its last line.
std::optional<LedgerLine> last_line(const fs::path& folder) {
  fs::path newest;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().starts_with("lines-")) newest = std::max(newest, entry.path());
  if (newest.empty()) return std::nullopt;
  mend(newest);
  const auto lines = lines_of(newest);
  if (lines.empty() && newest.filename() != ledger_file::segment(1)) throw forked();
  return lines.empty() ? std::nullopt : std::optional(json::parse<LedgerLine>(lines.back()));
}

std::optional<Checkpoint> last_checkpoint(const fs::path& folder) {
  if (fs::exists(folder / ledger_file::checkpoints)) mend(folder / ledger_file::checkpoints);
  const auto lines = lines_of(folder / ledger_file::checkpoints);
  return lines.empty() ? std::nullopt : std::optional(json::parse<Checkpoint>(lines.back()));
}

}  // namespace

std::string ledger_file::segment(std::int64_t seq) {
  return fmt::format("lines-{:012}.jsonl", (seq - 1) / lines_a_segment * lines_a_segment + 1);
}

std::string signed_words(const Checkpoint& c) {
  return fmt::format("carillon ledger\n{}\n{}\n{}\n", c.size, c.hash, c.at.time_since_epoch().count());
}

std::vector<std::string> lines_of(const fs::path& path) {
  const auto text = files::read(path);
  std::vector<std::string> all;
  for (std::size_t at = 0, end; (end = text.find('\n', at)) != text.npos; at = end + 1)
    all.push_back(text.substr(at, end - at));
  return all;
}

void LedgerFiles::catch_up(db::Database& db) {
  const std::lock_guard hold(mutex_);
  if (!begun_) begin();
  begun_ = false;
  export_lines(db);
  sign();
  show_witness();
  begun_ = true;
}

void LedgerFiles::begin() {
  files::make_folder(folder_);
  last_ = last_line(folder_).value_or(LedgerLine{.hash = first_hash});
  signed_ = last_checkpoint(folder_).value_or(Checkpoint{}).size;
  const auto keys = pair_of(key());
  const auto open = ::text::hex({reinterpret_cast<const char*>(keys.open), sizeof keys.open}) + "\n";
  if (!fs::exists(folder_ / ledger_file::public_key)) files::append(folder_ / ledger_file::public_key, open);
  if (witness_.empty()) return;
  files::make_folder(witness_);
  shown_ = last_checkpoint(witness_).value_or(Checkpoint{}).size;
  if (!fs::exists(witness_ / ledger_file::public_key)) files::append(witness_ / ledger_file::public_key, open);
}

// The seed, made once.
std::string LedgerFiles::key() {
  const auto path = folder_ / ledger_file::signing_key;
  if (!fs::exists(path)) files::create_private(path, ::text::hex(random_bytes(crypto_sign_SEEDBYTES)) + "\n");
  const auto kept = lines_of(path);
  return kept.empty() ? "" : ::text::unhex(kept.front());
}

void LedgerFiles::export_lines(db::Database& db) {
  for (;;) {
    std::vector<LedgerLine> more;
    db.read_now([&](db::Connection& c) { more = chained(c, last_.seq, lines_at_once); });
    if (more.empty()) return;
    std::string text, segment = ledger_file::segment(more.front().seq);
    auto last = last_;
    for (auto& line : more) {
      if (line.seq != last.seq + 1 || line.hash != hash_of(line, last.hash)) throw forked();
      if (ledger_file::segment(line.seq) != segment) break;
      text += json::dump(line) + "\n";
      last = line;
    }
    files::append(folder_ / segment, text);
    last_ = last;
  }
}

void LedgerFiles::sign() {
  if (last_.seq == signed_) return;
  Checkpoint c{last_.seq, last_.hash, last_.at, ""};
  const auto words = signed_words(c);
  const auto keys = pair_of(key());
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, raw(words), words.size(),
                       keys.secret);
  c.signature = ::text::hex(signature);
  files::append(folder_ / ledger_file::checkpoints, json::dump(c) + "\n");
  signed_ = c.size;
}

// Every checkpoint that the witness has not seen yet.
void LedgerFiles::show_witness() {
  if (witness_.empty() || shown_ == signed_) return;
  std::string text;
  for (auto& line : lines_of(folder_ / ledger_file::checkpoints))
    if (json::parse<Checkpoint>(line).size > shown_) text += line + "\n";
  files::append(witness_ / ledger_file::checkpoints, text);
  shown_ = signed_;
}

}  // namespace privacy
