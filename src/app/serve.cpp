#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <sstream>

#include "app/commands.hpp"
#include "app/folder.hpp"
#include "app/installation.hpp"
#include "app/orders.hpp"
#include "app/serve.hpp"
#include "app/web_files.hpp"
#include "base/log.hpp"
#include "core/metrics.hpp"
#include "net/server.hpp"

namespace {

Time now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

std::vector<std::string> names_in(const std::string& list) {
  std::vector<std::string> all;
  std::stringstream in(list);
  for (std::string name; std::getline(in, name, ',');) all.push_back(name);
  return all;
}

// Names without a certificate mean that something in front of it speaks TLS. Everybody then comes from
// its address: it is the proxy that limits each, and nobody can be told from the machine's own people.
void stand_behind_a_proxy(net::Options& o) {
  o.secure_cookie = true;
  o.metrics = false;
  o.limits.connections_an_address = o.limits.connections;
  o.limits.requests_a_second = 0;
}

net::Options options_of(const Settings& s) {
  net::Options o{.address = s.address, .port = s.port, .threads = s.threads, .hosts = names_in(s.hosts)};
  if (s.certificate.empty() != s.certificate_key.empty())
    throw std::runtime_error("--certificate and --certificate-key go together");
  if (!s.certificate.empty()) o.tls = net::Tls{s.certificate, s.certificate_key};
  if (!o.hosts.empty() && !o.tls) stand_behind_a_proxy(o);
  return o;
}

// A socket is a descriptor.
void allow_many_sockets() {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

// Blocked before any thread starts, so that they arrive here alone.
sigset_t expected_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, signal);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return set;
}

void reload(net::Server& server) {
  try {
    server.reload();
    logging::info("server.certificate_reloaded");
  } catch (const std::exception&) { logging::error("server.certificate_kept"); }
}

void wait_for_the_end(const sigset_t& set, net::Server& server) {
  for (int signal = 0; sigwait(&set, &signal) == 0 && signal == SIGHUP;) reload(server);
}

// Refuses to start with a protection off, and says which.
void see_that_it_is_protected(App& app) {
  const auto data = db::look(database_of(app.settings), app::all_tables);
  privacy::must_be_protected(installation_of(app.settings, app.router, *data, now()));
}

int run(App& app, const sigset_t& signals) {
  see_that_it_is_protected(app);
  std::atomic<bool> ready = false;
  net::Server server(options_of(app.settings), app.dispatcher, web_files(),
                     {[&] { return ready.load(); }, [] { return metrics::text(); }});
  app.dispatcher.listen(&server);
  server.start();
  app.jobs.start();
  std::optional<console::Listener> console{std::in_place, app.settings.data,
                                           [&](const console::Order& order) { return orders::carry_out(app, order); }};
  ready = true;
  std::printf("http%s://localhost:%d\n", app.settings.certificate.empty() ? "" : "s", server.port());
  std::fflush(stdout);
  logging::info("server.started", {{"port", server.port()}});
  wait_for_the_end(signals, server);
  ready = false;
  console.reset();
  server.stop();
  app.jobs.stop();
  app.db.stop();  // nothing is delivered after this
  app.dispatcher.listen(nullptr);
  logging::info("server.stopped");
  return 0;
}

}  // namespace

int serve(const Settings& settings, const Assembly& assembly) {
  allow_many_sockets();
  const auto signals = expected_signals();
  const Folder folder(settings.data);
  return assembly(settings, now, [&](App app) { return run(app, signals); });
}

int commands::serve(const Settings& settings, const Arguments&) {
  return ::serve(settings, [](const Settings& s, const Dispatcher::Clock& clock, const Use& use) {
    return assemble(s, clock, use);
  });
}
