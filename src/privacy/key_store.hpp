#pragma once
#include <functional>
#include <span>

#include "db/database.hpp"
#include "privacy/key_cache.hpp"
#include "privacy/root_key.hpp"

namespace privacy {

struct DataRow;

BOOST_DEFINE_ENUM_CLASS(MasterKind, wrap, index)

struct IndexKey {
  int epoch;
  SecretKey key;
};

// A key that could be without data.
struct Idle {
  KeyId id;
  OrgId org;
  std::optional<std::int64_t> subject;
  std::optional<Time> retired_at;
};
BOOST_DESCRIBE_STRUCT(Idle, (), (id, org, subject, retired_at))

// Every key there is, in a database of its own. The root key wraps one key an organisation, that wraps
// one key per subject and purpose (and one a blob), and those seal. What makes a key returns once it is
// on disk, so it is always written before the data that uses it. Destroying a subject's keys makes every
// copy of what they sealed unreadable, wherever it is.
//
// Constructing it throws std::runtime_error if the root key is missing, open to others or another's.
class KeyStore {
 public:
  using Clock = std::function<Time()>;
  KeyStore(const db::Options&, const std::filesystem::path& folder, Ids&, Clock);

  // What seals for an owner and a purpose now: the key there is, or a new one.
  DataKey make(const Owner&, const Purpose&);
  void make_all(OrgId, std::span<const std::int64_t> subjects, const Purpose&);  // one write for an import
  DataKey make_for_blob(OrgId, std::optional<std::int64_t> subject);             // goes with the subject, if one
  std::optional<DataKey> find(KeyId);

  void destroy(const Owner&);
  void destroy(const Owner&, const Purpose&);
  void destroy(KeyId);

  // Indexes: the newest key, and the one before while values are still indexed under it.
  IndexKey index(OrgId);
  std::optional<IndexKey> index_before(OrgId);
  void rotate_index(OrgId);
  void end_index_rotation(OrgId);

  // Rotation: says what is to be replaced; then a slice at a time, as often as it returns true. It
  // goes on where it stopped, also after a crash, and never revives a destroyed key.
  void rotate_root();
  void rotate(OrgId);
  bool rotate_some(int limit = 200);

  // For the sweep: keys made before a moment, in the order of their ids.
  std::vector<Idle> idle(KeyId after, Time made_before, int limit);
  void retire(KeyId);  // it seals nothing new
  void forget_destroyed(Time before);
  void scrub();

 private:
  struct Master;
  struct Indexes {
    std::vector<IndexKey> keys;
    std::chrono::steady_clock::time_point until;
  };

  Time now() const { return clock_(); }
  std::vector<Master> masters(db::Tx&, OrgId, MasterKind);  // newest first
  Master add_master(db::Tx&, OrgId, MasterKind, int epoch);
  Master newest(db::Tx&, OrgId, MasterKind);  // makes the first one
  DataKey make_in(db::Tx&, const Owner&, std::string_view purpose);
  DataKey add(db::Tx&, OrgId, std::optional<std::int64_t> subject, std::optional<std::string> purpose,
              std::optional<int> epoch);
  SecretKey unwrap_master(OrgId, MasterKind, int epoch, int root_epoch, const db::Bytes&);
  SecretKey master_of(const DataRow&);
  std::vector<IndexKey> indexes(OrgId);
  int rewrap_masters(int limit);
  int rewrap_data(int limit);
  bool drop_replaced();

  db::Options options_;
  RootKey root_;
  Ids& ids_;
  Clock clock_;
  KeyCache cache_;
  std::mutex mutex_;
  std::map<OrgId, Indexes> indexes_;
  std::unique_ptr<db::Database> db_;
};

}  // namespace privacy
