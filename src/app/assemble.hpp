#pragma once
#include "app/settings.hpp"
#include "app/tables.hpp"
#include "core/jobs.hpp"
#include "core/node.hpp"
#include "modules/chat/chat.hpp"
#include "modules/consent/consent.hpp"
#include "modules/directory/directory.hpp"
#include "modules/file/file.hpp"
#include "modules/identity/identity.hpp"
#include "privacy/gate.hpp"
#include "privacy/ledger_files.hpp"
#include "privacy/policies.hpp"
#include "privacy/publish.hpp"
#include "privacy/sealed_blobs.hpp"
#include "privacy/shred.hpp"
#include "privacy/upkeep.hpp"

// What a command or a test gets to work with.
struct App {
  const Settings& settings;
  db::Database& db;
  Ids& ids;
  Router& router;
  Dispatcher& dispatcher;
  Jobs& jobs;
  const privacy::InForce& policy;
  privacy::KeyStore& keys;
  Blobs& blobs;
  identity::Identity& identity;
  directory::Directory& directory;
  file::Files& file;
  chat::Chat& chat;
};

// Lets the database finish when it goes out of scope.
struct Stopping {
  db::Database& db;
  ~Stopping() { db.stop(); }
};

// Every room's routes.
template <class... Room>
void routes_of(Router& router, Room&... room) {
  (routes(router, room), ...);
}

db::Options database_of(const Settings&);
db::Options keys_of(const Settings&);
std::string keys_folder(const Settings&);  // empty where nothing is kept
file::Limits limits_of(const Settings&);
consent::Published published_by(const Settings&);

// The order of these lines is the dependency graph. Another gate than the real one is for measuring what it costs.
template <class AnyGate = privacy::ConsentGate, class Use>
auto assemble(const Settings& settings, const Dispatcher::Clock& clock, Use use) {
  const auto database = db::open(database_of(settings), app::all_tables);
  const NodeLease lease{*database, clock};
  Ids ids{lease.number()};
  privacy::KeyStore keys{keys_of(settings), keys_folder(settings), ids, clock};
  privacy::LedgerFiles ledger{keys_folder(settings).empty() ? "" : settings.data + "/ledger", settings.witness};
  ledger.rejoin(*database, ids, clock());
  privacy::shred_again(*database, keys, ledger);
  privacy::SealedBlobs blobs{settings.data + "/blobs", keys};
  const Inspector inspector{inspecting_program()};
  const auto published = published_by(settings);
  const privacy::InForce policy{published.en.version, published.en.hash};
  database->write_now([&](db::Connection& c) { privacy::keep_policy(c, ids, clock(), published.zh, published.en); });

  Numbers numbers{*database};
  Audiences audiences;

  identity::Identity identity{policy};
  directory::Directory directory{identity};
  consent::Consent consent{identity, policy, published};
  file::Files file{blobs, inspector, limits_of(settings)};
  chat::Chat chat{directory, numbers, audiences};

  Router router;
  routes_of(router, identity, directory, consent, file, chat);

  audiences.add(Audience::Kind::conversation, chat::Chat::people);
  consent.on_withdrawal(file::Files::withdrawn);

  Callers callers{[&](db::Tx& tx, std::string_view hash, Time now) { return identity.caller(tx, hash, now); }};
  const auto gates = [&](const Moment& m) { return std::make_unique<AnyGate>(m, keys); };
  Dispatcher dispatcher{{router, *database, callers, audiences, ids, gates, clock}};

  Jobs jobs{*database, dispatcher, ids, clock};
  jobs.every("identity.purge", std::chrono::minutes{1}, purpose::security,
             [&](Ctx& c, const Job&) { identity.purge(c); });
  jobs.outside("file.shred", purpose::media, [&](const Job& job) { file.shred(job); });
  jobs.on("file.withdrawn", purpose::media, [&](Ctx& c, const Job& job) { file.drop_withdrawn(c, {job.reference}); });
  jobs.every("file.sweep", std::chrono::minutes{1}, purpose::media, [&](Ctx& c, const Job&) { file.sweep(c); });
  jobs.every("file.orphans", std::chrono::days{1}, purpose::operation, [](Ctx&, const Job&) {}, [&] { blobs.sweep(); });
  privacy::Sweep sweep{*database, app::all_tables, keys};
  jobs.every(
      "privacy.keys", std::chrono::minutes{1}, purpose::operation, [](Ctx&, const Job&) {},
      [&] {
        privacy::renew_keys(*database, app::all_tables, keys, clock());
        sweep.run(clock(), 200);
      });
  jobs.outside(
      privacy::shredding_job, purpose::rights,
      [&](const Job& job) { privacy::destroy_keys(keys, ledger, {{job.org, job.reference}, clock()}); },
      [](Ctx& c, const Job& job) { privacy::note_shredded(c, job.reference); });
  jobs.every(
      "privacy.ledger", std::chrono::seconds{30}, purpose::rights, [](Ctx&, const Job&) {},
      [&] {
        ledger.catch_up(*database);  // goes no further where files, database and witness disagree
        bool more = true;
        while (more) dispatcher.as_system({}, purpose::rights, [&](Ctx& c) { more = privacy::chain(c.db); });
        ledger.catch_up(*database);
      });
  dispatcher.on_jobs([&] { jobs.wake(); });
  // What still waits for the database is done or refused while everything it uses is there.
  const Stopping stopping{*database};
  return use(
      App{settings, *database, ids, router, dispatcher, jobs, policy, keys, blobs, identity, directory, file, chat});
}
