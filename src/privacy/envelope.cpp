#include "privacy/envelope.hpp"

#include <fmt/format.h>

namespace privacy {
namespace {

constexpr unsigned char aes_256_gcm = 1;
constexpr std::size_t head_size = 1 + key_id_size;

std::string bound(const Item& item, const DataKey& k) {
  return fmt::format("value {} {} {} {} {}", item.id, k.org.value, k.subject.value_or(0), k.purpose.value_or(""),
                     k.epoch.value_or(0));
}

void put(db::Bytes& onto, std::uint64_t v, int size) {
  for (int i = size; i-- > 0;) onto.push_back(static_cast<unsigned char>(v >> (8 * i)));
}

}  // namespace

db::Bytes enclose(const Item& item, const DataKey& key, std::string_view plain) {
  db::Bytes out{aes_256_gcm};
  put(out, static_cast<std::uint64_t>(key.id.value), key_id_size);
  seal(key.key, plain, bound(item, key), out);
  return out;
}

std::optional<std::string> disclose(const Item& item, const DataKey& key, db::BytesView sealed) {
  if (key_of(sealed) != key.id) return std::nullopt;
  return open(key.key, sealed.subspan(head_size), bound(item, key));
}

std::optional<KeyId> key_of(db::BytesView sealed) {
  if (sealed.size() <= head_size || sealed[0] != aes_256_gcm) return std::nullopt;
  std::uint64_t id = 0;
  for (const auto byte : sealed.subspan(1, key_id_size)) id = id << 8 | byte;
  return KeyId{static_cast<std::int64_t>(id)};
}

db::Bytes bytes_of(KeyId id) {
  db::Bytes out;
  put(out, static_cast<std::uint64_t>(id.value), key_id_size);
  return out;
}

OrgId index_scope(const Item& item, OrgId org) { return item.controller == Controller::operating ? OrgId{} : org; }

db::Bytes index_of(const Item& item, const IndexKey& key, std::string_view plain) {
  auto out = epoch_bytes(key.epoch);
  digest(key.key, item.id, plain, out);
  return out;
}

db::Bytes epoch_bytes(int epoch) {
  db::Bytes out;
  put(out, static_cast<std::uint64_t>(epoch), index_epoch_size);
  return out;
}

}  // namespace privacy
