// WebSocket framing: whatever a client sends, and however the network cuts it, is read the same way.
#include "net/frame.hpp"

#include <cstdint>
#include <cstdlib>
#include <vector>

namespace {

using Heard = std::vector<std::pair<net::Opcode, std::string>>;
constexpr std::size_t most = 4096;

// Reads in pieces of `step` bytes, keeping what is not a whole frame, as a connection does.
std::pair<Heard, int> hear(std::string_view bytes, std::size_t step) {
  net::FrameReader reader(most);
  Heard heard;
  std::string kept;
  while (!bytes.empty() && !reader.broken()) {
    kept += bytes.substr(0, step);
    bytes.remove_prefix(std::min(step, bytes.size()));
    std::span<char> rest = kept;
    while (const auto m = reader.next(rest)) heard.emplace_back(m->kind, std::string(m->payload));
    kept.erase(0, kept.size() - rest.size());
  }
  return {heard, reader.broken()};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto whole = hear(bytes, size + 1);
  for (const std::size_t step : {1u, 3u, 7u})
    if (hear(bytes, step) != whole) std::abort();
  for (const auto& [kind, payload] : whole.first)
    if (payload.size() > most) std::abort();
  return 0;
}
