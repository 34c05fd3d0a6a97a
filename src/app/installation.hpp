#pragma once
#include "app/assemble.hpp"
#include "privacy/prove.hpp"

// An installation as those who check it see it: its store through a connection that only reads.
privacy::Installation installation_of(const Settings&, const Router&, db::Connection&, Time now);
