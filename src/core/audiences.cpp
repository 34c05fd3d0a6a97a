#include "core/audiences.hpp"

#include <stdexcept>

People Audiences::people(db::Tx& db, Audience audience) {
  if (audience.kind == Audience::Kind::person)
    return std::make_shared<const std::vector<MemberId>>(1, MemberId{audience.id});
  std::uint64_t before;
  {
    const std::lock_guard hold(mutex_);
    if (const auto found = kept_.find(audience); found != kept_.end()) return found->second;
    before = turn_;
  }
  auto list = people_uncommitted(db, audience);
  const std::lock_guard hold(mutex_);
  if (turn_ != before) return list;
  if (kept_.size() >= most_kept) kept_.clear();
  kept_.emplace(audience, list);
  return list;
}

People Audiences::people_uncommitted(db::Tx& db, Audience audience) const {
  const auto lister = listers_.find(audience.kind);
  if (lister == listers_.end()) throw std::logic_error("no room lists this kind of audience");
  return std::make_shared<const std::vector<MemberId>>(lister->second(db, audience.id));
}

void Audiences::forget(const Audience& audience) {
  const std::lock_guard hold(mutex_);
  ++turn_;
  kept_.erase(audience);
}
