#include "privacy/ledger_verify.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <map>
#include <set>

#include "base/text.hpp"
#include "privacy/ledger_files.hpp"

namespace privacy {
namespace {

namespace fs = std::filesystem;

const unsigned char* raw(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

class Verifier {
 public:
  Verifier(const fs::path& folder, std::string key) : folder_(folder), key_(::text::unhex(key)) {
    if (key_.size() != crypto_sign_PUBLICKEYBYTES) say("the public key is not one: it has 64 hexadecimal digits");
  }

  // Checkpoints first: a server beside us writes lines before it signs them.
  LedgerReport report(const fs::path& witness) {
    const auto own = checkpoints(folder_, "the ledger");
    const auto seen = witness.empty() ? std::vector<Checkpoint>() : checkpoints(witness, "the witness");
    for (const auto* points : {&own, &seen})
      for (const auto& c : *points) hashes_[c.size];
    read_lines();
    compare(own, "the ledger");
    compare(seen, "the witness");
    out_.witnessed = seen.empty() ? 0 : seen.back().size;
    if (out_.lines > 0 && (own.empty() || own.back().size < out_.lines))
      say(fmt::format("lines after {} are not signed yet", own.empty() ? 0 : own.back().size));
    return std::move(out_);
  }

 private:
  void say(std::string problem) {
    if (out_.problems.size() < 20) out_.problems.push_back(std::move(problem));
  }

  void read_lines() {
    std::set<fs::path> segments;
    if (fs::is_directory(folder_))
      for (const auto& entry : fs::directory_iterator(folder_))
        if (entry.path().filename().string().starts_with("lines-")) segments.insert(entry.path());
    if (segments.empty()) say("there is no ledger in " + folder_.string());
    std::string before = first_hash;
    for (const auto& path : segments)
      for (const auto& text : lines_of(path)) before = take(path, text, before);
    out_.hash = before;
  }

  // Goes on from what a line says of itself, so that one bad line is one problem.
  std::string take(const fs::path& path, const std::string& text, const std::string& before) {
    ++out_.lines;
    LedgerLine line;
    try {
      line = json::parse<LedgerLine>(text);
    } catch (const Error&) {
      say(fmt::format("line {} cannot be read", out_.lines));
      return before;
    }
    if (line.seq != out_.lines)
      say(fmt::format("line {} says that it is line {}: lines were moved or taken out", out_.lines, line.seq));
    else if (line.hash != hash_of(line, before))
      say(fmt::format("line {} was altered, or what stands before it", out_.lines));
    if (path.filename() != ledger_file::segment(line.seq))
      say(fmt::format("line {} is in another segment's file", out_.lines));
    if (const auto asked = hashes_.find(out_.lines); asked != hashes_.end()) asked->second = line.hash;
    return line.hash;
  }

  std::vector<Checkpoint> checkpoints(const fs::path& folder, const char* whose) {
    std::vector<Checkpoint> all;
    for (const auto& text : lines_of(folder / ledger_file::checkpoints)) {
      try {
        const auto c = json::parse<Checkpoint>(text);
        if (!authentic(c)) say(fmt::format("{} has a checkpoint at {} that the key did not sign", whose, c.size));
        else if (!all.empty() && c.size <= all.back().size && c.hash != all.back().hash)
          say(fmt::format("{} has two signed checkpoints that disagree at {}: the ledger was forked", whose, c.size));
        else all.push_back(c);
      } catch (const Error&) { say(fmt::format("{} has a checkpoint that cannot be read", whose)); }
    }
    if (all.empty()) say(fmt::format("{} has no checkpoint", whose));
    return all;
  }

  bool authentic(const Checkpoint& c) const {
    const auto words = signed_words(c), signature = ::text::unhex(c.signature);
    return signature.size() == crypto_sign_BYTES && key_.size() == crypto_sign_PUBLICKEYBYTES &&
           crypto_sign_verify_detached(raw(signature), raw(words), words.size(), raw(key_)) == 0;
  }

  void compare(const std::vector<Checkpoint>& signed_, const char* whose) {
    for (const auto& c : signed_) {
      const auto& found = hashes_.at(c.size);
      if (found.empty())
        say(fmt::format("{} has a checkpoint at {}, but there are only {} lines: the end was cut off", whose, c.size,
                        out_.lines));
      else if (found != c.hash)
        say(fmt::format("{} has another signed hash at {}: the ledger was forked or rewritten", whose, c.size));
    }
  }

  fs::path folder_;
  std::string key_;
  LedgerReport out_;
  std::map<std::int64_t, std::string> hashes_;  // at the sizes that some checkpoint speaks of
};

}  // namespace

LedgerReport verify_ledger(const fs::path& folder, const std::string& key, const fs::path& witness) {
  return Verifier(folder, key).report(witness);
}

}  // namespace privacy
