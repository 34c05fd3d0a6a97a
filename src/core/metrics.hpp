#pragma once
#include <string>

namespace prometheus {
class Registry;
}

// What the program counts about itself: numbers only, never who or what.
namespace metrics {

prometheus::Registry& registry();
std::string text();  // as Prometheus reads it

}  // namespace metrics
