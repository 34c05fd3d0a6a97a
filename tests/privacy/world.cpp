#include "world.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>

#include "base/error.hpp"
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

std::string contents(const std::filesystem::path& file) {
  std::stringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

std::string outcome(const std::function<void()>& act) {
  try {
    act();
    return "fine";
  } catch (const Error& e) {
    return e.code;
  } catch (const std::exception& e) {
    return e.what();
  }
}

}  // namespace probe
