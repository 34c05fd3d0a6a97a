#pragma once
#include <istream>
#include <string>
#include <vector>

#include "app/assemble.hpp"

// Reads a demo organisation, one JSON object a line: {"org":…}, {"unit":…}, {"member":…}, {"chat":…}.
// Opens accounts for the people marked with "account": true, each with a password of its own.
struct DemoPerson {
  std::string name, login, password;
};
struct DemoResult {
  int units = 0, members = 0, chats = 0, messages = 0;
  std::vector<DemoPerson> people;
};
DemoResult load_demo(App&, std::istream&);
