// carillon_gate on|off [settings]
//
// Serves with the real gate, or with one that lets everything through; for load tests alone. Both are
// the same program, so that nothing but the gate differs.
#include <sodium.h>

#include <cstdio>
#include <exception>
#include <string_view>

#include "app/serve.hpp"
#include "open_gate.hpp"
#include "privacy/process.hpp"

namespace {

template <class AnyGate>
int run(const Settings& settings) {
  return serve(settings, [](const Settings& s, const Dispatcher::Clock& clock, const Use& use) {
    return assemble<AnyGate>(s, clock, use);
  });
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view which = argc > 1 ? argv[1] : "";
  if (which != "on" && which != "off") {
    std::fprintf(stderr, "carillon_gate on|off [settings]\n");
    return 2;
  }
  try {
    privacy::keep_memory_private();
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
    const auto settings = read_settings({argv + 2, argv + argc}).settings;
    return which == "on" ? run<privacy::ConsentGate>(settings) : run<OpenGate>(settings);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "carillon_gate: %s\n", e.what());
    return 1;
  }
}
