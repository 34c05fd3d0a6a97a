#pragma once
#include "app/assemble.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"

// The commands that are done inside an assembled program, so that they work beside a running server.
// Each returns what people read; what went wrong is thrown with a sentence for them.
namespace orders {

std::string administer(App&, const console::Order&);
std::string look_after_keys(App&, const console::Order&);

// The one that the order names.
std::string carry_out(App&, const console::Order&);

// Has an order carried out by the server that holds the data folder, or here if there is none.
// Returns the exit code.
int give(const Settings&, const console::Order&);

}  // namespace orders
