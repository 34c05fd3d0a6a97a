// HTTP requests: whatever a client sends, and however the network cuts it, is read the same way.
#include "net/http.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

constexpr net::RequestLimits limits{2048, 256, 4096, 8192};

// A whole request, or none: when a bad one is refused may depend on the cuts, whether it is may not.
struct Outcome {
  bool done = false;
  std::string method = {}, target = {}, body = {};
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome read(std::string_view bytes, std::size_t step) {
  net::RequestReader reader(limits);
  std::string kept;
  try {
    while (!bytes.empty() && !reader.done()) {
      kept += bytes.substr(0, step);
      bytes.remove_prefix(std::min(step, bytes.size()));
      std::span<char> rest = kept;
      for (auto before = rest.size() + 1; !rest.empty() && rest.size() < before && !reader.done();) {
        before = rest.size();
        reader.take(rest);
      }
      kept.erase(0, kept.size() - rest.size());
    }
  } catch (const Error&) { return {}; }
  if (!reader.done()) return {};
  return {true, reader.head().method, reader.head().target, reader.body()};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto whole = read(bytes, size + 1);
  if (whole.body.size() > limits.body || whole.target.size() > limits.target) std::abort();
  for (const std::size_t step : {1u, 5u, 64u})
    if (read(bytes, step) != whole) std::abort();
  try {
    net::parse_target(bytes);
  } catch (const Error&) {}
  net::cookie_of(bytes, "carillon_session");
  net::lists(bytes, "gzip");
  return 0;
}
