#include "net/server.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <stdexcept>

#include "base/log.hpp"
#include "net/loop.hpp"

namespace net {
namespace {

constexpr int descriptors_for_others = 512;  // databases, files, the program itself

bool is_loopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

void check(const Options& o) {
  if (!o.tls && !is_loopback(o.address))
    throw std::runtime_error("Without a certificate the server listens on loopback addresses only, not on " +
                             o.address + "; make one with `carillon tls`");
  if (o.threads < 1 || o.threads > 64) throw std::runtime_error("The server needs between 1 and 64 net threads");
}

int descriptors() {
  rlimit l{};
  ::getrlimit(RLIMIT_NOFILE, &l);
  return static_cast<int>(std::min<rlim_t>(l.rlim_cur, 1'000'000));
}

}  // namespace

Shared::Shared(Options o, Service& s, Files f, Hooks h)
    : options(std::move(o)),
      service(s),
      files(std::move(f)),
      hooks(std::move(h)),
      hosts{"localhost", "127.0.0.1", "[::1]"},
      addresses({limits.connections_an_address, limits.requests_a_second, limits.requests_at_once}),
      most_connections(std::min(limits.connections, descriptors() - descriptors_for_others)) {
  for (const auto& file : files) by_path.emplace(file.path, &file);
  for (const auto& name : options.hosts) hosts.insert(lower(name));
  if (options.tls) tls = std::make_unique<TlsContext>(options.tls->cert_file, options.tls->key_file);
}

Server::Server(Options o, Service& s, Files f, Hooks h) {
  check(o);
  std::signal(SIGPIPE, SIG_IGN);  // a peer that left is an error code, not a signal
  shared_ = std::make_unique<Shared>(std::move(o), s, std::move(f), std::move(h));
  for (int i = 0; i < shared_->options.threads; ++i) loops_.push_back(std::make_unique<Loop>(*shared_));
}

Server::~Server() { stop(std::chrono::milliseconds(0)); }

void Server::start() {
  const int fd = listen_on(shared_->options.address, shared_->options.port);
  port_ = port_of(fd);
  running_ = true;
  const auto place = [this, next = std::size_t{0}](Newcomer n) mutable {
    loops_[next++ % loops_.size()]->put(std::move(n));
  };
  for (auto& loop : loops_) loop->start(loop == loops_.front() ? fd : -1, place);
  logging::info("net.listening",
                {{"port", port_}, {"threads", shared_->options.threads}, {"tls", shared_->tls != nullptr}});
}

void Server::stop(std::chrono::milliseconds grace) {
  if (!std::exchange(running_, false)) return;
  shared_->stopping = true;
  for (auto& loop : loops_) loop->put(Stop{grace});
  for (auto& loop : loops_) loop->join();
  logging::info("net.stopped");
}

void Server::reload() {
  if (shared_->tls) shared_->tls->reload();
}

void Server::deliver(std::vector<Delivery> all) {
  const auto batch = std::make_shared<const std::vector<Delivery>>(std::move(all));
  for (auto& loop : loops_) loop->put(batch);
}

void Server::end(std::vector<SessionId> sessions) {
  const auto ended = std::make_shared<const std::vector<SessionId>>(std::move(sessions));
  for (auto& loop : loops_) loop->put(ended);
}

void Server::hold() {
  for (auto& loop : loops_) loop->hold();
}

void Server::release() {
  for (auto& loop : loops_) loop->release();
}

}  // namespace net
