#pragma once
#include <cstdint>

#include "core/blobs.hpp"
#include "privacy/sealing.hpp"

// How the bytes of a blob lie on disk: sealed chunks of one size, one behind the other, so that any
// part opens by itself. XChaCha20-Poly1305 by libsodium: the nonce is the chunk's place, whether it is
// the last, and 16 random bytes, so that a chunk written again never uses one twice.
namespace privacy {

inline constexpr std::uint64_t sealed_chunk = Blobs::chunk + 32;  // with the random bytes and the tag

struct Place {
  BlobId blob;
  std::uint64_t index;
  bool last;
};

void seal_chunk(const SecretKey&, const Place&, std::string_view plain, std::string& onto);
// Nothing if it was altered, or belongs to another place.
std::optional<std::string> open_chunk(const SecretKey&, const Place&, std::string_view sealed);

constexpr std::uint64_t chunks_of(std::uint64_t size) { return (size + Blobs::chunk - 1) / Blobs::chunk; }
constexpr std::uint64_t sealed_size(std::uint64_t size) {
  return size + chunks_of(size) * (sealed_chunk - Blobs::chunk);
}

}  // namespace privacy
