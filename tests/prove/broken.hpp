#pragma once
#include <gtest/gtest.h>

#include <filesystem>

#include "app/installation.hpp"

// An installation that holds, copied for each test, which breaks its copy on purpose.
namespace broken {

extern const Router* routes;     // of an assembled program; a test may put others in its place
extern std::string name_of_run;  // of folders and schemas
constexpr Time start{std::chrono::sys_days{std::chrono::year{2026} / 3 / 31}};

Settings settings_in(const std::filesystem::path& place);

// Two people who signed in, a refusal in the audit, a consent that was withdrawn; all of it in the ledger.
void furnish(const Settings&);

privacy::Proof prove(const Settings&, std::span<const schema::Table> = app::all_tables);
const privacy::Verdict& verdict(const privacy::Proof&, std::string_view clause);
std::string what_fell(const privacy::Proof&);

// On SQLite.
class Prove : public testing::Test {
 protected:
  static void SetUpTestSuite();
  static void TearDownTestSuite();
  void SetUp() override;
  void TearDown() override;

  void in_database(const std::string& sql);
  // As somebody would who may do everything in the database and hides it.
  void behind_the_triggers(const schema::Table&, const std::string& sql);
  void back_up_keys(const std::filesystem::path& folder);
  void keep_ledger();  // as the program does
  std::filesystem::path ledger(const std::string& name) const;
  static void rewrite(const std::filesystem::path&, const std::function<void(std::vector<std::string>&)>& change);

  // The check that saw it, and the clauses that fell with it.
  void expect_fallen(const std::string& check, std::initializer_list<const char*> clauses,
                     std::span<const schema::Table> tables = app::all_tables);

  std::filesystem::path place;
  Settings settings;
};

}  // namespace broken
