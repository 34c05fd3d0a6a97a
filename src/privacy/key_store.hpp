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

// An index whose values are still being written under its newest key.
struct Renewal {
  OrgId org;
  Time since;
};
BOOST_DESCRIBE_STRUCT(Renewal, (), (org, since))

// Whose keys were destroyed, and when.
struct Shredded {
  Owner whose;
  Time at;
};

// What there is, and what rotation still has to wrap anew. Numbers only.
struct KeyState {
  int root_epoch = 0;
  std::int64_t organisations = 0, in_use = 0, retired = 0, destroyed = 0;
  std::int64_t under_older_root = 0, under_older_keys = 0;
};
BOOST_DESCRIBE_STRUCT(KeyState, (), (organisations, in_use, retired, destroyed, under_older_root, under_older_keys))

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

  // When these return, the keys open on no node. That of one blob or value may for a moment, elsewhere.
  void destroy(const Owner&);
  void destroy(const Owner&, const Purpose&);
  void destroy(KeyId);
  bool has_keys(const Owner&, Time made_before);

  // Destroys again what an older copy of the store brought back: keys that were made before.
  std::int64_t destroy_again(std::span<const Shredded>);

  // Indexes: the newest key, and the one before while values are still indexed under it.
  IndexKey index(OrgId);
  std::optional<IndexKey> index_before(OrgId);
  // Rotating one that is being renewed throws std::runtime_error.
  void rotate_index(OrgId);
  std::vector<Renewal> renewals();
  void end_index_rotation(OrgId);

  // Rotation: says what is to be replaced; then a slice at a time, as often as it returns true. It
  // goes on where it stopped, also after a crash, and never revives a destroyed key.
  void rotate_root();
  void rotate(OrgId);
  bool rotate_some(int limit = 200);
  std::vector<OrgId> organisations(MasterKind);  // that have such a key
  KeyState state();

  // Everything but the root key, as it is at one moment, into a new SQLite file, whatever the engine.
  void copy_to(const std::filesystem::path& file);

  // For the sweep: keys made before a moment, in the order of their ids.
  std::vector<Idle> idle(KeyId after, Time made_before, int limit);
  void retire(KeyId);  // it seals nothing new
  void reuse(KeyId);   // until it is in use again
  bool most_rest();    // more keys are retired than in use
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
  void wait_for_other_nodes() const;

  db::Options options_;
  const bool shared_;  // with other nodes
  RootKey root_;
  Ids& ids_;
  Clock clock_;
  KeyCache cache_;
  std::mutex mutex_;
  std::map<OrgId, Indexes> indexes_;
  std::unique_ptr<db::Database> db_;
};

}  // namespace privacy
