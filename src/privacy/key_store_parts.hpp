#pragma once
#include "privacy/key_store.hpp"

// What the files of the key store share.
namespace privacy {

struct KeyStore::Master {
  int epoch;
  SecretKey key;
};

// Rows of the key store, a data key's with the key that wraps it; and what each wrapped key is bound to,
// so that no row can pass for another.
struct MasterRow {
  OrgId org;
  MasterKind kind;
  int epoch;
  int root_epoch;
  db::Bytes wrapped;
};
struct DataRow {
  KeyId id;
  OrgId org;
  std::optional<std::int64_t> subject;
  std::optional<std::string> purpose;
  std::optional<int> epoch;
  int wrapped_by;
  db::Bytes wrapped;
  int root_epoch = 0;
  db::Bytes master = {};
};
BOOST_DESCRIBE_STRUCT(MasterRow, (), (org, kind, epoch, root_epoch, wrapped))
BOOST_DESCRIBE_STRUCT(DataRow, (), (id, org, subject, purpose, epoch, wrapped_by, wrapped, root_epoch, master))

// An organisation's keys, one at a time. Not its id as such: verbs lock that, and hold it while they seal.
inline void lock(db::Tx& c, OrgId org) { c.lock(~org.value); }

std::string bound(OrgId, MasterKind, int epoch, int root_epoch);
std::string bound(const DataRow&);
DataKey opened(const DataRow&, const SecretKey& master);

}  // namespace privacy
