#pragma once
#include "net/server.hpp"

// The client's files, which are part of the program.
net::Files web_files();
