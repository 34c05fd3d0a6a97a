// carillon_load SCENARIO [--wire carillon|redis|mqtt|xmpp] [--port N] [--tls 1] [--people FILE] [--pid N,N…]
//               [--count N] [--senders N] [--rate N] [--seconds N]
//
// Drives a running server and prints one line of JSON. Scenarios: idle storm direct group history.
// It speaks to loopback only.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <sstream>
#include <stdexcept>

#include "scenarios.hpp"

namespace {

using Scenario = load::Result (*)(const load::Plan&, load::Wire&);
using Make = std::unique_ptr<load::Wire> (*)(const load::Plan&);
const std::map<std::string, Scenario> scenarios = {{"idle", load::idle},
                                                   {"storm", load::storm},
                                                   {"direct", load::direct},
                                                   {"group", load::group},
                                                   {"history", load::history}};
const std::map<std::string, Make> wires = {
    {"carillon", load::carillon}, {"redis", load::redis}, {"mqtt", load::mqtt}, {"xmpp", load::xmpp}};

struct Command {
  load::Plan plan;
  std::string wire = "carillon";
};

void set(Command& c, const std::string& flag, const std::string& value) {
  auto& plan = c.plan;
  if (flag == "--wire") c.wire = value;
  else if (flag == "--port") plan.target.port = std::stoi(value);
  else if (flag == "--tls") plan.target.tls = value == "1";
  else if (flag == "--people") plan.people = value;
  else if (flag == "--count") plan.count = std::stoi(value);
  else if (flag == "--senders") plan.senders = std::stoi(value);
  else if (flag == "--rate") plan.rate = std::stod(value);
  else if (flag == "--seconds") plan.seconds = std::stod(value);
  else if (flag == "--pid") {
    std::stringstream in(value);
    for (std::string one; std::getline(in, one, ',');) plan.server.push_back(std::stoi(one));
  } else {
    throw std::runtime_error("unknown flag " + flag);
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    Command c;
    const auto scenario = argc > 1 ? scenarios.find(argv[1]) : scenarios.end();
    if (scenario == scenarios.end()) throw std::runtime_error("name a scenario: idle storm direct group history");
    for (int i = 2; i + 1 < argc; i += 2) set(c, argv[i], argv[i + 1]);
    const auto wire = wires.at(c.wire)(c.plan);
    std::printf("%s\n", scenario->second(c.plan, *wire).json(scenario->first, c.plan.count).c_str());
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "carillon_load: %s\n", e.what());
    return 1;
  }
}
