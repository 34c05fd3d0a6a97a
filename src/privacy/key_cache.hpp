#pragma once
#include <chrono>
#include <map>
#include <mutex>
#include <unordered_map>

#include "core/actor.hpp"
#include "privacy/sealing.hpp"

namespace privacy {

using KeyId = Id<"key">;

// Whose key: a member of an organisation, or an account of the installation (organisation 0).
struct Owner {
  OrgId org;
  std::int64_t subject = 0;
  friend auto operator<=>(const Owner&, const Owner&) = default;
};

struct DataKey {
  KeyId id;
  OrgId org;
  std::optional<std::int64_t> subject;
  std::optional<std::string> purpose;
  std::optional<int> epoch;
  SecretKey key;
};

// Opened keys, for seconds: a key that another node destroyed stops opening here as soon.
class KeyCache {
 public:
  std::optional<DataKey> find(KeyId);
  std::optional<DataKey> current(const Owner&, std::string_view purpose);

  // What was read before something was forgotten is not kept after it: say when the reading began.
  std::uint64_t turn() const;
  void keep(const DataKey&, std::uint64_t turn);
  void keep_current(const DataKey&, std::uint64_t turn);
  void forget(const Owner&);
  void forget(KeyId);

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr auto longest = std::chrono::seconds{10};
  static constexpr std::size_t most_kept = 20'000;
  struct Kept {
    DataKey key;
    Clock::time_point until;
  };
  using Seal = std::pair<Owner, std::string>;

  bool keep_one(const DataKey&, std::uint64_t turn);

  mutable std::mutex mutex_;
  std::unordered_map<KeyId, Kept> kept_;
  std::map<Seal, KeyId> current_;
  std::uint64_t turn_ = 0;
};

}  // namespace privacy
