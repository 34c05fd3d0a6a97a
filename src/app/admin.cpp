#include <sys/stat.h>

#include <cstdio>
#include <fstream>
#include <iostream>

#include "app/demo.hpp"
#include "app/folder.hpp"
#include "app/orders.hpp"

namespace {

constexpr auto help = R"(carillon admin COMMAND [settings]

  open-organisation --name NAME --administrator NAME --login LOGIN
                         open an organisation with its first person, who administers it;
                         their password is read from standard input
  open-account --member ID --login LOGIN
                         give a person of the directory an account; the password is read from standard input
  grant --member ID      make a person an administrator of their organisation
  jobs                   what was to happen and failed for good; --retry tries all of it again
  demo --from FILE       fill an empty installation with a demo organisation; no server may be running

The others work beside a running server on the same data folder, and without one.
)";

constexpr std::size_t shortest_password = 8, longest_name = 100;

Time now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

// For whoever tries it out: the only place where these passwords are kept.
void keep_people(const std::string& data, const DemoResult& demo) {
  const auto path = data + "/demo-people.txt";
  std::ofstream file(path);
  ::chmod(path.c_str(), 0600);
  for (const auto& p : demo.people) file << p.name << '\t' << p.login << '\t' << p.password << '\n';
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

int demo(const Settings& settings, const std::string& from) {
  std::ifstream file(from);
  if (!file) throw std::runtime_error("cannot read " + from);
  const Folder folder(settings.data);
  return assemble(settings, now, [&](App app) {
    bool empty = false;
    app.db.read_now([&](db::Connection& c) { empty = app.directory.nobody_yet(c); });
    if (!empty) throw std::runtime_error("this installation has an organisation already");
    const auto result = load_demo(app, file);
    keep_people(settings.data, result);
    std::printf("%d units, %d people, %d chats with %d messages\n", result.units, result.members, result.chats,
                result.messages);
    return 0;
  });
}

std::string needed(const console::Order& order, std::string_view flag) {
  auto value = commands::option(order.words, flag);
  if (value.empty()) throw std::runtime_error(std::string(flag) + " is needed");
  if (!text::valid(value) || text::has_control(value, false))
    throw std::runtime_error(std::string(flag) + " is not one line of text");
  if (text::characters(value) > longest_name) throw std::runtime_error(std::string(flag) + " is too long");
  return value;
}

MemberId member_in(const console::Order& order) {
  const auto id = MemberId::parse(needed(order, "--member"));
  if (!id) throw std::runtime_error("--member takes an id like mbr_1");
  return *id;
}

std::string digest_of(const console::Order& order) {
  if (order.input.size() < shortest_password)
    throw std::runtime_error("the password, read from standard input, needs 8 characters or more");
  return identity::password_digest(order.input);
}

OrgId org_of(App& app, MemberId member) {
  OrgId org;
  app.db.read_now([&](db::Connection& c) { org = app.identity.org_of(c, member); });
  return org;
}

std::string open_organisation(App& app, const console::Order& order) {
  const auto name = needed(order, "--name"), person = needed(order, "--administrator"),
             login = needed(order, "--login");
  const auto digest = digest_of(order);
  MemberId first;
  app.dispatcher.as_system({}, purpose::directory, [&](Ctx& c) {
    const auto org = app.directory.add_org(c, name);
    Ctx inside{{c.who, org, c.now, c.purpose, c.db, c.ids, c.out}, c.gate};
    const auto unit = app.directory.add_unit(inside, {{}, {name}, directory::UnitKind::institution, {}});
    first = app.directory.add_member(inside, {unit.id, {person}, {""}, {}}).id;
    app.identity.open_account(inside, first, login, digest);
    app.identity.grant(inside, first, Role::administrator);
  });
  return name + " is open; " + login + " can sign in (" + first.text() + ")\n";
}

std::string open_account(App& app, const console::Order& order) {
  const auto member = member_in(order);
  const auto login = needed(order, "--login");
  const auto digest = digest_of(order);
  app.dispatcher.as_system(org_of(app, member), purpose::directory,
                           [&](Ctx& c) { app.identity.open_account(c, member, login, digest); });
  return login + " can sign in\n";
}

std::string grant(App& app, const console::Order& order) {
  const auto member = member_in(order);
  app.dispatcher.as_system(org_of(app, member), purpose::directory,
                           [&](Ctx& c) { app.identity.grant(c, member, Role::administrator); });
  return member.text() + " is an administrator\n";
}

std::string jobs(App& app, const console::Order& order) {
  if (commands::has(order.words, "--retry")) return std::to_string(app.jobs.retry_dead()) + " jobs are tried again\n";
  std::string text;
  for (const auto& job : app.jobs.dead())
    text += job.id.text() + "  " + job.kind + "  " + job.error + ", " + std::to_string(job.attempts) + " times\n";
  return text.empty() ? "No job has failed for good.\n" : text;
}

struct Deed {
  std::string (*act)(App&, const console::Order&);
  bool takes_password;
};
const std::map<std::string_view, Deed> deeds = {
    {"open-organisation", {open_organisation, true}},
    {"open-account", {open_account, true}},
    {"grant", {grant, false}},
    {"jobs", {jobs, false}},
};

const Deed& deed_of(const commands::Arguments& words) {
  const auto found = deeds.find(words.front());
  if (found == deeds.end()) throw std::runtime_error("there is no such command; try: carillon admin --help");
  return found->second;
}

}  // namespace

std::string orders::administer(App& app, const console::Order& order) {
  if (order.words.empty()) throw std::runtime_error("try: carillon admin --help");
  return deed_of(order.words).act(app, order);
}

int commands::admin(const Settings& settings, const Arguments& words) {
  if (words.empty() || has(words, "--help")) {
    std::printf("%s", help);
    return words.empty() ? 2 : 0;
  }
  if (words.front() == "demo") return demo(settings, option(words, "--from"));
  console::Order order{"admin", words, {}};
  if (deed_of(words).takes_password) std::getline(std::cin, order.input);
  return orders::give(settings, order);
}
