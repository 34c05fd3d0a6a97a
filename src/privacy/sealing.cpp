#include "privacy/sealing.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sodium.h>

#include <memory>
#include <stdexcept>

namespace privacy {
namespace {

constexpr int nonce_size = 12, tag_size = 16;

// Made once a thread: making one costs more than sealing a short value.
EVP_CIPHER_CTX* context() {
  thread_local const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> made{EVP_CIPHER_CTX_new(),
                                                                                          &EVP_CIPHER_CTX_free};
  if (!made) throw std::bad_alloc();
  return made.get();
}
const EVP_CIPHER* cipher() {
  static const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> fetched{
      EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr), &EVP_CIPHER_free};
  return fetched.get();
}

// Drawn many at a time: one by one they would cost more than the sealing.
void draw_nonce(unsigned char* out) {
  thread_local std::array<unsigned char, nonce_size * 256> drawn;
  thread_local std::size_t at = drawn.size();
  if (at == drawn.size()) {
    randombytes_buf(drawn.data(), drawn.size());
    at = 0;
  }
  std::copy_n(drawn.data() + at, nonce_size, out);
  at += nonce_size;
}

const unsigned char* raw(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }
int length(std::string_view s) { return static_cast<int>(s.size()); }
void must(int ok) {
  if (ok != 1) throw std::runtime_error("the cipher failed");
}

}  // namespace

SecretKey SecretKey::random() {
  SecretKey made;
  must(RAND_priv_bytes(made.bytes_.data(), static_cast<int>(size)));
  return made;
}
SecretKey::SecretKey(db::BytesView bytes) {
  if (bytes.size() != size) throw std::runtime_error("a key has 32 bytes");
  std::ranges::copy(bytes, bytes_.begin());
}
SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), size); }

void seal(const SecretKey& key, std::string_view plain, std::string_view bound, db::Bytes& onto) {
  const auto start = onto.size();
  onto.resize(start + nonce_size + plain.size() + tag_size);
  unsigned char *const nonce = onto.data() + start, *const text = nonce + nonce_size;
  draw_nonce(nonce);
  auto* c = context();
  int n = 0;
  must(EVP_EncryptInit_ex2(c, cipher(), key.data(), nonce, nullptr));
  must(EVP_EncryptUpdate(c, nullptr, &n, raw(bound), length(bound)));
  must(EVP_EncryptUpdate(c, text, &n, raw(plain), length(plain)));
  must(EVP_EncryptFinal_ex(c, text + n, &n));
  must(EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, tag_size, text + plain.size()));
}

std::optional<std::string> open(const SecretKey& key, db::BytesView sealed, std::string_view bound) {
  if (sealed.size() < nonce_size + tag_size) return std::nullopt;
  const auto size = sealed.size() - nonce_size - tag_size;
  const auto body = sealed.subspan(nonce_size, size), tag = sealed.last(tag_size);
  std::string plain(size, '\0');
  auto* text = reinterpret_cast<unsigned char*>(plain.data());
  auto* c = context();
  int n = 0;
  must(EVP_DecryptInit_ex2(c, cipher(), key.data(), sealed.data(), nullptr));
  must(EVP_DecryptUpdate(c, nullptr, &n, raw(bound), length(bound)));
  must(EVP_DecryptUpdate(c, text, &n, body.data(), static_cast<int>(size)));
  must(EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, tag_size, const_cast<unsigned char*>(tag.data())));
  if (EVP_DecryptFinal_ex(c, text + n, &n) == 1) return plain;
  sodium_memzero(plain.data(), plain.size());
  return std::nullopt;
}

db::Bytes wrap(const SecretKey& by, const SecretKey& key, std::string_view bound) {
  db::Bytes out;
  seal(by, key.view(), bound, out);
  return out;
}

std::optional<SecretKey> unwrap(const SecretKey& by, db::BytesView wrapped, std::string_view bound) {
  auto plain = open(by, wrapped, bound);
  if (!plain) return std::nullopt;
  const SecretKey key(db::BytesView(raw(*plain), plain->size()));
  sodium_memzero(plain->data(), plain->size());
  return key;
}

void digest(const SecretKey& key, std::string_view bound, std::string_view plain, db::Bytes& onto) {
  const auto start = onto.size();
  onto.resize(start + crypto_auth_hmacsha256_BYTES);
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), SecretKey::size);
  crypto_auth_hmacsha256_update(&state, raw(bound), bound.size());
  crypto_auth_hmacsha256_update(&state, raw(std::string_view("\0", 1)), 1);
  crypto_auth_hmacsha256_update(&state, raw(plain), plain.size());
  crypto_auth_hmacsha256_final(&state, onto.data() + start);
  sodium_memzero(&state, sizeof state);
}

}  // namespace privacy
