// The ledger: is it whole, witnessed, and does it cover what the database says?
#include <fmt/format.h>

#include <algorithm>

#include "privacy/evidence.hpp"
#include "privacy/files.hpp"
#include "privacy/ledger_files.hpp"
#include "privacy/ledger_verify.hpp"
#include "privacy/policies.hpp"
#include "privacy/prove.hpp"

namespace privacy {
namespace {

namespace fs = std::filesystem;
constexpr auto grace = std::chrono::minutes{5};  // the job comes round more often

struct Entry {
  std::int64_t reference;
  db::Bytes salt, digest;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (reference, salt, digest))
using Entries = std::map<std::int64_t, Entry>;

std::string_view view(const db::Bytes& b) { return {reinterpret_cast<const char*>(b.data()), b.size()}; }
fs::path home(const Installation& in) { return in.folder / "ledger"; }

std::string public_key(const Installation& in) {
  const auto lines = lines_of(home(in) / ledger_file::public_key);
  return lines.empty() ? "" : lines.front();
}

LedgerReport report(const Installation& in, const fs::path& witness) {
  return verify_ledger(home(in), public_key(in), witness);
}

// Nobody has accepted anything yet: the first line is still to come.
bool nothing_yet(const Installation& in) {
  return !in.data.value<std::int64_t>("select max(seq) from privacy_ledger_chain") && report(in, {}).lines == 0;
}

Finding ledger_whole(const Installation& in) {
  if (nothing_yet(in)) return {};
  const auto found = report(in, {});
  return found.problems.empty() ? Finding{} : Finding{found.problems.front()};
}

bool inside(const fs::path& path, const fs::path& folder) {
  const auto relative = fs::weakly_canonical(path).lexically_relative(fs::weakly_canonical(folder));
  return !relative.empty() && *relative.begin() != "..";
}

Finding ledger_witnessed(const Installation& in) {
  if (in.witness.empty()) return {"the ledger has no witness: set witness to a folder in somebody else's care"};
  if (inside(in.witness, in.folder)) return {"the witness of the ledger lies in the data folder itself"};
  if (nothing_yet(in)) return {};
  if (!fs::exists(in.witness / ledger_file::checkpoints))
    return {"the witness of the ledger is not there, or has seen nothing"};
  if (files::read(in.witness / ledger_file::public_key) != files::read(home(in) / ledger_file::public_key))
    return {"the witness of the ledger knows another key"};
  const auto found = report(in, in.witness);
  if (!found.problems.empty()) return {found.problems.front()};
  return found.witnessed == found.lines
             ? Finding{}
             : Finding{fmt::format("the witness has seen {} of {} lines", found.witnessed, found.lines)};
}

Finding ledger_keeps_up(const Installation& in) {
  const auto waiting = in.data.value<std::int64_t>(
      "select count(*) from privacy_ledger l where l.at < $1 and not exists "
      "(select 1 from privacy_ledger_chain c where c.entry_id = l.id)",
      in.now - grace);
  if (waiting.value_or(0) > 0)
    return {fmt::format("{} entries wait for their place in the ledger; is the server running?", *waiting)};
  const auto chained = in.data.value<std::int64_t>("select max(seq) from privacy_ledger_chain").value_or(0);
  const auto exported = report(in, {}).lines;
  return exported >= chained
             ? Finding{}
             : Finding{fmt::format("only {} of {} lines of the ledger are exported", exported, chained)};
}

Entries entries(const Installation& in, LedgerKind kind) {
  Entries all;
  in.data.each<Entry>(
      "select reference, salt, digest from privacy_ledger where kind = $1",
      [&](Entry&& e) {
        const auto at = e.reference;
        all.emplace(at, std::move(e));
      },
      kind);
  return all;
}

// Each row has its entry with the right digest, and no entry is without its row.
class Coverage {
 public:
  Coverage(Entries known, std::string_view what) : known_(std::move(known)), what_(what) {}

  template <class Row>
  void take(const Row& row) {
    if (!why_.empty()) return;
    const auto found = known_.find(row.id.value);
    if (found == known_.end()) return say(row.id.value, "has no entry in the ledger");
    const bool same = salted(view(found->second.salt), json::dump(row)) == view(found->second.digest);
    if (!same) return say(row.id.value, "is not what the ledger says");
    known_.erase(found);
  }
  Finding finding() {
    if (why_.empty() && !known_.empty()) say(known_.begin()->first, "is in the ledger, but its row is gone");
    return {why_};
  }

 private:
  void say(std::int64_t id, std::string_view why) { why_ = fmt::format("{} {} {}", what_, id, why); }

  Entries known_;
  std::string what_, why_;
};

Finding audit_is_whole(const Installation& in) {
  Entries known;
  for (auto kind :
       {LedgerKind::audit, LedgerKind::shredding, LedgerKind::expiry, LedgerKind::appointment, LedgerKind::restoration})
    known.merge(entries(in, kind));
  Coverage coverage(std::move(known), "audit row");
  in.data.each<AuditRow>(
      "/* across organisations */ select id, org_id, at, request, actor, actor_member, actor_account, acting_for, "
      "action, subject_id, item, "
      "purpose, reason from privacy_audit",
      [&](const AuditRow& row) { coverage.take(row); });
  return coverage.finding();
}

Finding acceptances_are_whole(const Installation& in) {
  Coverage coverage(entries(in, LedgerKind::acceptance), "acceptance");
  in.data.each<AcceptanceRow>(
      "select id, account_id, policy_version, policy_hash, language, at from privacy_acceptance",
      [&](const AcceptanceRow& row) { coverage.take(row); });
  return coverage.finding();
}

Finding decisions_are_whole(const Installation& in) {
  auto known = entries(in, LedgerKind::consent);
  known.merge(entries(in, LedgerKind::withdrawal));
  Coverage coverage(std::move(known), "decision");
  in.data.each<DecisionRow>(
      "/* across organisations */ select id, org_id, member_id, matter, number, action, version, text_hash, surface, "
      "session_id, by_id, at "
      "from privacy_decision",
      [&](const DecisionRow& row) { coverage.take(row); });
  return coverage.finding();
}

Finding policies_are_whole(const Installation& in) {
  Coverage coverage(entries(in, LedgerKind::policy), "policy");
  for (const auto& row : policies_kept(in.data)) coverage.take(row);
  return coverage.finding();
}

constexpr Check all[] = {
    {"ledger_whole", "0-1 0-10", ledger_whole},
    {"ledger_witnessed", "0-1", ledger_witnessed},
    {"ledger_keeps_up", "0-1", ledger_keeps_up},
    {"audit_is_whole", "0-1", audit_is_whole},
    {"acceptances_are_whole", "0-10", acceptances_are_whole},
    {"policies_are_whole", "0-10 1.1-1 2.8-1", policies_are_whole},
    {"decisions_are_whole", "2.1.B-0 2.1.B-5 2.1.2.9-4", decisions_are_whole},
};

}  // namespace

std::span<const Check> checks_of_ledger() { return all; }

}  // namespace privacy
