#pragma once
#include <string>

#include "core/router.hpp"

// The API as OpenAPI 3.1, from the routes and the shapes of their verbs. Deterministic.
std::string openapi(const Router&, std::string_view version);
