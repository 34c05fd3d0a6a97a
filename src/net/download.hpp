#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/service.hpp"

// How a file is answered: which part of it, under which name. Does no I/O.
namespace net {

struct Range {
  std::uint64_t from, end;
  bool part;
  static Range whole(std::uint64_t size) { return {0, size, false}; }
};

// What a Range header asks for; the whole where it asks for nothing, for several parts or in words that
// nobody defined. Nothing: no such part exists.
std::optional<Range> range_of(std::string_view header, std::uint64_t size);

// "attachment; filename=…", the name also as RFC 5987 has it.
std::string disposition(std::string_view name, bool shown);

std::string file_headers(const Download&, std::string_view tag);

}  // namespace net
