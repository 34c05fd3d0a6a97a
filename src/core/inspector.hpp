#pragma once
#include <filesystem>
#include <functional>
#include <optional>

#include "core/blobs.hpp"

// Looks at files from outside, in another process (src/inspect) that can do nothing but that.
class Inspector {
 public:
  explicit Inspector(std::filesystem::path program) : program_(std::move(program)) {}

  // Gets the cleaned bytes of a picture, some at a time. They count once look() has returned a type.
  using Take = std::function<void(std::string_view)>;

  // What the file is, by its bytes. Nothing: it is refused. Reads all of it, and throws what its source
  // throws; Error file.cannot_inspect when the other process cannot be had.
  std::optional<std::string> look(Source&, const Take&) const;

 private:
  std::filesystem::path program_;
};

// The program that lies beside this one.
std::filesystem::path inspecting_program();
