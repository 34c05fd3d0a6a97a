// carillon_load SCENARIO [--port N] --people FILE [--pid SERVER] [--count N] [--senders N] [--rate N] [--seconds N]
//
// Drives a running server and prints one line of JSON. Scenarios: idle storm direct group history.
// It speaks to loopback only.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <map>

#include "scenarios.hpp"

int main(int argc, char** argv) {
  const std::map<std::string, std::function<load::Result(const load::Plan&)>> all = {{"idle", load::idle},
                                                                                     {"storm", load::storm},
                                                                                     {"direct", load::direct},
                                                                                     {"group", load::group},
                                                                                     {"history", load::history}};
  const auto scenario = argc > 1 ? all.find(argv[1]) : all.end();
  if (scenario == all.end()) {
    std::fprintf(stderr,
                 "carillon_load idle|storm|direct|group|history [--port N] --people FILE [--pid N] [--count N] "
                 "[--senders N] [--rate N] [--seconds N]\n");
    return 2;
  }
  load::Plan plan;
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string flag = argv[i], value = argv[i + 1];
    if (flag == "--port") plan.target.port = std::atoi(value.c_str());
    else if (flag == "--people") plan.people = value;
    else if (flag == "--pid") plan.server = std::atoi(value.c_str());
    else if (flag == "--count") plan.count = std::atoi(value.c_str());
    else if (flag == "--senders") plan.senders = std::atoi(value.c_str());
    else if (flag == "--rate") plan.rate = std::atof(value.c_str());
    else if (flag == "--seconds") plan.seconds = std::atof(value.c_str());
    else {
      std::fprintf(stderr, "unknown flag %s\n", argv[i]);
      return 2;
    }
  }
  try {
    std::printf("%s\n", scenario->second(plan).json(plan.count).c_str());
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "carillon_load: %s\n", e.what());
    return 1;
  }
}
