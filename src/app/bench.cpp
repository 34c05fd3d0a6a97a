#include <sodium.h>
#include <sys/stat.h>

#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "app/assemble.hpp"
#include "app/commands.hpp"
#include "app/folder.hpp"
#include "base/random.hpp"

namespace {

constexpr int slice = 500;
constexpr auto help = R"(carillon bench prepare --people N [--messages N] [settings]

  Fills an empty data folder with an organisation for load tests: N people with accounts, and so many
  messages spread over the chats of each two of them. Their sign-in goes to bench-people.txt there.
)";

int number(const commands::Arguments& words, std::string_view flag, int otherwise) {
  const auto value = commands::option(words, flag);
  return value.empty() ? otherwise : std::stoi(value);
}

// One for all, and quick to check: nobody guesses 128 bits, and what a password costs says nothing about
// the rest of the server.
std::string quick_digest(std::string_view password) {
  std::string out(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str(out.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_MIN,
                        crypto_pwhash_MEMLIMIT_MIN) != 0)
    throw std::runtime_error("no memory to make a password");
  out.resize(out.find('\0'));
  return out;
}

// Work in slices: no transaction holds the writer for long.
template <class One>
void in_slices(App& app, OrgId org, int n, One one) {
  for (int i = 0; i < n; i += slice)
    app.dispatcher.as_system(org, purpose::directory, [&](Ctx& c) {
      for (int j = i; j < std::min(n, i + slice); ++j) one(c, j);
    });
}

void fill(App& app, const std::string& file, int people, int messages) {
  const auto password = random_token();
  const auto digest = quick_digest(password);
  OrgId org;
  directory::UnitId unit;
  app.dispatcher.as_system({}, purpose::directory, [&](Ctx& c) { org = app.directory.add_org(c, "Bench"); });
  app.dispatcher.as_system(org, purpose::directory, [&](Ctx& c) {
    unit = app.directory.add_unit(c, {{}, {"Bench"}, directory::UnitKind::institution, {}}).id;
  });
  std::vector<MemberId> members;
  std::ofstream out(file);
  ::chmod(file.c_str(), 0600);
  in_slices(app, org, people, [&](Ctx& c, int i) {
    const auto login = "bench" + std::to_string(i);
    members.push_back(app.directory.add_member(c, {unit, {login}, {"Load"}, {{i}}}).id);
    app.identity.open_account(c, members.back(), login, digest);
    out << login << '\t' << password << '\n';
  });
  const int chats = people / 2;
  const int each = chats ? messages / chats : 0;
  if (each == 0) return;
  for (int k = 0; k < chats; ++k) {
    const auto a = members[static_cast<std::size_t>(2 * k)], b = members[static_cast<std::size_t>(2 * k + 1)];
    app.dispatcher.as_system(org, purpose::communication, [&](Ctx& c) {
      std::vector<chat::Past> past;
      for (int i = 0; i < each; ++i)
        past.push_back({i % 2 ? a : b, c.now - std::chrono::minutes{each - i},
                        "请在周五之前把合同送到三楼会议室，谢谢。第 " + std::to_string(i) + " 条"});
      app.chat.restore(c, a, b, past);
    });
  }
}

Time now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

}  // namespace

int commands::bench(const Settings& settings, const Arguments& words) {
  const int people = number(words, "--people", 0);
  if (!has(words, "prepare") || people < 2) {
    std::printf("%s", help);
    return 2;
  }
  const Folder folder(settings.data);
  return assemble(settings, now, [&](App app) {
    fill(app, settings.data + "/bench-people.txt", people, number(words, "--messages", 0));
    return 0;
  });
}
