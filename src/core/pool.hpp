#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

// A few threads for work that burns CPU or waits. What does not fit is refused, not queued for ever.
class Pool {
 public:
  Pool(int threads, std::size_t most_waiting);
  ~Pool();
  bool run(std::move_only_function<void()>);  // false: too much waits already, or it is stopping
  void stop();                                // finishes what waits

 private:
  void loop();
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::move_only_function<void()>> waiting_;
  std::size_t most_;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;
};
