#pragma once
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>

#include "../world.hpp"

// The whole program, and people who upload into it.
class House {
 public:
  explicit House(World& w) : world(w) {}

  struct Answer {
    int status;
    boost::json::object body;
    std::string code() const { return text("code"); }
    std::string text(const char* name) const;
    std::int64_t number(const char* name) const { return body.at(name).as_int64(); }
  };
  Answer ask(const std::string& method, const std::string& path, const std::string& body = "{}");
  std::string begin(const std::string& name, std::size_t size, const std::string& source = "nowhere");
  Answer piece(const std::string& id, std::size_t offset, std::string_view bytes);
  Answer end(const std::string& id) { return ask("POST", "/file/uploads/" + id + "/end"); }
  Answer upload(const std::string& name, const std::string& bytes, const std::string& source = "nowhere");
  std::string content(const std::string& id);
  int grant(const std::string& permission) { return decide("grants", permission, R"(,"version":1)"); }
  int withdraw(const std::string& permission) { return decide("withdrawals", permission, ""); }
  void later(std::chrono::milliseconds);  // and what is due then is done

  std::int64_t count(const std::string& what);  // "file_upload where size > 1"
  std::vector<std::string> blobs() const;       // the files there are
  std::filesystem::path blob_folder() const { return world.app.settings.data + "/blobs"; }

  World& world;
  std::string who = "ana";

 private:
  int decide(const std::string& what, const std::string& permission, const std::string& more);
};

// A test on each engine: "sqlite" and "postgres", in a house of its own.
class InHouse : public testing::TestWithParam<std::string> {
 protected:
  void in_house(const std::function<void(House&)>&);
};
