#pragma once
#include <array>

#include "core/schema.hpp"
#include "modules/chat/schema.hpp"
#include "modules/directory/schema.hpp"
#include "modules/file/schema.hpp"
#include "modules/identity/schema.hpp"
#include "privacy/schema.hpp"

// Every table there is. Migration, inventory, export, erasure and expiry are loops over it.
namespace app {

template <std::size_t... N>
consteval auto joined(const schema::Table (&... rooms)[N]) {
  std::array<schema::Table, (N + ...)> all{};
  std::size_t i = 0;
  (
      [&] {
        for (const auto& t : rooms) all[i++] = t;
      }(),
      ...);
  return all;
}

inline constexpr auto all_tables =
    joined(core::tables, privacy::stored::tables, identity::tables, directory::tables, file::tables, chat::tables);

}  // namespace app
