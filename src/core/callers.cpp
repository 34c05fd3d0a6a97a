#include "core/callers.hpp"

#include "base/random.hpp"

std::optional<Caller> Callers::find(db::Tx& db, std::string_view token, Time now) {
  auto hash = sha256(token);
  std::uint64_t before;
  {
    const std::lock_guard hold(mutex_);
    if (const auto kept = kept_.find(hash);
        kept != kept_.end() && now < kept->second.until && now < kept->second.caller.until)
      return kept->second.caller;
    before = turn_;
  }
  const auto caller = find_(db, hash, now);
  const std::lock_guard hold(mutex_);
  if (caller && turn_ == before) {
    if (kept_.size() >= most_kept) kept_.clear();
    kept_.insert_or_assign(std::move(hash), Kept{*caller, now + longest});
  }
  return caller;
}

void Callers::forget(AccountId account) {
  const std::lock_guard hold(mutex_);
  ++turn_;
  std::erase_if(kept_, [&](const auto& kept) { return kept.second.caller.actor.account == account; });
}

void Callers::forget_all() {
  const std::lock_guard hold(mutex_);
  ++turn_;
  kept_.clear();
}
