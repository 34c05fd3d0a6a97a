#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "db/database.hpp"

// The number that this process puts into its ids: leased in the database for a minute at a time, so
// that no two nodes have the same one, and renewed on a thread that nothing else can hold up.
class NodeLease {
 public:
  using Clock = std::function<Time()>;

  NodeLease(db::Database&, Clock);  // throws std::runtime_error when all 1024 are taken
  ~NodeLease();

  int number() const { return number_; }

  // Renews it now. False when another node has taken it: then this process must make no more ids.
  bool renew();

 private:
  void take(db::Connection&, Time now);
  void renew_or_end();

  db::Database& db_;
  Clock clock_;
  std::int64_t owner_;
  int number_ = -1;
  std::mutex mutex_;
  std::condition_variable_any ready_;
  std::jthread thread_;
};
