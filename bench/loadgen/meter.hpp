#pragma once
#include <set>
#include <vector>

// What processes use, as the system counts it.
namespace load {

// The server: some processes and whatever they start. A peer's database counts as the peer.
class Processes {
 public:
  explicit Processes(std::vector<int> roots) : roots_(std::move(roots)) {}
  double cpu() const;        // seconds
  double memory_kb() const;  // resident

 private:
  std::set<int> all() const;
  std::vector<int> roots_;
};

double own_cpu();

}  // namespace load
