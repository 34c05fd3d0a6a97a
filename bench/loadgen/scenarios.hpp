#pragma once
#include <string>

#include "histogram.hpp"
#include "plan.hpp"

// What is driven, and what was seen. Each figure per second of server CPU is the one to compare:
// wall clocks are shared with whatever else the machine does.
namespace load {

struct Result {
  double seconds = 0, server_cpu = 0, own_cpu = 0;
  std::int64_t done = 0;  // deliveries, messages, connections or pages
  Histogram latency = {};
  double memory_before_kb = 0, memory_after_kb = 0;
  int failed = 0;
  std::string json(std::string_view scenario, int count) const;
};

Result idle(const Plan&, Wire&);     // signed-in sockets that say nothing: memory each
Result storm(const Plan&, Wire&);    // connect and authenticate as fast as it goes
Result direct(const Plan&, Wire&);   // pairs; latency from sending to the answer, which is after the fsync
Result group(const Plan&, Wire&);    // one group, some of it sending; latency from sending to each delivery
Result history(const Plan&, Wire&);  // Carillon's alone: pages of 50, all over the archive

}  // namespace load
