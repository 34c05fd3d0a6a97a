#pragma once
#include <string>
#include <vector>

#include "socket.hpp"

namespace load {

// What a run is to do.
struct Plan {
  Target target;
  std::string people;       // Carillon: the file of `carillon bench prepare`; XMPP: the password of all
  std::vector<int> server;  // its processes, for CPU and memory
  int count = 100;          // people, members or connections
  int senders = 10;
  double rate = 0;  // messages a second in all; 0: as fast as answers come
  double seconds = 5;
};

}  // namespace load
