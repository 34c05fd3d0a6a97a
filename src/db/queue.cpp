#include "db/queue.hpp"

#include "base/error.hpp"
#include "base/log.hpp"

namespace db {

void answer(Work& work, std::exception_ptr wrong) noexcept {
  try {
    work.done(std::move(wrong));
  } catch (...) { logging::error("database.answer_failed"); }
}

void Queue::put(std::vector<Work> work) {
  bool closed = false;
  {
    const std::lock_guard hold(mutex_);
    closed = closed_;
    if (!closed_ && waiting_.size() + work.size() <= most_waiting) {
      const bool was_empty = waiting_.empty();
      for (auto& w : work) waiting_.push_back(std::move(w));
      if (was_empty || waiting_.size() >= wanted_) ready_.notify_one();
      return;
    }
  }
  const auto refused = std::make_exception_ptr(
      closed ? Error{Error::Kind::unavailable, "server.stopping", "The server is stopping"}
             : Error{Error::Kind::unavailable, "server.busy", "The server is busy; please try again"});
  for (auto& w : work) answer(w, refused);
}

std::vector<Work> Queue::take(std::size_t most) {
  std::unique_lock hold(mutex_);
  ready_.wait(hold, [&] { return closed_ || !waiting_.empty(); });
  const auto n = std::min(most, waiting_.size());
  std::vector<Work> out(std::make_move_iterator(waiting_.begin()),
                        std::make_move_iterator(waiting_.begin() + static_cast<std::ptrdiff_t>(n)));
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(n));
  if (!waiting_.empty()) ready_.notify_one();  // what came at once wakes one thread after the other
  return out;
}

void Queue::wait() {
  std::unique_lock hold(mutex_);
  ready_.wait(hold, [&] { return closed_ || !waiting_.empty(); });
}

void Queue::gather(std::size_t wanted, Clock::time_point deadline) {
  std::unique_lock hold(mutex_);
  wanted_ = wanted;
  ready_.wait_until(hold, deadline, [&] { return closed_ || waiting_.size() >= wanted; });
  wanted_ = 1;
}

void Queue::close() {
  const std::lock_guard hold(mutex_);
  closed_ = true;
  ready_.notify_all();
}

}  // namespace db
