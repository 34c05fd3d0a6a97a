#include "db/scrub.hpp"
#include "privacy/key_store.hpp"
#include "privacy/key_store_parts.hpp"
#include "privacy/keys_schema.hpp"

// The state of a rotation is in the rows themselves: which key wraps each. So it can stop anywhere.
namespace privacy {

void KeyStore::rotate_root() { root_.add(); }

void KeyStore::rotate(OrgId org) {
  db_->write_now([&](db::Connection& c) {
    lock(c, org);
    add_master(c, org, MasterKind::wrap, newest(c, org, MasterKind::wrap).epoch + 1);
  });
}

bool KeyStore::rotate_some(int limit) {
  if (rewrap_masters(limit) + rewrap_data(limit) > 0) return true;
  return drop_replaced();
}

int KeyStore::rewrap_masters(int limit) {
  const int fresh = root_.newest();
  const auto root = root_.find(fresh).value();
  int moved = 0;
  db_->write_now([&](db::Connection& c) {
    const auto rows = c.all<MasterRow>(
        "select org_id, kind, epoch, root_epoch, wrapped from privacy_master_key "
        "where root_epoch < $1 order by id limit $2",
        fresh, limit);
    for (const auto& m : rows)
      c.exec(
          "update privacy_master_key set wrapped = $1, root_epoch = $2 where org_id = $3 and kind = $4 and epoch = $5 "
          "and root_epoch = $6",
          wrap(root, unwrap_master(m.org, m.kind, m.epoch, m.root_epoch, m.wrapped),
               bound(m.org, m.kind, m.epoch, fresh)),
          fresh, m.org, m.kind, m.epoch, m.root_epoch);
    moved = static_cast<int>(rows.size());
  });
  return moved;
}

// A key destroyed meanwhile is passed by.
int KeyStore::rewrap_data(int limit) {
  int moved = 0;
  db_->write_now([&](db::Connection& c) {
    const auto rows = c.all<DataRow>(
        "select d.id, d.org_id, d.subject_id, d.purpose, d.epoch, d.wrapped_by, d.wrapped, m.root_epoch, m.wrapped "
        "from privacy_data_key d join privacy_master_key m on m.org_id = d.org_id and m.kind = 'wrap' and m.epoch = "
        "d.wrapped_by "
        "where d.destroyed_at is null and d.wrapped_by < "
        "(select max(n.epoch) from privacy_master_key n where n.org_id = d.org_id and n.kind = 'wrap') order by d.id "
        "limit $1",
        limit);
    for (const auto& d : rows) {
      const auto fresh = newest(c, d.org, MasterKind::wrap);
      auto moving = d;
      moving.wrapped_by = fresh.epoch;
      c.exec(
          "update privacy_data_key set wrapped = $1, wrapped_by = $2 where id = $3 and wrapped_by = $4 and "
          "destroyed_at is null",
          wrap(fresh.key, opened(d, master_of(d)).key, bound(moving)), fresh.epoch, d.id, d.wrapped_by);
    }
    moved = static_cast<int>(rows.size());
  });
  return moved;
}

// The replaced keys go once nothing is left that they wrap; true if something is.
bool KeyStore::drop_replaced() {
  const int fresh = root_.newest();  // a still newer one may come meanwhile
  bool left = false;
  std::int64_t gone = 0;
  db_->write_now([&](db::Connection& c) {
    std::vector<OrgId> orgs;
    c.each<MasterRow>(
        "select a.org_id, a.kind, a.epoch, a.root_epoch, a.wrapped from privacy_master_key a where a.kind = 'wrap' and "
        "exists "
        "(select 1 from privacy_master_key b where b.org_id = a.org_id and b.kind = 'wrap' and b.epoch > a.epoch) "
        "order by a.org_id",
        [&](MasterRow&& m) { orgs.push_back(m.org); });
    gone = 0;
    for (const auto org : orgs) {
      lock(c, org);
      gone += c.exec(
          "delete from privacy_master_key where org_id = $1 and kind = 'wrap' and epoch < "
          "(select max(m.epoch) from privacy_master_key m where m.org_id = $1 and m.kind = 'wrap') and not exists "
          "(select 1 from privacy_data_key d where d.org_id = $1 and d.wrapped_by = privacy_master_key.epoch and "
          "d.destroyed_at is null)",
          org);
    }
    lock(c, OrgId{});
    left = c.value<std::int64_t>("select id from privacy_master_key where root_epoch < $1 limit 1", fresh).has_value();
  });
  if (!left) root_.forget_before(fresh);
  if (gone > 0) db::scrub(options_, keystore::masters);
  return left;
}

void KeyStore::rotate_index(OrgId org) {
  db_->write_now([&](db::Connection& c) {
    lock(c, org);
    const int newest_epoch = newest(c, org, MasterKind::index).epoch;
    if (masters(c, org, MasterKind::index).size() > 1) throw std::runtime_error("this index is being renewed already");
    add_master(c, org, MasterKind::index, newest_epoch + 1);
  });
  const std::lock_guard hold(mutex_);
  indexes_.erase(org);
}

void KeyStore::end_index_rotation(OrgId org) {
  db_->write_now([&](db::Connection& c) {
    lock(c, org);
    c.exec(
        "delete from privacy_master_key where org_id = $1 and kind = 'index' and epoch < "
        "(select max(m.epoch) from privacy_master_key m where m.org_id = $1 and m.kind = 'index')",
        org);
  });
  {
    const std::lock_guard hold(mutex_);
    indexes_.erase(org);
  }
  db::scrub(options_, keystore::masters);
}

}  // namespace privacy
