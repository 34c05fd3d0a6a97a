#pragma once

namespace privacy {

// Memory of people and keys never lands in a core file, and no other process of the same user reads it.
void keep_memory_private();
bool memory_is_private();

}  // namespace privacy
