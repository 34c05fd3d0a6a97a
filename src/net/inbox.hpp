#pragma once
#include <unistd.h>

#include <memory>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

#include "base/descriptor.hpp"
#include "core/service.hpp"
#include "net/address.hpp"
#include "net/reactor.hpp"

namespace net {

// What other threads tell a loop.
using Batch = std::shared_ptr<const std::vector<Delivery>>;
using Ended = std::shared_ptr<const std::vector<SessionId>>;
struct Reply {
  Handle to;
  std::int64_t id;
  Response response;
};
struct Part {
  Handle to;
  std::string bytes;
};
struct Newcomer {
  Descriptor fd;
  Address address;
};
struct Stop {
  std::chrono::milliseconds grace;
};
using Note = std::variant<Batch, Reply, Part, Ended, Newcomer, Stop>;

// Outlives its loop, because an answer may come later than everybody's patience.
class Inbox {
 public:
  explicit Inbox(Reactor& r) : reactor_(&r) {}

  void put(Note note) {
    const std::lock_guard lock(mutex_);
    if (!reactor_) return;
    if (notes_.empty() && held_ == 0) reactor_->wake();
    notes_.push_back(std::move(note));
  }
  // What comes between the two is taken in one piece.
  void hold() {
    const std::lock_guard lock(mutex_);
    ++held_;
  }
  void release() {
    const std::lock_guard lock(mutex_);
    if (--held_ == 0 && !notes_.empty() && reactor_) reactor_->wake();
  }
  // Swaps what waits for an empty vector, whose space is used again.
  void take(std::vector<Note>& into) {
    const std::lock_guard lock(mutex_);
    if (held_ == 0) notes_.swap(into);
  }
  void close() {
    const std::lock_guard lock(mutex_);
    reactor_ = nullptr;
  }

 private:
  std::mutex mutex_;
  Reactor* reactor_;
  std::vector<Note> notes_;
  int held_ = 0;
};

}  // namespace net
