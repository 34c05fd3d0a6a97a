#include "core/openapi.hpp"

#include <cstdio>

#include "app/assemble.hpp"
#include "app/commands.hpp"

// The routes exist only in an assembled program: this one has an empty database in memory.
int commands::openapi(const Settings& given, const Arguments&) {
  Settings settings = given;
  settings.database = "sqlite::memory:";
  return assemble(
      settings, [] { return Time{}; },
      [](App app) {
        std::printf("%s\n", ::openapi(app.router, CARILLON_VERSION).c_str());
        return 0;
      });
}
