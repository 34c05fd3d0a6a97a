#pragma once
#include <functional>

#include "app/assemble.hpp"

// How the parts of a program come together, and what then uses them.
using Use = std::function<int(App)>;
using Assembly = std::function<int(const Settings&, const Dispatcher::Clock&, const Use&)>;

// Runs the server on its data folder until a signal ends it. Returns the exit code.
int serve(const Settings&, const Assembly&);
