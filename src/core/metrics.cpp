#include "core/metrics.hpp"

#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace metrics {

prometheus::Registry& registry() {
  static prometheus::Registry all;
  return all;
}

std::string text() { return prometheus::TextSerializer().Serialize(registry().Collect()); }

}  // namespace metrics
