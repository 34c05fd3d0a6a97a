#include "core/node.hpp"

#include <signal.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/random.hpp"

namespace {
constexpr int most_nodes = 1024;
constexpr auto lease = std::chrono::minutes{1};
constexpr auto turn = std::chrono::seconds{20};
constexpr std::int64_t leasing = 1;  // one at a time

std::int64_t random_owner() {
  std::int64_t owner = 0;
  std::memcpy(&owner, random_bytes(sizeof owner).data(), sizeof owner);
  return owner;
}
}  // namespace

NodeLease::NodeLease(db::Database& db, Clock clock) : db_(db), clock_(std::move(clock)), owner_(random_owner()) {
  db_.write_now([&](db::Connection& c) { take(c, clock_()); });
  thread_ = std::jthread([this](const std::stop_token& stop) {
    std::unique_lock hold(mutex_);
    while (!ready_.wait_for(hold, stop, turn, [&] { return stop.stop_requested(); })) renew_or_end();
  });
}

NodeLease::~NodeLease() {
  thread_.request_stop();
  thread_.join();
}

void NodeLease::take(db::Connection& c, Time now) {
  c.lock(leasing);
  for (number_ = 0; number_ < most_nodes; ++number_)
    if (!c.value<std::int64_t>("select id from core_node where id = $1 and until > $2", number_, now)) break;
  if (number_ == most_nodes) throw std::runtime_error("all 1024 node numbers are taken");
  c.exec(
      "insert into core_node (id, owner, until) values ($1, $2, $3) "
      "on conflict (id) do update set owner = excluded.owner, until = excluded.until",
      number_, owner_, now + lease);
}

bool NodeLease::renew() {
  std::int64_t mine = 0;
  db_.write_now([&](db::Connection& c) {
    mine = c.exec("update core_node set until = $1 where id = $2 and owner = $3", clock_() + lease, number_, owner_);
  });
  return mine != 0;
}

// A node that lost its number ends in good order, and takes another when it is started again.
void NodeLease::renew_or_end() {
  try {
    if (renew()) return;
    logging::error("node.lease_lost", {{"node", number_}});
    ::kill(::getpid(), SIGTERM);
  } catch (const Error& e) {
    logging::warn("node.lease_not_renewed", {{"code", logging::Code::of_program(e.code)}});
  } catch (const std::exception&) { logging::warn("node.lease_not_renewed"); }
}
