#include "world.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "base/random.hpp"
#include "db/postgres.hpp"

namespace bj = boost::json;

namespace {

std::string unique_name() {
  std::string name = "t" + std::to_string(getpid()) + "_";
  for (const char c : random_token())
    if (std::isalnum(static_cast<unsigned char>(c))) name += static_cast<char>(std::tolower(c));
  return name;
}

// A data folder and, on PostgreSQL, a schema, for as long as one world lasts.
class Storage {
 public:
  explicit Storage(const std::string& engine) {
    settings.data = "/dev/shm/carillon-" + name_;
    settings.operator_name = "City Data Bureau";
    std::filesystem::create_directory(settings.data);
    if (engine != "postgres") return;
    const char* address = std::getenv("CARILLON_TEST_POSTGRES");  // NOLINT(concurrency-mt-unsafe): before any thread
    if (!address) throw std::runtime_error("CARILLON_TEST_POSTGRES names no server");
    server_ = address;
    run("create schema " + name_);
    settings.database = server_ + (server_.contains('?') ? "&" : "?") + "options=-c%20search_path%3D" + name_;
  }
  ~Storage() {
    std::filesystem::remove_all(settings.data);
    if (!server_.empty()) run("drop schema " + name_ + " cascade");
  }
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;

  Settings settings;

 private:
  void run(const std::string& sql) { db::Postgres(server_, db::Postgres::Mode::write).generated(sql); }
  std::string name_ = unique_name(), server_;
};

json::Document query_of(const std::string& words) {
  json::Document input;
  std::stringstream pairs(words);
  for (std::string pair; std::getline(pairs, pair, '&');) {
    const auto equals = pair.find('=');
    input.set(pair.substr(0, equals), equals == std::string::npos ? "" : pair.substr(equals + 1));
  }
  return input;
}

}  // namespace

World::World(App& a, Time& n) : app(a), now(n) {
  populate();
  app.jobs.seed();
  app.dispatcher.listen(this);
}

Response World::send(const std::string& who, const std::string& method, const std::string& path,
                     const std::string& body, Mode mode) {
  Request request{.method = method, .path = path.substr(0, path.find('?')), .address = "127.0.0.1"};
  try {
    const bool bytes = body.starts_with('<');
    if (bytes) request.bytes = body.substr(1);
    if (method != "GET" && !bytes) request.input = json::Document(body);
    else if (path.contains('?')) request.input = query_of(path.substr(path.find('?') + 1));
  } catch (const Error& e) { return refusal(e); }
  return send(who, std::move(request), mode);
}

Response World::send(const std::string& who, Request request, Mode mode) {
  if (const auto person = cast.find(who); person != cast.end()) request.token = Secret(person->second.token);
  frames.clear();
  if (mode == Mode::rehearsal) return app.dispatcher.rehearse(std::move(request));
  now += std::chrono::milliseconds{1};
  auto answer = app.dispatcher.handle(std::move(request));
  for (std::string part; answer.file && !(part = answer.file->bytes->read(answer.body.size())).empty();)
    answer.body += part;
  return answer;
}

const Route* World::route(const std::string& method, const std::string& path) const {
  Request request{.method = method, .path = path.substr(0, path.find('?'))};
  try {
    return &app.router.find(request);
  } catch (const Error&) { return nullptr; }
}

void World::refuse_everything_optional() {
  for (const auto& matter : privacy::matters()) {
    if (matter.permission && matter.permission->asked == Asked::never) continue;
    const std::string kind = matter.purpose ? "purpose" : "permission";
    const auto refusal = R"({")" + kind + R"(":")" + std::string(matter.id) + R"(","surface":"centre"})";
    for (const auto* login : {"root", "ana", "ben", "eve"})
      if (const auto answer = send(login, "POST", "/consent/withdrawals", refusal); answer.status != 200)
        throw std::runtime_error("cannot refuse " + std::string(matter.id) + ": " + answer.body);
  }
}

void World::deliver(std::vector<Delivery> all) { std::ranges::move(all, std::back_inserter(frames)); }

AccountId World::join(Ctx& c, directory::UnitId unit, const std::string& login, const std::string& name,
                      const std::string& title) {
  static const std::string digest = identity::password_digest("open sesame");
  const auto member = app.directory.add_member(c, {unit, {name}, {title}, {}}).id;
  cast[login].member = member;
  names[login] = member.text();
  return app.identity.open_account(c, member, login, digest);
}

void World::found(const std::string& org, const std::function<void(Ctx&, directory::UnitId)>& staff) {
  OrgId id;
  app.dispatcher.as_system({}, purpose::directory, [&](Ctx& c) { id = app.directory.add_org(c, org); });
  app.dispatcher.as_system(id, purpose::directory, [&](Ctx& c) {
    staff(c, app.directory.add_unit(c, {{}, {org}, directory::UnitKind::institution, {}}).id);
  });
}

void World::sign_in(const std::string& login) {
  const auto body = R"({"login":")" + login + R"(","password":"open sesame","policy":")" + app.policy.hash +
                    R"(","client":"program"})";
  const auto answer = send("nobody", "POST", "/identity/sessions", body);
  if (answer.status != 200) throw std::runtime_error("cannot sign in: " + answer.body);
  cast[login].token = bj::parse(answer.body).at("token").as_string();
}

// A session from before the policy in force: what was accepted then was another text.
void World::sign_in_earlier(Ctx& c, const std::string& login, AccountId account) {
  const privacy::InForce earlier{"before", "the hash of an earlier text"};
  identity::SignIn in;
  in.policy.value = earlier.hash;
  in.login.value = login;
  in.client = identity::Client::program;
  const auto session = identity::Identity(earlier).sign_in(c, in, {account});
  cast[login].token = session.value().token.value();
}

void World::populate() {
  found("滨海市数字政府", [&](Ctx& c, directory::UnitId unit) {
    names["unit"] = unit.text();
    join(c, unit, "root", "张建国", "主任");
    join(c, unit, "ana", "王芳", "科员");
    join(c, unit, "ben", "李伟", "副处长");
    app.identity.grant(c, cast["root"].member, Role::administrator);
  });
  found("Elsewhere", [&](Ctx& c, directory::UnitId unit) {
    names["their_unit"] = unit.text();
    join(c, unit, "eve", "Eve", "Head");
    sign_in_earlier(c, "kim", join(c, unit, "kim", "Kim", "Clerk"));
    app.identity.grant(c, cast["eve"].member, Role::administrator);
  });
  names["policy"] = app.policy.hash;
  for (const auto* login : {"root", "ana", "ben", "eve"}) sign_in(login);
}

bool in_world(const std::string& engine, const std::function<bool(World&)>& use) {
  const Storage storage(engine);
  Time now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 31}};
  return assemble(
      storage.settings, [&] { return now; },
      [&](App app) {
        World world(app, now);
        return use(world);
      });
}
