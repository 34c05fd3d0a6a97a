#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace inspect {

inline constexpr std::size_t largest_picture = 48 << 20;  // bytes
inline constexpr std::uint64_t most_pixels = 100'000'000;

bool is_picture(std::string_view type);

// The picture without place, time, device, names, remarks and previews, and without what is hidden behind
// its end; how it is turned and its colours stay. Throws std::exception if it is none, is too large, or
// is of a kind that cannot be cleaned.
std::string cleaned(const std::string& type, const std::string& bytes);

}  // namespace inspect
