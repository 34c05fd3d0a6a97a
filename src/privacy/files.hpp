#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

// Files that must survive a crash: on disk when the call returns. All throw std::runtime_error.
namespace files {

std::string read(const std::filesystem::path&);  // empty only if there is none, or nothing in it
void append(const std::filesystem::path&, std::string_view text);
void create_private(const std::filesystem::path&, std::string_view text);  // mode 0600; there must be none yet
void cut(const std::filesystem::path&, std::size_t size);
void write_at(const std::filesystem::path&, std::uint64_t offset, std::string_view);        // mode 0600 if it makes it
void move(const std::filesystem::path& from, const std::filesystem::path& to);              // within a folder
std::string read_at(const std::filesystem::path&, std::uint64_t offset, std::size_t most);  // less at the end
void make_folder(const std::filesystem::path&);                                             // mode 0700 if it makes it

}  // namespace files
