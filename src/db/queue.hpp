#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "db/database.hpp"

namespace db {

// Tells whoever handed the work over how it ended. What goes wrong in telling them is logged: the
// others still wait for their answers.
void answer(Work&, std::exception_ptr wrong) noexcept;

// Work on its way to one or more threads.
class Queue {
 public:
  using Clock = std::chrono::steady_clock;

  // Once closed, the work is answered with Error server.stopping, on the caller's thread; with
  // server.busy when too much waits already.
  void put(std::vector<Work>);
  // Waits for work, and takes at most so many pieces; none once closed and drained.
  std::vector<Work> take(std::size_t most);
  // Waits until there is work or the queue is closed.
  void wait();
  // Waits until `wanted` pieces are there, at most until `deadline`.
  void gather(std::size_t wanted, Clock::time_point deadline);
  void close();

 private:
  static constexpr std::size_t most_waiting = 50'000;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Work> waiting_;
  std::size_t wanted_ = 1;
  bool closed_ = false;
};

}  // namespace db
