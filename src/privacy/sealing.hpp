#pragma once
#include <array>
#include <optional>
#include <string>

#include "db/value.hpp"

namespace privacy {

// 32 bytes that are wiped when they go.
class SecretKey {
 public:
  static constexpr std::size_t size = 32;
  static SecretKey random();
  explicit SecretKey(db::BytesView);  // of that size, else std::runtime_error
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();

  const unsigned char* data() const { return bytes_.data(); }
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes_.data()), size}; }

 private:
  SecretKey() = default;
  std::array<unsigned char, size> bytes_{};
};

// AES-256-GCM: appends nonce, ciphertext and tag. `bound` is not stored; opening needs the same.
void seal(const SecretKey&, std::string_view plain, std::string_view bound, db::Bytes& onto);
std::optional<std::string> open(const SecretKey&, db::BytesView sealed, std::string_view bound);

// A key inside another key.
db::Bytes wrap(const SecretKey& by, const SecretKey&, std::string_view bound);
std::optional<SecretKey> unwrap(const SecretKey& by, db::BytesView wrapped, std::string_view bound);

// HMAC-SHA256, appended.
void digest(const SecretKey&, std::string_view bound, std::string_view plain, db::Bytes& onto);

}  // namespace privacy
