#pragma once
#include <functional>
#include <mutex>
#include <unordered_map>

#include "core/ctx.hpp"

// Whom a token stands for, and whether they accepted the current policy.
struct Caller {
  Actor actor;
  bool accepted = false;
  Time until = {};  // the session's end
};

// Callers by the hash of their token. The answer stays in memory for a minute at most and is
// dropped at once when a verb says that the account was reconsidered.
class Callers {
 public:
  using Find = std::function<std::optional<Caller>(db::Tx&, std::string_view token_hash, Time now)>;

  explicit Callers(Find find) : find_(std::move(find)) {}
  std::optional<Caller> find(db::Tx&, std::string_view token, Time now);
  void forget(AccountId);
  void forget_all();

 private:
  static constexpr auto longest = std::chrono::minutes{1};
  static constexpr std::size_t most_kept = 100'000;
  struct Kept {
    Caller caller;
    Time until;
  };

  Find find_;
  std::mutex mutex_;
  std::unordered_map<std::string, Kept> kept_;  // by token hash
  std::uint64_t turn_ = 0;
};
