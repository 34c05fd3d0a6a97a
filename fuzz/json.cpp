// Whatever is read as JSON and written again reads the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const json::Document first(std::string_view(reinterpret_cast<const char*>(data), size));
    const auto written = first.root().dump();
    const json::Document again(written);
    if (again.root().dump() != written) std::abort();
  } catch (const Error&) {  // refused in words
  }
  return 0;
}
