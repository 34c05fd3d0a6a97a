// carillon COMMAND [settings] [arguments]
#include <sodium.h>

#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <stdexcept>

#include "app/commands.hpp"
#include "base/error.hpp"
#include "privacy/process.hpp"

namespace {

struct Command {
  std::string_view says;
  std::function<int(const Settings&, const commands::Arguments&)> run;
};

const std::map<std::string_view, Command> all = {
    {"serve", {"run the server", commands::serve}},
    {"admin", {"set up and look after an installation: admin --help", commands::admin}},
    {"schema",
     {"print the tables: --sqlite, --postgres, or the privacy inventory: --inventory [--language en|zh-CN]",
      commands::schema}},
    {"bench", {"prepare a data folder for load tests: bench --help", commands::bench}},
    {"prove",
     {"hold the installation against the 257 clauses: prove [--json] [--language en|zh-CN], or prove --ledger FOLDER "
      "--key KEY [--witness "
      "FOLDER]",
      commands::prove}},
    {"keys", {"look after the keys: status, backup, rotation, shredding: keys --help", commands::keys}},
    {"openapi", {"print the description of the API", commands::openapi}},
    {"tls", {"make a local certificate authority and a certificate: tls --host NAME", commands::tls}},
};

void help() {
  std::printf("carillon %s\n\n  carillon COMMAND [settings]\n\n", CARILLON_VERSION);
  for (const auto& [name, command] : all)
    std::printf("  %-10s%s\n", std::string(name).c_str(), std::string(command.says).c_str());
  std::printf(
      "\nSettings: as a flag, as CARILLON_NAME in the environment, or in carillon.json in the data folder.\n\n%s",
      settings_help().c_str());
}

int run(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto command = words.empty() ? all.end() : all.find(words.front());
  if (command == all.end()) {
    help();
    return words.empty() || words.front() == "--help" || words.front() == "help" ? 0 : 2;
  }
  if (commands::has(words, "--help") && words.front() != "admin" && words.front() != "bench" &&
      words.front() != "keys") {
    help();
    return 0;
  }
  auto line = read_settings({words.begin() + 1, words.end()});
  return command->second.run(line.settings, line.rest);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    privacy::keep_memory_private();
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
    return run(argc, argv);
  } catch (const Error& e) {
    std::fprintf(stderr, "carillon: %s (%s)\n", e.sentence.c_str(), e.code.c_str());
  } catch (const std::exception& e) { std::fprintf(stderr, "carillon: %s\n", e.what()); }
  return 1;
}
