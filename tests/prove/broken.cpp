#include "broken.hpp"

#include <sodium.h>
#include <unistd.h>

#include <fstream>

#include "app/folder.hpp"
#include "db/append_only.hpp"
#include "db/sqlite.hpp"
#include "privacy/audit.hpp"
#include "privacy/choices.hpp"
#include "privacy/key_backup.hpp"
#include "privacy/ledger_files.hpp"
#include "privacy/process.hpp"

namespace broken {

namespace fs = std::filesystem;

const Router* routes = nullptr;
std::string name_of_run;

Settings settings_in(const fs::path& place) {
  Settings s;
  s.data = place / "data";
  s.witness = place / "witness";
  s.operator_name = "City Data Bureau";
  return s;
}

static void keep_ledger(db::Database& data, const Settings& settings) {
  data.write_now([](db::Connection& c) { privacy::chain(c); });
  privacy::LedgerFiles(fs::path(settings.data) / "ledger", settings.witness).catch_up(data);
}

void furnish(const Settings& settings) {
  const Folder folder(settings.data);
  assemble(
      settings, [] { return start; },
      [&](App app) {
        OrgId org;
        MemberId ana;
        const auto digest = identity::password_digest("open sesame");
        app.dispatcher.as_system({}, purpose::directory, [&](Ctx& c) { org = app.directory.add_org(c, "Bureau"); });
        app.dispatcher.as_system(org, purpose::directory, [&](Ctx& c) {
          const auto unit = app.directory.add_unit(c, {{}, {"Bureau"}, directory::UnitKind::institution, {}}).id;
          for (const std::string login : {"root", "ana"}) {
            ana = app.directory.add_member(c, {unit, {login}, {"Clerk"}, {}}).id;
            app.identity.open_account(c, ana, login, digest);
            if (login == "root") app.identity.grant(c, ana, Role::administrator);
          }
          privacy::record(c, {.action = "denied", .subject = ana.value, .reason = "test.refused"});
          const Actor person{.kind = Actor::Kind::person, .member = ana, .org = org};
          Ctx mine{{person, org, c.now, c.purpose, c.db, c.ids, c.out}, c.gate};
          privacy::grant(mine, purpose::attendance_place.id, purpose::attendance_place.version,
                         privacy::Surface::centre);
          privacy::withdraw(mine, purpose::attendance_place.id, privacy::Surface::centre);
        });
        for (const std::string login : {"root", "ana"}) {
          Request r{.method = "POST", .path = "/identity/sessions"};
          r.input =
              json::Document(R"({"login":")" + login + R"(","password":"open sesame","client":"program","policy":")" +
                             app.policy.hash + R"("})");
          if (const auto answer = app.dispatcher.handle(std::move(r)); answer.status != 200)
            throw std::runtime_error(answer.body);
        }
        keep_ledger(app.db, settings);
        return 0;
      });
}

privacy::Proof prove(const Settings& s, std::span<const schema::Table> tables) {
  const auto data = db::look(database_of(s), tables);
  auto in = installation_of(s, *routes, *data, start + std::chrono::minutes{1});
  in.tables = tables;
  return privacy::prove(in);
}

const privacy::Verdict& verdict(const privacy::Proof& p, std::string_view clause) {
  const auto found = std::ranges::find(p.clauses, clause, &privacy::Verdict::clause);
  if (found == p.clauses.end()) throw std::runtime_error("there is no clause " + std::string(clause));
  return *found;
}

std::string what_fell(const privacy::Proof& p) {
  std::string all;
  for (auto& [check, why] : p.fallen) all += check + ": " + why + "\n";
  return all;
}

static fs::path original() { return fs::path("/dev/shm") / (name_of_run + "_original"); }

// Furnished once; whoever is killed in the middle leaves it behind under a name of its own.
void Prove::SetUpTestSuite() {
  fs::create_directory(original());
  furnish(settings_in(original()));
}
void Prove::TearDownTestSuite() { fs::remove_all(original()); }

void Prove::SetUp() {
  place = fs::path("/dev/shm") / (name_of_run + "_" + testing::UnitTest::GetInstance()->current_test_info()->name());
  fs::copy(original(), place, fs::copy_options::recursive);
  settings = settings_in(place);
  ASSERT_EQ(what_fell(prove(settings)), "") << "the installation must be sound before it is broken";
}
void Prove::TearDown() { fs::remove_all(place); }

void Prove::in_database(const std::string& sql) {
  db::Sqlite(settings.data + "/carillon.db", {}, db::Sqlite::Mode::write).generated(sql);
}

void Prove::behind_the_triggers(const schema::Table& t, const std::string& sql) {
  for (auto what : {"update", "delete"}) in_database("drop trigger " + std::string(t.name) + "_no_" + what);
  in_database(sql);
  for (auto& trigger : db::append_only_triggers(t, schema::Dialect::sqlite)) in_database(trigger);
}

void Prove::back_up_keys(const fs::path& folder) {
  Ids ids{1};
  privacy::KeyStore keys{keys_of(settings), keys_folder(settings), ids, [] { return start; }};
  privacy::back_up_keys(keys, settings.data, folder, start);
}

void Prove::keep_ledger() { broken::keep_ledger(*db::open(database_of(settings), app::all_tables), settings); }

fs::path Prove::ledger(const std::string& name) const { return fs::path(settings.data) / "ledger" / name; }

void Prove::rewrite(const fs::path& path, const std::function<void(std::vector<std::string>&)>& change) {
  auto lines = privacy::lines_of(path);
  change(lines);
  std::ofstream file(path, std::ios::trunc);
  for (auto& line : lines) file << line << '\n';
}

void Prove::expect_fallen(const std::string& check, std::initializer_list<const char*> clauses,
                          std::span<const schema::Table> tables) {
  const auto proof = prove(settings, tables);
  EXPECT_TRUE(proof.fallen.contains(check)) << "what fell:\n" << what_fell(proof);
  for (auto clause : clauses) {
    EXPECT_EQ(verdict(proof, clause).state, "does not hold") << clause;
    EXPECT_FALSE(verdict(proof, clause).why.empty()) << clause;
  }
}

}  // namespace broken

// The routes exist only in an assembled program: all tests run inside one, with an empty database in memory.
int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  privacy::keep_memory_private();
  if (sodium_init() < 0) return 1;
  broken::name_of_run = "prove_" + std::to_string(::getpid());
  Settings settings;
  settings.database = "sqlite::memory:";
  return assemble(
      settings, [] { return broken::start; },
      [](App app) {
        broken::routes = &app.router;
        return RUN_ALL_TESTS();
      });
}
