#pragma once
#include <string>

#include "histogram.hpp"
#include "people.hpp"
#include "socket.hpp"

// What is driven, and what was seen. Each figure per second of server CPU is the one to compare:
// wall clocks are shared with whatever else the machine does.
namespace load {

struct Plan {
  Target target;
  std::string people;  // the file of `carillon bench prepare`
  int server = 0;      // its process, for CPU and memory; 0: not measured
  int count = 100;     // people, members or connections
  int senders = 10;
  double rate = 0;  // messages a second in all; 0: as fast as answers come
  double seconds = 5;
};

struct Result {
  std::string scenario;
  double seconds = 0, server_cpu = 0, own_cpu = 0;
  std::int64_t done = 0;  // deliveries, messages, connections or pages
  Histogram latency = {};
  double memory_before_kb = 0, memory_after_kb = 0;
  int failed = 0;
  std::string json(int count) const;
};

Result idle(const Plan&);     // signed-in sockets that say nothing: memory each
Result storm(const Plan&);    // connect and authenticate as fast as it goes
Result direct(const Plan&);   // pairs; latency from sending to the answer, which is after the fsync
Result group(const Plan&);    // one group, some of it sending; latency from sending to each delivery
Result history(const Plan&);  // pages of 50, all over the archive

}  // namespace load
