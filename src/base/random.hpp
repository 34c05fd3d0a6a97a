#pragma once
#include <cstddef>
#include <string>
#include <string_view>

// From the operating system's generator.
std::string random_bytes(std::size_t);
std::string random_token();  // 128 bits, in URL-safe letters

// 32 bytes. For tokens, which are random themselves; never for passwords or phone numbers.
std::string sha256(std::string_view);
