#pragma once
#include <string>
#include <vector>

#include "base/fields.hpp"

// What an installation decides: flag, then environment (CARILLON_PORT), then carillon.json in the
// data folder, then these defaults. Unknown names are errors.
struct Settings {
  std::string data = "data";                 // the data folder
  std::string address = "127.0.0.1";         // to listen on; other than loopback needs TLS
  int port = 8080;                           // 0: any free one
  std::string database;                      // empty: SQLite in the data folder; or postgresql://…
  std::string keys;                          // the same for the key store, which is another database
  std::string certificate, certificate_key;  // PEM files; both or none
  std::string witness;                       // a folder outside the data folder that sees each checkpoint of the ledger
  std::string hosts;                         // names this server answers to, besides loopback: "a.example,b.example"
  int threads = 1;                           // threads that talk to clients
  int readers = 2;                           // threads that read
  int largest_file = 4 * 1024;               // MiB, and so the next two
  int member_space = 20 * 1024;              // for the files of one person
  int organisation_space = 1024 * 1024;      // for those of an organisation
  std::string operator_name, operator_department, operator_address, operator_postcode, operator_email, operator_phone;
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (data, address, port, database, keys, certificate, certificate_key, witness, hosts, threads,
                       readers, largest_file, member_space, organisation_space, operator_name, operator_department,
                       operator_address, operator_postcode, operator_email, operator_phone))

// The command line after the command: "--port 8080". What is not a flag is returned in `rest`.
// Throws std::runtime_error with a sentence for people.
struct CommandLine {
  Settings settings;
  std::vector<std::string> rest;
};
CommandLine read_settings(std::vector<std::string> arguments);

// One line a setting, for --help.
std::string settings_help();
