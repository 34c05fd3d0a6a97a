#pragma once
#include <utility>

// A value that no log, answer, metric or error can take: it converts to nothing.
// It is read from a request, and `reveal()` says where it is used.
template <class T>
class Secret {
 public:
  Secret() = default;
  explicit Secret(T value) : value_(std::move(value)) {}
  const T& reveal() const { return value_; }
  T& hidden() { return value_; }  // for the reader that fills it

 private:
  T value_{};
};
