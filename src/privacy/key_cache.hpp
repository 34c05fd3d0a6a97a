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

// Opened keys, for a while. Where several nodes use one store the while is short, and whoever destroys
// keys waits it out: then they open nowhere.
class KeyCache {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds alone{10'000}, shared{250};

  explicit KeyCache(std::chrono::milliseconds longest) : longest_(longest) {}

  std::optional<DataKey> find(KeyId);
  std::optional<DataKey> current(const Owner&, std::string_view purpose);

  // What was read before something was forgotten is not kept after it: say when the reading began.
  struct Reading {
    std::uint64_t turn;
    Clock::time_point began;
  };
  Reading reading() const;
  void keep(const DataKey&, const Reading&);
  void keep_current(const DataKey&, const Reading&);
  void forget(const Owner&);
  void forget(KeyId);

 private:
  static constexpr std::size_t most_kept = 20'000;
  struct Kept {
    DataKey key;
    Clock::time_point until;
  };
  using Seal = std::pair<Owner, std::string>;

  bool keep_one(const DataKey&, const Reading&);

  const std::chrono::milliseconds longest_;
  mutable std::mutex mutex_;
  std::unordered_map<KeyId, Kept> kept_;
  std::map<Seal, KeyId> current_;
  std::uint64_t turn_ = 0;
};

}  // namespace privacy
