#include "core/pool.hpp"

Pool::Pool(int threads, std::size_t most_waiting) : most_(most_waiting) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { loop(); });
}

Pool::~Pool() { stop(); }

bool Pool::run(std::move_only_function<void()> work) {
  const std::lock_guard hold(mutex_);
  if (stopping_ || waiting_.size() >= most_) return false;
  waiting_.push_back(std::move(work));
  ready_.notify_one();
  return true;
}

void Pool::stop() {
  {
    const std::lock_guard hold(mutex_);
    stopping_ = true;
    ready_.notify_all();
  }
  threads_.clear();
}

void Pool::loop() {
  for (;;) {
    std::unique_lock hold(mutex_);
    ready_.wait(hold, [&] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    auto work = std::move(waiting_.front());
    waiting_.pop_front();
    hold.unlock();
    work();
  }
}
