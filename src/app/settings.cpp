#include "app/settings.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "base/json.hpp"

namespace {

const std::map<std::string_view, std::string_view> says = {
    {"data", "the data folder"},
    {"address", "the address to listen on; other than loopback needs a certificate"},
    {"port", "the port to listen on; 0 takes a free one"},
    {"database", "postgresql://… ; without it SQLite in the data folder"},
    {"keys", "where the keys are: another postgresql://…; without it SQLite in the data folder"},
    {"certificate", "a PEM file with the certificate chain"},
    {"certificate_key", "a PEM file with its private key"},
    {"witness", "a folder in somebody else's care that keeps each signed checkpoint of the ledger"},
    {"hosts",
     "the names it answers to, with commas; without a certificate: behind a proxy that speaks TLS and limits clients"},
    {"threads", "threads that talk to clients"},
    {"readers", "threads that read from the database"},
    {"largest_file", "the largest file that may be uploaded, in MiB"},
    {"member_space", "space for the files of one person, in MiB"},
    {"organisation_space", "space for the files of an organisation, in MiB"},
    {"operator_name", "who runs this server; the privacy policy names them"},
    {"operator_department", "the department to write to about personal information"},
    {"operator_address", "its address"},
    {"operator_postcode", "its postcode"},
    {"operator_email", "its mailbox"},
    {"operator_phone", "its telephone"},
};

std::string flag_of(std::string_view name) {
  std::string flag = "--" + std::string(name);
  std::ranges::replace(flag, '_', '-');
  return flag;
}
std::string variable_of(std::string_view name) {
  std::string variable = "CARILLON_" + std::string(name);
  std::ranges::transform(variable, variable.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return variable;
}

void set(std::string& field, const std::string& value, std::string_view) { field = value; }
void set(int& field, const std::string& value, std::string_view name) {
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), field);
  if (error != std::errc{} || end != value.data() + value.size())
    throw std::runtime_error(flag_of(name) + " takes a number, not \"" + value + "\"");
}

bool known(std::string_view name) {
  bool found = false;
  Settings any;
  each_field(any, [&](std::string_view field, auto&) { found = found || field == name; });
  return found;
}

void from_file(Settings& s) {
  const auto path = std::filesystem::path(s.data) / "carillon.json";
  if (!std::filesystem::exists(path)) return;
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  try {
    const json::Document doc(text.str());
    for (const auto& [name, value] : doc.root().members())
      if (!known(name)) throw std::runtime_error(path.string() + ": there is no setting \"" + name + "\"");
    each_field(s, [&](std::string_view name, auto& field) {
      if (doc.root().has(name)) json::read(doc.root().at(name), field);
    });
  } catch (const Error& e) {
    throw std::runtime_error(path.string() + ": " + e.sentence + (e.field.empty() ? "" : " (" + e.field + ")"));
  }
}

void from_environment(Settings& s) {
  each_field(s, [](std::string_view name, auto& field) {
    if (const char* value = std::getenv(variable_of(name).c_str()))
      set(field, value, name);  // NOLINT: before any thread
  });
}

}  // namespace

CommandLine read_settings(std::vector<std::string> arguments) {
  std::map<std::string, std::string> flags;
  CommandLine line;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    bool taken = false;
    each_field(line.settings, [&](std::string_view name, auto&) {
      if (taken || arguments[i] != flag_of(name)) return;
      if (i + 1 == arguments.size()) throw std::runtime_error(arguments[i] + " needs a value");
      flags[std::string(name)] = arguments[++i];
      taken = true;
    });
    if (!taken) line.rest.push_back(arguments[i]);
  }
  if (const char* data = std::getenv("CARILLON_DATA")) line.settings.data = data;  // NOLINT: before any thread
  if (flags.contains("data")) line.settings.data = flags["data"];
  from_file(line.settings);
  from_environment(line.settings);
  each_field(line.settings, [&](std::string_view name, auto& field) {
    if (const auto flag = flags.find(std::string(name)); flag != flags.end()) set(field, flag->second, name);
  });
  return line;
}

std::string settings_help() {
  std::string out;
  Settings defaults;
  each_field(defaults, [&](std::string_view name, const auto& field) {
    auto flag = "  " + flag_of(name);
    flag.resize(std::max<std::size_t>(flag.size() + 1, 26), ' ');
    const auto value = json::dump(field);
    out += flag + std::string(says.at(name)) + (value == "\"\"" ? "" : " (" + value + ")") + "\n";
  });
  return out;
}
