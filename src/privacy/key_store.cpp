#include "privacy/key_store.hpp"

#include <fmt/format.h>

#include <thread>

#include "base/log.hpp"
#include "db/look.hpp"
#include "db/scrub.hpp"
#include "privacy/key_store_parts.hpp"
#include "privacy/keys_schema.hpp"

namespace privacy {
namespace {

constexpr OrgId installation{};
constexpr auto indexes_kept = std::chrono::seconds{10};
constexpr std::size_t made_at_once = 500;

}  // namespace

std::string bound(OrgId org, MasterKind kind, int epoch, int root_epoch) {
  return fmt::format("master {} {} {} {}", boost::describe::enum_to_string(kind, "?"), org.value, epoch, root_epoch);
}
std::string bound(const DataRow& d) {
  return fmt::format("data {} {} {} {} {} {}", d.id.value, d.org.value, d.subject.value_or(0),
                     d.purpose.value_or("blob"), d.epoch.value_or(0), d.wrapped_by);
}
DataKey opened(const DataRow& d, const SecretKey& master) {
  const auto key = unwrap(master, d.wrapped, bound(d));
  if (!key) throw std::runtime_error("a key in the key store was altered");
  return {d.id, d.org, d.subject, d.purpose, d.epoch, *key};
}

KeyStore::KeyStore(const db::Options& options, const std::filesystem::path& folder, Ids& ids, Clock clock)
    : options_(options),
      shared_(db::dialect_of(options) == schema::Dialect::postgres),
      root_(folder),
      ids_(ids),
      clock_(std::move(clock)),
      cache_(shared_ ? KeyCache::shared : KeyCache::alone),
      db_(db::open(options, keystore::tables)) {
  db_->write_now([&](db::Connection& c) {
    lock(c, installation);
    const bool used = c.value<std::int64_t>("select id from privacy_master_key limit 1").has_value();
    if (root_.empty() && used)
      throw std::runtime_error("root.key is missing: without it the keys of this installation cannot be opened");
    if (root_.empty()) root_.add();
    newest(c, installation, MasterKind::index);  // a root key that is not ours is refused here, not later
  });
}

SecretKey KeyStore::unwrap_master(OrgId org, MasterKind kind, int epoch, int root_epoch, const db::Bytes& wrapped) {
  const auto root = root_.find(root_epoch);
  const auto key = root ? unwrap(*root, wrapped, bound(org, kind, epoch, root_epoch)) : std::nullopt;
  if (!key) throw std::runtime_error("root.key does not open this key store: it belongs to another, or is too old");
  return *key;
}

SecretKey KeyStore::master_of(const DataRow& d) {
  return unwrap_master(d.org, MasterKind::wrap, d.wrapped_by, d.root_epoch, d.master);
}

std::vector<KeyStore::Master> KeyStore::masters(db::Tx& c, OrgId org, MasterKind kind) {
  std::vector<Master> all;
  c.each<MasterRow>(
      "select org_id, kind, epoch, root_epoch, wrapped from privacy_master_key "
      "where org_id = $1 and kind = $2 order by epoch desc",
      [&](MasterRow&& m) { all.push_back({m.epoch, unwrap_master(m.org, m.kind, m.epoch, m.root_epoch, m.wrapped)}); },
      org, kind);
  return all;
}

// Under a lock that the end of a root key takes too: nobody wraps with one that is about to go.
KeyStore::Master KeyStore::add_master(db::Tx& c, OrgId org, MasterKind kind, int epoch) {
  lock(c, installation);
  const int root_epoch = root_.newest();
  Master made{epoch, SecretKey::random()};
  c.exec(
      "insert into privacy_master_key (id, org_id, kind, epoch, root_epoch, wrapped, created_at) values ($1, $2, $3, "
      "$4, $5, $6, $7)",
      ids_.next(now()), org, kind, epoch, root_epoch,
      wrap(root_.find(root_epoch).value(), made.key, bound(org, kind, epoch, root_epoch)), now());
  return made;
}

KeyStore::Master KeyStore::newest(db::Tx& c, OrgId org, MasterKind kind) {
  auto all = masters(c, org, kind);
  return all.empty() ? add_master(c, org, kind, 1) : all.front();
}

DataKey KeyStore::add(db::Tx& c, OrgId org, std::optional<std::int64_t> subject, std::optional<std::string> purpose,
                      std::optional<int> epoch) {
  const auto master = newest(c, org, MasterKind::wrap);
  DataRow row{KeyId{ids_.next(now())}, org, subject, std::move(purpose), epoch, master.epoch, {}};
  const auto key = SecretKey::random();
  row.wrapped = wrap(master.key, key, bound(row));
  c.exec(
      "insert into privacy_data_key (id, org_id, subject_id, purpose, epoch, wrapped_by, wrapped, created_at) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8)",
      row.id, row.org, row.subject, row.purpose, row.epoch, row.wrapped_by, row.wrapped, now());
  return {row.id, row.org, row.subject, row.purpose, row.epoch, key};
}

// Under the organisation's lock, which rotation takes too: nobody wraps with a key that is about to go.
DataKey KeyStore::make_in(db::Tx& c, const Owner& o, std::string_view purpose) {
  lock(c, o.org);
  const auto found = c.one<DataRow>(
      "select d.id, d.org_id, d.subject_id, d.purpose, d.epoch, d.wrapped_by, d.wrapped, m.root_epoch, m.wrapped "
      "from privacy_data_key d join privacy_master_key m on m.org_id = d.org_id and m.kind = 'wrap' and m.epoch = "
      "d.wrapped_by "
      "where d.org_id = $1 and d.subject_id = $2 and d.purpose = $3 and d.retired_at is null and d.destroyed_at is "
      "null",
      o.org, o.subject, purpose);
  if (found) return opened(*found, master_of(*found));
  const auto last =
      c.value<int>("select max(epoch) from privacy_data_key where org_id = $1 and subject_id = $2 and purpose = $3",
                   o.org, o.subject, purpose);
  return add(c, o.org, o.subject, std::string(purpose), last.value_or(0) + 1);
}

DataKey KeyStore::make(const Owner& owner, const Purpose& purpose) {
  if (auto kept = cache_.current(owner, purpose.id)) return *kept;
  const auto reading = cache_.reading();
  std::optional<DataKey> made;
  db_->write_now([&](db::Connection& c) { made = make_in(c, owner, purpose.id); });
  cache_.keep_current(*made, reading);
  return *made;
}

void KeyStore::make_all(OrgId org, std::span<const std::int64_t> subjects, const Purpose& purpose) {
  while (!subjects.empty()) {
    const auto some = subjects.first(std::min(subjects.size(), made_at_once));
    db_->write_now([&](db::Connection& c) {
      for (const auto s : some) make_in(c, {org, s}, purpose.id);
    });
    subjects = subjects.subspan(some.size());
  }
}

DataKey KeyStore::make_for_blob(OrgId org, std::optional<std::int64_t> subject) {
  std::optional<DataKey> made;
  db_->write_now([&](db::Connection& c) {
    lock(c, org);
    made = add(c, org, subject, std::nullopt, std::nullopt);
  });
  return *made;
}

std::optional<DataKey> KeyStore::find(KeyId id) {
  if (auto kept = cache_.find(id)) return kept;
  const auto reading = cache_.reading();
  std::optional<DataKey> key;
  db_->read_now([&](db::Connection& c) {
    const auto found = c.one<DataRow>(
        "select d.id, d.org_id, d.subject_id, d.purpose, d.epoch, d.wrapped_by, d.wrapped, m.root_epoch, m.wrapped "
        "from privacy_data_key d join privacy_master_key m on m.org_id = d.org_id and m.kind = 'wrap' and m.epoch = "
        "d.wrapped_by "
        "where d.id = $1 and d.destroyed_at is null",
        id);
    if (found) key = opened(*found, master_of(*found));
  });
  if (key) cache_.keep(*key, reading);
  return key;
}

void KeyStore::destroy(const Owner& o) {
  db_->write_now([&](db::Connection& c) {
    c.exec(
        "update privacy_data_key set wrapped = null, destroyed_at = $1 where org_id = $2 and subject_id = $3 and "
        "destroyed_at is null",
        now(), o.org, o.subject);
  });
  cache_.forget(o);
  wait_for_other_nodes();
  scrub();
}

void KeyStore::destroy(const Owner& o, const Purpose& purpose) {
  db_->write_now([&](db::Connection& c) {
    c.exec(
        "update privacy_data_key set wrapped = null, destroyed_at = $1 "
        "where org_id = $2 and subject_id = $3 and purpose = $4 and destroyed_at is null",
        now(), o.org, o.subject, purpose.id);
  });
  cache_.forget(o);
  wait_for_other_nodes();
  scrub();
}

void KeyStore::destroy(KeyId id) {
  db_->write_now([&](db::Connection& c) {
    c.exec("update privacy_data_key set wrapped = null, destroyed_at = $1 where id = $2 and destroyed_at is null",
           now(), id);
  });
  cache_.forget(id);
  scrub();
}

// Their caches keep nothing for longer than this.
void KeyStore::wait_for_other_nodes() const {
  if (shared_) std::this_thread::sleep_for(KeyCache::shared);
}

bool KeyStore::has_keys(const Owner& o, Time made_before) {
  bool has = false;
  db_->read_now([&](db::Connection& c) {
    has = c.value<std::int64_t>(
               "select id from privacy_data_key where org_id = $1 and subject_id = $2 and created_at <= $3 and "
               "destroyed_at is null limit 1",
               o.org, o.subject, made_before)
              .has_value();
  });
  return has;
}

std::int64_t KeyStore::destroy_again(std::span<const Shredded> all) {
  std::int64_t gone = 0;
  db_->write_now([&](db::Connection& c) {
    gone = 0;
    for (const auto& s : all)
      gone += c.exec(
          "update privacy_data_key set wrapped = null, destroyed_at = $1 where org_id = $2 and subject_id = $3 and "
          "created_at <= $1 and destroyed_at is null",
          s.at, s.whose.org, s.whose.subject);
  });
  if (gone > 0) {
    for (const auto& s : all) cache_.forget(s.whose);
    wait_for_other_nodes();
    scrub();
  }
  return gone;
}

std::vector<Idle> KeyStore::idle(KeyId after, Time made_before, int limit) {
  std::vector<Idle> all;
  db_->read_now([&](db::Connection& c) {
    all = c.all<Idle>(
        "select id, org_id, subject_id, retired_at from privacy_data_key "
        "where id > $1 and created_at < $2 and destroyed_at is null order by id limit $3",
        after, made_before, limit);
  });
  return all;
}

void KeyStore::retire(KeyId id) {
  db_->write_now([&](db::Connection& c) {
    c.exec("update privacy_data_key set retired_at = $1 where id = $2 and retired_at is null", now(), id);
  });
  cache_.forget(id);
}

void KeyStore::reuse(KeyId id) {
  db_->write_now([&](db::Connection& c) { c.exec("update privacy_data_key set retired_at = null where id = $1", id); });
}

bool KeyStore::most_rest() {
  bool most = false;
  db_->read_now([&](db::Connection& c) {
    most =
        c.value<bool>(
             "select (select count(*) from privacy_data_key where destroyed_at is null and retired_at is not null) > "
             "(select count(*) from privacy_data_key where destroyed_at is null and retired_at is null)")
            .value();
  });
  return most;
}

void KeyStore::forget_destroyed(Time before) {
  db_->write_now([&](db::Connection& c) { c.exec("delete from privacy_data_key where destroyed_at < $1", before); });
}

void KeyStore::scrub() {
  if (!db::scrub(options_, keystore::data_keys)) logging::warn("keys.scrub_postponed");
}

std::vector<IndexKey> KeyStore::indexes(OrgId org) {
  const auto at = std::chrono::steady_clock::now();
  const std::lock_guard hold(mutex_);
  if (const auto kept = indexes_.find(org); kept != indexes_.end() && at < kept->second.until) return kept->second.keys;
  std::vector<IndexKey> keys;
  const auto read = [&](db::Connection& c) {
    keys.clear();
    for (const auto& m : masters(c, org, MasterKind::index)) keys.push_back({m.epoch, m.key});
  };
  db_->read_now(read);
  if (keys.empty())
    db_->write_now([&](db::Connection& c) {
      lock(c, org);
      newest(c, org, MasterKind::index);
      read(c);
    });
  indexes_[org] = {keys, at + indexes_kept};
  return keys;
}

IndexKey KeyStore::index(OrgId org) { return indexes(org).front(); }
std::optional<IndexKey> KeyStore::index_before(OrgId org) {
  const auto all = indexes(org);
  return all.size() > 1 ? std::optional(all[1]) : std::nullopt;
}

}  // namespace privacy
