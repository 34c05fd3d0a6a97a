#pragma once
#include "core/gate.hpp"
#include "privacy/key_store.hpp"

// What a sealed column holds: a byte for the suite, eight for the key's id, then nonce, ciphertext and
// tag. And what an index column holds: two bytes for the key's epoch, then the digest.
namespace privacy {

inline constexpr int index_epoch_size = 2;
inline constexpr int key_id_at = 2, key_id_size = 8;  // as substr() counts

// Bound to item, organisation, subject, purpose and epoch: nobody can move a value elsewhere.
db::Bytes enclose(const Item&, const DataKey&, std::string_view plain);
std::optional<std::string> disclose(const Item&, const DataKey&, db::BytesView);
std::optional<KeyId> key_of(db::BytesView);
db::Bytes bytes_of(KeyId);

// The operator's items are found in the whole installation, an organisation's only within it.
OrgId index_scope(const Item&, OrgId);
db::Bytes index_of(const Item&, const IndexKey&, std::string_view plain);
db::Bytes epoch_bytes(int epoch);

}  // namespace privacy
