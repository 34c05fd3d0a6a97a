#include "db/copy.hpp"
#include "privacy/files.hpp"
#include "privacy/key_store.hpp"
#include "privacy/keys_schema.hpp"

namespace privacy {

std::vector<OrgId> KeyStore::organisations(MasterKind kind) {
  std::vector<OrgId> all;
  db_->read_now([&](db::Connection& c) {
    all.clear();
    c.generated("select distinct org_id from privacy_master_key where kind = $1 order by org_id",
                std::array{db::to_arg(kind)}, [&](const db::Row& r) { all.push_back(OrgId{r.integer(0)}); });
  });
  return all;
}

std::vector<Renewal> KeyStore::renewals() {
  std::vector<Renewal> all;
  db_->read_now([&](db::Connection& c) {
    all = c.all<Renewal>(
        "select org_id, max(created_at) from privacy_master_key where kind = 'index' group by org_id "
        "having count(*) > 1 order by org_id");
  });
  return all;
}

KeyState KeyStore::state() {
  KeyState s;
  db_->read_now([&](db::Connection& c) {
    s = c.one<KeyState>(
             "select (select count(distinct org_id) from privacy_master_key where kind = 'wrap'), "
             "(select count(*) from privacy_data_key where retired_at is null and destroyed_at is null), "
             "(select count(*) from privacy_data_key where retired_at is not null and destroyed_at is null), "
             "(select count(*) from privacy_data_key where destroyed_at is not null), "
             "(select count(*) from privacy_master_key where root_epoch < $1), "
             "(select count(*) from privacy_data_key d where d.destroyed_at is null and d.wrapped_by < "
             "(select max(m.epoch) from privacy_master_key m where m.org_id = d.org_id and m.kind = 'wrap'))",
             root_.newest())
            .value();
  });
  s.root_epoch = root_.newest();
  return s;
}

void KeyStore::copy_to(const std::filesystem::path& file) {
  files::create_private(file, "");
  const auto copy = db::open({.address = "sqlite:" + file.string(), .readers = 1}, keystore::tables);
  copy->write_now(
      [&](db::Connection& to) { db_->read_now([&](db::Connection& from) { db::copy(from, to, keystore::tables); }); });
}

}  // namespace privacy
