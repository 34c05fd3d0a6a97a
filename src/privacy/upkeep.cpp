#include "privacy/upkeep.hpp"

#include <fmt/format.h>

#include "privacy/envelope.hpp"

namespace privacy {
namespace {

constexpr auto youngest = std::chrono::days{1};
constexpr auto resting = std::chrono::hours{1};
constexpr auto remembered = std::chrono::days{35};  // as long as a backup of data can return

struct Row {
  std::int64_t id, org, subject;
  db::Bytes sealed, index;
};

const schema::Column* key_column(const schema::Table& t) {
  for (auto& c : t.columns)
    if (c.type == schema::Type::key) return &c;
  return nullptr;
}

// Rows whose digest is not of the epoch. $1 epoch, $2 limit, $3 organisation.
std::vector<Row> outdated(db::Connection& c, const schema::Table& t, const schema::Column& index, OrgId org, int epoch,
                          int limit) {
  const bool owned = !t.about.org.empty();
  const auto sql = fmt::format(
      "select {}, {}, {}, {}, {} from {} where {} is not null and substr({}, 1, {}) <> $1{} limit $2",
      key_column(t)->name, owned ? t.about.org : "0", t.about.subjects.begin()->column, index.of, index.name, t.name,
      index.name, index.name, index_epoch_size, owned && org.value ? fmt::format(" and {} = $3", t.about.org) : "");
  const auto bytes = epoch_bytes(epoch);
  std::vector<db::Arg> args{db::to_arg(bytes), db::to_arg(limit)};
  if (owned && org.value) args.push_back(db::to_arg(org));
  std::vector<Row> rows;
  c.generated(sql, args, [&](const db::Row& r) {
    const auto sealed = r.bytes(3), old = r.bytes(4);
    rows.push_back(
        {r.integer(0), r.integer(1), r.integer(2), {sealed.begin(), sealed.end()}, {old.begin(), old.end()}});
  });
  return rows;
}

// A value whose key is gone cannot be found any more either.
std::optional<db::Bytes> digest_anew(KeyStore& keys, const Item& item, const IndexKey& index, const Row& row) {
  const auto id = key_of(row.sealed);
  const auto key = id ? keys.find(*id) : std::nullopt;
  if (!key) return std::nullopt;
  const auto plain = disclose(item, *key, row.sealed);
  if (!plain) throw std::runtime_error("a sealed value was altered, or moved to another row");
  return index_of(item, index, *plain);
}

int reindex_column(db::Connection& c, const schema::Table& t, const schema::Column& column, KeyStore& keys, OrgId org,
                   int limit) {
  const auto index = keys.index(org);
  const auto rows = outdated(c, t, column, org, index.epoch, limit);
  const auto sql = fmt::format("update {} set {} = $1 where {} = $2 and {} = $3", t.name, column.name,
                               key_column(t)->name, column.name);
  for (const auto& row : rows) {
    const auto fresh = digest_anew(keys, column.item, index, row);
    c.generated(sql, std::array{db::to_arg(fresh), db::to_arg(row.id), db::to_arg(row.index)});
  }
  return static_cast<int>(rows.size());
}

}  // namespace

bool Sweep::run(Time now, int limit) {
  const auto keys = keys_.idle(after_, now - youngest, limit);
  std::vector<Idle> without;
  db_.read_now([&](db::Connection& c) {
    without.clear();
    for (const auto& k : keys)
      if (!has_data(c, k)) without.push_back(k);
  });
  for (const auto& k : without) {
    if (!k.retired_at) keys_.retire(k.id);
    else if (*k.retired_at < now - resting) keys_.destroy(k.id);
  }
  const bool more = static_cast<int>(keys.size()) == limit;
  after_ = more ? keys.back().id : KeyId{};
  if (!more) keys_.forget_destroyed(now - remembered);
  return more;
}

bool Sweep::has_data(db::Connection& c, const Idle& k) const {
  const auto id = bytes_of(k.id);
  bool found = false;
  for (auto& t : tables_)
    for (auto& column : t.columns) {
      if (column.type != schema::Type::sealed || !k.subject) continue;
      for (auto& subject : t.about.subjects) {
        const auto sql = fmt::format("select 1 from {} where {} = $1 and substr({}, {}, {}) = $2 limit 1", t.name,
                                     subject.column, column.name, key_id_at, key_id_size);
        c.generated(sql, std::array{db::to_arg(*k.subject), db::to_arg(id)}, [&](const db::Row&) { found = true; });
        if (found) return true;
      }
    }
  return in_use_(k.id);
}

bool reindex(db::Connection& c, std::span<const schema::Table> tables, KeyStore& keys, OrgId org, int limit) {
  int left = limit;
  for (auto& t : tables)
    for (auto& column : t.columns)
      if (!column.of.empty() && left > 0 && (column.item.controller == Controller::operating) == (org.value == 0))
        left -= reindex_column(c, t, column, keys, org, left);
  return left < limit;
}

}  // namespace privacy
