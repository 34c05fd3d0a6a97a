#include "privacy/chunks.hpp"

#include <sodium.h>

#include <stdexcept>

namespace privacy {
namespace {

constexpr std::size_t random_size = 16, tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(sealed_chunk == Blobs::chunk + random_size + tag_size);
using Nonce = std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES>;
static_assert(std::tuple_size_v<Nonce> == 8 + random_size);

const unsigned char* raw(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

Nonce nonce_at(const Place& at, std::string_view random) {
  Nonce made;
  const std::uint64_t place = at.index << 1 | (at.last ? 1 : 0);
  for (std::size_t i = 0; i < 8; ++i) made[i] = static_cast<unsigned char>(place >> (8 * (7 - i)));
  std::copy(random.begin(), random.end(), made.begin() + 8);
  return made;
}

std::string bound(const Place& at) { return "blob " + std::to_string(at.blob.value); }

}  // namespace

void seal_chunk(const SecretKey& key, const Place& at, std::string_view plain, std::string& onto) {
  const auto start = onto.size();
  onto.resize(start + random_size + plain.size() + tag_size);
  auto* const random = reinterpret_cast<unsigned char*>(onto.data() + start);
  randombytes_buf(random, random_size);
  const auto nonce = nonce_at(at, {onto.data() + start, random_size});
  const auto ad = bound(at);
  if (crypto_aead_xchacha20poly1305_ietf_encrypt(random + random_size, nullptr, raw(plain), plain.size(), raw(ad),
                                                 ad.size(), nullptr, nonce.data(), key.data()) != 0)
    throw std::runtime_error("the cipher failed");
}

std::optional<std::string> open_chunk(const SecretKey& key, const Place& at, std::string_view sealed) {
  if (sealed.size() < random_size + tag_size) return std::nullopt;
  const auto nonce = nonce_at(at, sealed.substr(0, random_size));
  const auto ad = bound(at), text = std::string(sealed.substr(random_size));
  std::string plain(text.size() - tag_size, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr,
                                                 raw(text), text.size(), raw(ad), ad.size(), nonce.data(),
                                                 key.data()) != 0)
    return std::nullopt;
  return plain;
}

}  // namespace privacy
