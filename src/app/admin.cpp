#include <sys/stat.h>

#include <cstdio>
#include <fstream>
#include <iostream>

#include "app/commands.hpp"
#include "app/demo.hpp"
#include "app/folder.hpp"

namespace {

constexpr auto help = R"(carillon admin COMMAND [settings]

  demo --from FILE       fill an empty installation with a demo organisation
  open-account --member ID --login NAME
                         give a person of the directory an account; the password is read from standard input
  grant --member ID      make a person an administrator of their organisation

The server must not be running on the same data folder.
)";

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
  assemble(settings, now, [&](App app) {
    bool empty = false;
    app.db.read_now([&](db::Connection& c) { empty = app.directory.nobody_yet(c); });
    if (!empty) throw std::runtime_error("this installation has an organisation already");
    const auto result = load_demo(app, file);
    keep_people(settings.data, result);
    std::printf("%d units, %d people, %d chats with %d messages\n", result.units, result.members, result.chats,
                result.messages);
    return 0;
  });
  return 0;
}

MemberId member_in(const commands::Arguments& words) {
  const auto id = MemberId::parse(commands::option(words, "--member"));
  if (!id) throw std::runtime_error("--member takes an id like mbr_1");
  return *id;
}

// As the program itself, for the person's own organisation.
int for_member(const Settings& settings, MemberId member, const std::function<void(App&, Ctx&)>& act) {
  assemble(settings, now, [&](App app) {
    OrgId org;
    app.db.read_now([&](db::Connection& c) { org = app.identity.org_of(c, member); });
    app.dispatcher.as_system(org, purpose::directory, [&](Ctx& c) { act(app, c); });
    return 0;
  });
  return 0;
}

int open_account(const Settings& settings, const commands::Arguments& words) {
  const auto member = member_in(words);
  const auto login = commands::option(words, "--login");
  std::string password;
  std::getline(std::cin, password);
  if (login.empty() || password.size() < 8)
    throw std::runtime_error("an account needs --login and a password of 8 characters or more");
  const auto digest = identity::password_digest(password);
  return for_member(settings, member, [&](App& app, Ctx& c) { app.identity.open_account(c, member, login, digest); });
}

}  // namespace

int commands::admin(const Settings& settings, const Arguments& words) {
  if (words.empty() || has(words, "--help")) {
    std::printf("%s", help);
    return words.empty() ? 2 : 0;
  }
  const Folder folder(settings.data);
  if (has(words, "demo")) return demo(settings, option(words, "--from"));
  if (has(words, "open-account")) return open_account(settings, words);
  if (has(words, "grant")) {
    const auto member = member_in(words);
    return for_member(settings, member, [&](App& app, Ctx& c) { app.identity.grant(c, member, Role::administrator); });
  }
  throw std::runtime_error("there is no such command; try: carillon admin --help");
}
