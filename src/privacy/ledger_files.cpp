#include "privacy/ledger_files.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include "base/log.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "privacy/files.hpp"
#include "register/purposes.hpp"

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
Error cut_off() {
  return {Error::Kind::unavailable, "privacy.ledger_cut_off",
          "The witness has seen more of the ledger than there is: put the newest copy of its folder back"};
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

// Of an exported line; empty if it is not there.
std::string hash_at(const fs::path& folder, std::int64_t seq) {
  if (seq == 0) return first_hash;
  const auto lines = lines_of(folder / ledger_file::segment(seq));
  const auto at = static_cast<std::size_t>((seq - 1) % ledger_file::lines_a_segment);
  return at < lines.size() ? json::parse<LedgerLine>(lines[at]).hash : "";
}

void append_lines(const fs::path& path, std::string_view text) {
  if (fs::exists(path)) mend(path);
  files::append(path, text);
}

std::string signed_words(const ShredLine& s) {
  return fmt::format("carillon shred\n{}\n{}\n{}\n", s.org, s.subject, s.at.time_since_epoch().count());
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
  const bool first = !begun_;
  if (first) begin();
  begun_ = false;
  export_lines(db);
  if (first) see_that_the_witness_agrees();
  sign();
  show_witness();
  begun_ = true;
}

void LedgerFiles::begin() {
  const auto keys = pair_of(key());
  last_ = last_line(folder_).value_or(LedgerLine{.hash = first_hash});
  signed_ = last_checkpoint(folder_).value_or(Checkpoint{}).size;
  const auto open = ::text::hex({reinterpret_cast<const char*>(keys.open), sizeof keys.open}) + "\n";
  if (!fs::exists(folder_ / ledger_file::public_key)) files::append(folder_ / ledger_file::public_key, open);
  if (witness_.empty()) return;
  files::make_folder(witness_);
  shown_ = last_checkpoint(witness_).value_or(Checkpoint{}).size;
  shreds_shown_ = false;
  if (!fs::exists(witness_ / ledger_file::public_key)) files::append(witness_ / ledger_file::public_key, open);
}

// The seed, made once.
std::string LedgerFiles::key() {
  files::make_folder(folder_);
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

std::string LedgerFiles::signature_of(std::string_view words) {
  const auto keys = pair_of(key());
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, raw(words), words.size(),
                       keys.secret);
  return ::text::hex(signature);
}

void LedgerFiles::sign() {
  if (last_.seq == signed_) return;
  Checkpoint c{last_.seq, last_.hash, last_.at, ""};
  c.signature = signature_of(signed_words(c));
  files::append(folder_ / ledger_file::checkpoints, json::dump(c) + "\n");
  signed_ = c.size;
}

// After a restore, nothing is signed that contradicts what was signed before.
void LedgerFiles::see_that_the_witness_agrees() const {
  if (witness_.empty() || shown_ == 0) return;
  const auto hash = hash_at(folder_, shown_);
  if (hash.empty()) throw cut_off();
  if (hash != last_checkpoint(witness_).value().hash) throw forked();
}

// Every checkpoint that the witness has not seen yet.
void LedgerFiles::show_witness() {
  if (witness_.empty()) return;
  if (!shreds_shown_) show_shreds();
  if (shown_ == signed_) return;
  std::string text;
  for (auto& line : lines_of(folder_ / ledger_file::checkpoints))
    if (json::parse<Checkpoint>(line).size > shown_) text += line + "\n";
  files::append(witness_ / ledger_file::checkpoints, text);
  shown_ = signed_;
}

void LedgerFiles::show_shreds() {
  const auto seen = lines_of(witness_ / ledger_file::shreds);
  std::string text;
  for (auto& line : lines_of(folder_ / ledger_file::shreds))
    if (std::ranges::count(seen, line) == 0) text += line + "\n";
  if (!text.empty()) append_lines(witness_ / ledger_file::shreds, text);
  shreds_shown_ = true;
}

void LedgerFiles::keep(const Shredded& s) {
  const std::lock_guard hold(mutex_);
  ShredLine line{s.whose.org.value, s.whose.subject, s.at};
  line.signature = signature_of(signed_words(line));
  append_lines(folder_ / ledger_file::shreds, json::dump(line) + "\n");
  shreds_shown_ = false;
}

std::vector<Shredded> LedgerFiles::shredded() {
  const std::lock_guard hold(mutex_);
  std::vector<Shredded> all;
  if (folder_.empty()) return all;
  for (const auto& folder : {folder_, witness_}) {
    if (folder.empty()) continue;
    for (const auto& text : lines_of(folder / ledger_file::shreds)) {
      const auto line = json::parse<ShredLine>(text);
      if (line.signature == signature_of(signed_words(line))) all.push_back({{OrgId{line.org}, line.subject}, line.at});
      else logging::warn("ledger.shred_not_signed_here");
    }
  }
  return all;
}

void LedgerFiles::rejoin(db::Database& db, Ids& ids, Time now) {
  const std::lock_guard hold(mutex_);
  const auto last = fs::exists(folder_) ? last_line(folder_) : std::nullopt;
  if (!last) return;
  bool behind = false;
  db.write_now([&](db::Connection& c) {
    const auto known = head(c);
    behind = known.seq < last->seq && hash_at(folder_, known.seq) == known.hash;
    if (!behind) return;
    const Actor program{.kind = Actor::Kind::system};
    Outbox nothing;
    privacy::rejoin({program, {}, now, purpose::rights, c, ids, nothing}, *last);
  });
  if (behind) logging::warn("ledger.rejoined", {{"lines", last->seq}});
}

}  // namespace privacy
