#pragma once
#include <string>
#include <vector>

// A program that works on a data folder until it is killed, and the one that kills it.
namespace crash {

struct Plan {
  std::string folder;
  int kills = 1;
  unsigned seed = 1;
  bool lying_disk = false;
};
struct Outcome {
  int acknowledged = 0;
  int interrupted = 0;  // kills that left an order without its answer
  std::vector<std::string> problems;
};

// Starts the program again and again, kills it at random moments of every kind of write, and judges
// at the end what all clients were told against what is there.
Outcome run(const Plan&);

// The program; its orders come from standard input.
int work();

}  // namespace crash
