#pragma once
#include <functional>
#include <map>
#include <mutex>

#include "core/service.hpp"

// Who belongs to an audience. Rooms register how to list theirs; the lists of busy conversations
// stay in memory until a verb says that they changed.
class Audiences {
 public:
  using Lister = std::function<std::vector<MemberId>(db::Tx&, std::int64_t id)>;

  void add(Audience::Kind kind, Lister lister) { listers_[kind] = std::move(lister); }
  People people(db::Tx&, Audience);
  People people_uncommitted(db::Tx&, Audience) const;  // as the running transaction has it; not kept
  void forget(const Audience&);

 private:
  static constexpr std::size_t most_kept = 10'000;

  std::map<Audience::Kind, Lister> listers_;
  std::mutex mutex_;
  std::map<Audience, People> kept_;
  std::uint64_t turn_ = 0;  // so that a list read before a change is not kept after it
};
