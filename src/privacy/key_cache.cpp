#include "privacy/key_cache.hpp"

namespace privacy {

std::optional<DataKey> KeyCache::find(KeyId id) {
  const std::lock_guard hold(mutex_);
  const auto found = kept_.find(id);
  return found != kept_.end() && Clock::now() < found->second.until ? std::optional(found->second.key) : std::nullopt;
}

std::optional<DataKey> KeyCache::current(const Owner& owner, std::string_view purpose) {
  const std::lock_guard hold(mutex_);
  const auto id = current_.find(Seal{owner, purpose});
  const auto found = id == current_.end() ? kept_.end() : kept_.find(id->second);
  return found != kept_.end() && Clock::now() < found->second.until ? std::optional(found->second.key) : std::nullopt;
}

KeyCache::Reading KeyCache::reading() const {
  const std::lock_guard hold(mutex_);
  return {turn_, Clock::now()};
}

void KeyCache::keep(const DataKey& key, const Reading& reading) {
  const std::lock_guard hold(mutex_);
  keep_one(key, reading);
}

void KeyCache::keep_current(const DataKey& key, const Reading& reading) {
  const std::lock_guard hold(mutex_);
  if (keep_one(key, reading))
    current_.insert_or_assign(Seal{{key.org, key.subject.value()}, key.purpose.value()}, key.id);
}

bool KeyCache::keep_one(const DataKey& key, const Reading& reading) {
  if (reading.turn != turn_) return false;
  if (kept_.size() >= most_kept) {
    kept_.clear();
    current_.clear();
  }
  kept_.insert_or_assign(key.id, Kept{key, reading.began + longest_});
  return true;
}

void KeyCache::forget(const Owner& owner) {
  const std::lock_guard hold(mutex_);
  ++turn_;
  std::erase_if(kept_, [&](const auto& kept) {
    return kept.second.key.org == owner.org && kept.second.key.subject == owner.subject;
  });
  std::erase_if(current_, [&](const auto& kept) { return kept.first.first == owner; });
}

void KeyCache::forget(KeyId id) {
  const std::lock_guard hold(mutex_);
  ++turn_;
  kept_.erase(id);
  std::erase_if(current_, [&](const auto& kept) { return kept.second == id; });
}

}  // namespace privacy
