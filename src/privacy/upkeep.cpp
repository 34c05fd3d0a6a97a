#include "privacy/upkeep.hpp"

#include <fmt/format.h>

#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include "base/log.hpp"
#include "core/metrics.hpp"
#include "privacy/envelope.hpp"
#include "privacy/key_backup.hpp"

namespace privacy {
namespace {

constexpr auto youngest = std::chrono::days{1};
constexpr auto resting = key_backups_kept;
constexpr auto known_everywhere = std::chrono::minutes{1};
constexpr auto one_turn = std::chrono::seconds{3};
constexpr int keys_a_slice = 200, rows_a_slice = 100;
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

// The rows of a table whose digests are under an older key: these sort first. $1 epoch, $2 organisation.
std::string where_outdated(const schema::Table& t, const schema::Column& index, OrgId org) {
  const auto ours = t.about.org.empty() || !org.value ? "" : fmt::format(" and {} = $2", t.about.org);
  return fmt::format(" from {} where {} < $1{}", t.name, index.name, ours);
}
std::vector<db::Arg> arguments(const schema::Table& t, const db::Bytes& epoch, const OrgId& org) {
  std::vector<db::Arg> args{db::to_arg(epoch)};
  if (!t.about.org.empty() && org.value) args.push_back(db::to_arg(org));
  return args;
}

std::vector<Row> outdated(db::Connection& c, const schema::Table& t, const schema::Column& index, OrgId org, int epoch,
                          int limit) {
  const auto sql =
      fmt::format("select {}, {}, {}, {}, {}{} limit {}", key_column(t)->name, t.about.org.empty() ? "0" : t.about.org,
                  t.about.subjects.begin()->column, index.of, index.name, where_outdated(t, index, org), limit);
  const auto bytes = epoch_bytes(epoch);
  std::vector<Row> rows;
  c.generated(sql, arguments(t, bytes, org), [&](const db::Row& r) {
    const auto sealed = r.bytes(3), old = r.bytes(4);
    rows.push_back(
        {r.integer(0), r.integer(1), r.integer(2), {sealed.begin(), sealed.end()}, {old.begin(), old.end()}});
  });
  return rows;
}

// The operator's items are indexed for the installation, an organisation's for itself.
template <class Each>
void each_index(std::span<const schema::Table> tables, OrgId org, Each each) {
  for (auto& t : tables)
    for (auto& column : t.columns)
      if (!column.of.empty() && (column.item.controller == Controller::operating) == (org.value == 0)) each(t, column);
}

prometheus::Gauge& refusing() {
  static auto& gauge = prometheus::BuildGauge()
                           .Name("carillon_keys_sweep_refused")
                           .Help("Whether the sweep destroys nothing because most keys look unused.")
                           .Register(metrics::registry())
                           .Add({});
  return gauge;
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
  std::vector<KeyId> returned, rested;
  db_.read_now([&](db::Connection& c) {
    without.clear();
    returned.clear();
    for (const auto& k : keys) {
      if (!has_data(c, k)) without.push_back(k);
      else if (k.retired_at) returned.push_back(k.id);
    }
  });
  for (const auto id : returned) keys_.reuse(id);
  for (const auto& k : without) {
    if (!k.retired_at) keys_.retire(k.id);
    else if (*k.retired_at < now - resting) rested.push_back(k.id);
  }
  if (!rested.empty()) destroy(rested);
  const bool more = static_cast<int>(keys.size()) == limit;
  after_ = more ? keys.back().id : KeyId{};
  if (!more) keys_.forget_destroyed(now - remembered);
  return more;
}

void Sweep::destroy(const std::vector<KeyId>& rested) {
  const bool doubtful = keys_.most_rest();
  refusing().Set(doubtful ? 1 : 0);
  if (doubtful && !refused_) logging::error("keys.sweep_refused", {{"keys", rested.size()}});
  refused_ = doubtful;
  if (doubtful) return;
  for (const auto id : rested) keys_.destroy(id);
}

bool Sweep::has_data(db::Connection& c, const Idle& k) const {
  if (is_named(c, k.id)) return true;
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
  return false;
}

// A blob goes by the id of its key.
bool Sweep::is_named(db::Connection& c, KeyId id) const {
  bool found = false;
  for (auto& t : tables_)
    for (auto& column : t.columns) {
      if (column.type != schema::Type::blob || found) continue;
      c.generated(fmt::format("select 1 from {} where {} = $1 limit 1", t.name, column.name),
                  std::array{db::to_arg(id)}, [&](const db::Row&) { found = true; });
    }
  return found;
}

bool reindex(db::Connection& c, std::span<const schema::Table> tables, KeyStore& keys, OrgId org, int limit) {
  int left = limit;
  each_index(tables, org, [&](auto& t, auto& column) {
    if (left > 0) left -= reindex_column(c, t, column, keys, org, left);
  });
  return left < limit;
}

std::int64_t outdated_indexes(db::Connection& c, std::span<const schema::Table> tables, KeyStore& keys, OrgId org) {
  const auto epoch = epoch_bytes(keys.index(org).epoch);
  std::int64_t n = 0;
  each_index(tables, org, [&](auto& t, auto& column) {
    c.generated("select count(*)" + where_outdated(t, column, org), arguments(t, epoch, org),
                [&](const db::Row& r) { n += r.integer(0); });
  });
  return n;
}

static bool renew(db::Database& db, std::span<const schema::Table> tables, KeyStore& keys, const Renewal& r, Time now) {
  bool more = false;
  db.write_now([&](db::Connection& c) { more = reindex(c, tables, keys, r.org, rows_a_slice); });
  if (!more && now - r.since > known_everywhere) keys.end_index_rotation(r.org);
  return more;
}

bool renew_keys(db::Database& db, std::span<const schema::Table> tables, KeyStore& keys, Time now) {
  const auto until = std::chrono::steady_clock::now() + one_turn;
  bool more = true;
  while (more && std::chrono::steady_clock::now() < until) {
    more = keys.rotate_some(keys_a_slice);
    for (const auto& r : keys.renewals()) more |= renew(db, tables, keys, r, now);
  }
  return more;
}

}  // namespace privacy
