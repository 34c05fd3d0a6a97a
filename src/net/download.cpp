#include "net/download.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace net {
namespace {

// Nothing: it is no number. A number beyond all is the largest.
std::optional<std::uint64_t> number(std::string_view s) {
  std::uint64_t n = 0;
  const auto [end, wrong] = std::from_chars(s.data(), s.data() + s.size(), n);
  if (s.empty() || end != s.data() + s.size()) return std::nullopt;
  return wrong == std::errc::result_out_of_range ? UINT64_MAX : n;
}

bool plain(unsigned char c) {
  return std::isalnum(c) || std::string_view("!#$&+-.^_`|~").contains(static_cast<char>(c));
}

}  // namespace

std::optional<Range> range_of(std::string_view header, std::uint64_t size) {
  constexpr std::string_view unit = "bytes=";
  const auto dash = header.find('-');
  if (!header.starts_with(unit) || dash == header.npos || header.contains(',')) return Range::whole(size);
  const auto before = header.substr(unit.size(), dash - unit.size()), after = header.substr(dash + 1);
  const auto first = number(before), last = number(after);
  if ((!before.empty() && !first) || (!after.empty() && !last) || (!first && !last)) return Range::whole(size);
  if (!first) {  // the last so many
    if (*last == 0 || size == 0) return std::nullopt;
    return Range{size - std::min(*last, size), size, true};
  }
  if (last && *last < *first) return Range::whole(size);
  if (*first >= size) return std::nullopt;
  return Range{*first, last && *last < size ? *last + 1 : size, true};
}

std::string disposition(std::string_view name, bool shown) {
  std::string ascii, all;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    ascii += byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\' ? c : '_';
    all += plain(byte) ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return fmt::format("{}; filename=\"{}\"; filename*=UTF-8''{}", shown ? "inline" : "attachment", ascii, all);
}

// Whatever a file holds, a browser runs nothing of it, and keeps nothing of it after its owner is gone.
std::string file_headers(const Download& d, std::string_view tag) {
  return fmt::format(
      "ETag: {}\r\nAccept-Ranges: bytes\r\nCache-Control: private, no-store\r\nContent-Disposition: {}\r\n"
      "Content-Security-Policy: default-src 'none'; sandbox\r\n",
      tag, disposition(d.name, d.shown));
}

}  // namespace net
