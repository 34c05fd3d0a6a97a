#pragma once
#include "privacy/key_store.hpp"

// What the key store needs now and then. Each is a loop over the declared tables, a slice at a time.
namespace privacy {

// Destroys keys that nothing was ever sealed with, or nothing is any more, and blobs that no row names. A key is
// written before its data, so one that is younger than a day is left alone; an older one without data first stops
// sealing, and goes a week later if there is still nothing, when copies of it are gone, too. If more keys rest than
// are used, these are hardly the right data: then it destroys nothing, and says so.
class Sweep {
 public:
  Sweep(db::Database& db, std::span<const schema::Table> tables, KeyStore& keys)
      : db_(db), tables_(tables), keys_(keys) {}

  // Looks at the next keys, from the first again after the last. False: it has come to the end.
  bool run(Time now, int limit);

 private:
  bool has_data(db::Connection&, const Idle&) const;
  bool is_named(db::Connection&, KeyId) const;
  void destroy(const std::vector<KeyId>&);

  db::Database& db_;
  std::span<const schema::Table> tables_;
  KeyStore& keys_;
  KeyId after_{};
  bool refused_ = false;
};

// Writes digests under the newest index key where they are still under an older one, for one
// organisation, or for the operator's items (organisation 0). False: nothing is left. Runs on the writer.
bool reindex(db::Connection&, std::span<const schema::Table>, KeyStore&, OrgId, int limit);
std::int64_t outdated_indexes(db::Connection&, std::span<const schema::Table>, KeyStore&, OrgId);

// Goes on with every rotation and renewal for a few seconds. The state is in the rows: it can stop
// anywhere. An older index key goes a minute after the newer was made, when every node knows that one.
// False: nothing is left but waiting.
bool renew_keys(db::Database&, std::span<const schema::Table>, KeyStore&, Time now);

}  // namespace privacy
