#pragma once
#include <cstddef>
#include <initializer_list>

// A handful of values inside a constant. One too many does not compile.
template <class T>
struct Few {
  T items[8]{};
  std::size_t count = 0;

  constexpr Few() = default;
  constexpr Few(std::initializer_list<T> list) {
    for (const T& x : list) items[count++] = x;
  }
  constexpr const T* begin() const { return items; }
  constexpr const T* end() const { return items + count; }
  constexpr bool empty() const { return count == 0; }
};
