#include "core/node.hpp"

#include <stdexcept>

namespace {
constexpr int most_nodes = 1024;
constexpr auto lease = std::chrono::minutes{1};
constexpr std::int64_t leasing = 1;  // one at a time
}  // namespace

int lease_node(db::Database& db, Time now) {
  int mine = -1;
  db.write_now([&](db::Connection& c) {
    c.lock(leasing);
    for (mine = 0; mine < most_nodes; ++mine)
      if (!c.value<std::int64_t>("select id from core_node where id = $1 and until > $2", mine, now)) break;
    if (mine == most_nodes) throw std::runtime_error("all 1024 node numbers are taken");
    c.exec("insert into core_node (id, until) values ($1, $2) on conflict (id) do update set until = excluded.until",
           mine, now + lease);
  });
  return mine;
}

void renew_node(db::Tx& db, int node, Time now) {
  db.exec("update core_node set until = $1 where id = $2", now + lease, node);
}
