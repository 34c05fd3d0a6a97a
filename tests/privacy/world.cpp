#include "world.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>

#include "base/error.hpp"
#include "core/schema.hpp"
#include "db/postgres.hpp"

namespace probe {
namespace {

std::string server() {
  const char* address = std::getenv("CARILLON_TEST_POSTGRES");  // NOLINT: before any thread
  return address ? address : "";
}

void on_server(const std::string& sql) { db::Postgres(server(), db::Postgres::Mode::write).generated(sql); }

}  // namespace

std::vector<schema::Dialect> engines() {
  if (server() == "none") return {schema::Dialect::sqlite};
  return {schema::Dialect::sqlite, schema::Dialect::postgres};
}

void Place::SetUp() {
  std::random_device random;
  name_ = "p_" + std::to_string(::getpid()) + '_' + std::to_string(random());
  folder = std::filesystem::path("/dev/shm") / ("carillon_" + name_);
  std::filesystem::create_directory(folder);
  if (!postgres()) return;
  ASSERT_FALSE(server().empty()) << "CARILLON_TEST_POSTGRES must hold an address, or \"none\"";
  for (const auto* which : {"data", "keys"}) on_server("create schema " + name_ + which);
}

void Place::TearDown() {
  std::filesystem::remove_all(folder);
  if (postgres() && !server().empty())
    for (const auto* which : {"data", "keys"}) on_server("drop schema if exists " + name_ + which + " cascade");
}

std::string Place::address(const std::string& which) const {
  if (!postgres()) return "sqlite:" + (folder / (which + ".db")).string();
  return server() + (server().contains('?') ? '&' : '?') + "options=-csearch_path%3D" + name_ + which;
}

std::unique_ptr<privacy::KeyStore> Place::open_keys() {
  return std::make_unique<privacy::KeyStore>(keys(), folder, ids, [this] { return now_; });
}

std::span<const schema::Table> tables() {
  static const auto all = [] {
    std::vector<schema::Table> made(std::begin(privacy::stored::tables), std::end(privacy::stored::tables));
    made.insert(made.end(), std::begin(core::tables), std::end(core::tables));
    made.insert(made.end(), {place_table, contact_table, login_table, paper_table});
    return made;
  }();
  return all;
}

void World::SetUp() {
  Place::SetUp();
  db = db::open(data(), tables());
  store = open_keys();
}
void World::TearDown() {
  store.reset();
  db.reset();
  Place::TearDown();
}

Actor World::person(std::int64_t member, OrgId org) {
  return {.kind = Actor::Kind::person,
          .account = AccountId{member + 5000},
          .member = MemberId{member},
          .org = org,
          .session = SessionId{1}};
}

void World::act(const Actor& who, const std::function<void(Ctx&)>& verb, const Purpose& purpose) {
  db->write_now([&](db::Connection& c) {
    Outbox out;
    const Moment moment{who, who.org, now_, purpose, c, ids, out};
    privacy::ConsentGate gate(moment, *store);
    gate.enter(true);
    Ctx ctx{moment, gate};
    verb(ctx);
  });
}

db::Work World::work(const Actor& who, std::function<void(Ctx&)> verb, std::function<void(std::exception_ptr)> done) {
  return {[this, who, verb = std::move(verb)](db::Connection& c) {
            Outbox out;
            const Moment moment{who, who.org, now_, purpose::attendance, c, ids, out};
            privacy::ConsentGate gate(moment, *store);
            Ctx ctx{moment, gate};
            verb(ctx);
          },
          std::move(done)};
}

std::string World::refused(const Actor& who, const std::function<void(Ctx&)>& verb, const Purpose& purpose) {
  return outcome([&] { act(who, verb, purpose); });
}

std::vector<World::Row> World::audit() {
  std::vector<Row> all;
  const auto text = [](const db::Row& r, int i) {
    return r.null(i) ? std::nullopt : std::optional(std::string(r.text(i)));
  };
  const auto number = [](const db::Row& r, int i) { return r.null(i) ? std::nullopt : std::optional(r.integer(i)); };
  db->read_now([&](db::Connection& c) {
    all.clear();
    c.generated("select action, actor_member, subject_id, item, purpose, reason from privacy_audit order by id", {},
                [&](const db::Row& r) {
                  all.push_back({std::string(r.text(0)), number(r, 1), number(r, 2), text(r, 3), std::string(r.text(4)),
                                 text(r, 5)});
                });
  });
  return all;
}

std::int64_t World::count(const std::string& table) {
  std::int64_t n = 0;
  db->read_now([&](db::Connection& c) {
    c.generated("select count(*) from " + table, {}, [&](const db::Row& r) { n = r.integer(0); });
  });
  return n;
}

std::string contents(const std::filesystem::path& file) {
  std::stringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

std::string outcome(const std::function<void()>& act) {
  try {
    act();
    return "fine";
  } catch (const Error& e) { return e.code; } catch (const std::exception& e) {
    return e.what();
  }
}

}  // namespace probe
