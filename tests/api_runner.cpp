// Runs *.api scripts against the whole application, in process, each on a database of its own.
//
//   api_runner --engine sqlite|postgres [--fixtures DIR] [--refusing] FILE...
//
// A script is lines: `as NAME` (root, ana, ben of one organisation, eve and kim of another; nobody),
// `METHOD PATH BODY`, then the expected `STATUS SUBSET`; a body of bytes stands behind a `<`; `event NAME` after it
// asserts an event and `no event` that none left; `later DURATION` (90s, 10m, 2d) moves the clock and runs what is due;
// `watch PATH` records the answer of a GET before and after what follows, up to the end or `watched`,
// with the events between, for the client's apply functions: DIR/ROOM/fixtures/N.json. With --refusing,
// everybody has declined everything optional before the script begins. `$x` captures what it first
// meets and compares afterwards; `$ana`, `$root` … are the members' ids, `$policy` the hash of the policy.
#include <cstdio>
#include <cstring>

#include "script.hpp"

int main(int argc, char** argv) {
  std::string engine = "sqlite", fixtures;
  bool refusing = false;
  int failed = 0, passed = 0;
  for (int i = 1; i < argc; ++i) {
    if (!std::strcmp(argv[i], "--engine") && i + 1 < argc) engine = argv[++i];
    else if (!std::strcmp(argv[i], "--fixtures") && i + 1 < argc) fixtures = argv[++i];
    else if (!std::strcmp(argv[i], "--refusing")) refusing = true;
    else
      failed += !in_world(engine, [&](World& world) {
        if (refusing) world.refuse_everything_optional();
        Script script(world);
        script.fixtures = fixtures;
        const auto wrong = script.play_file(argv[i]);
        passed += script.checks();
        if (!wrong.empty()) std::printf("%s\n", wrong.c_str());
        return wrong.empty() && script.checks() > 0;
      });
  }
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}
