#pragma once
#include <functional>
#include <map>
#include <string>

#include "app/assemble.hpp"

// The whole application in process, with a small cast and a clock that a test moves.
struct Person { MemberId member; std::string token; };

class World final : public Listener {
 public:
  World(App& app, Time& now) : app(app), now(now) { populate(); app.dispatcher.listen(this); }
  ~World() override { app.dispatcher.listen(nullptr); }

  Response send(const std::string& who, const std::string& method, const std::string& path, const std::string& body, bool rehearse = false);
  void deliver(std::vector<Delivery>) override;
  void end(std::vector<SessionId>) override {}

  App& app;
  Time& now;
  std::map<std::string, Person> cast;
  std::map<std::string, std::string> names;  // for scripts: "$ana"
  std::vector<std::string> frames;           // of the last request

 private:
  void populate();
};

// Opens an application on a fresh database of the engine and hands it over. "postgres" needs
// CARILLON_TEST_POSTGRES.
bool run_script(const std::string& name, const std::string& engine, const std::function<bool(World&)>&);

// Plays one script line by line.
class Script {
 public:
  explicit Script(World& world) : world_(world), vars_(world.names) {}

  // What is wrong, "file:line: why", or nothing.
  std::string play_file(const std::string& path);
  int checks() const { return checks_; }

  // Called for every request that a script makes, before it is sent.
  struct Sent { std::string who, method, path, body; };
  std::function<void(const Sent&)> before;
  std::string fixtures;  // where `watch` writes; empty: nowhere

 private:
  std::string play(const std::string& line);
  std::string send(const std::string& method, const std::string& path, const std::string& body);
  std::string expect(int status, const std::string& body);
  std::string happened(const std::string& event);
  void pass(const std::string& duration);
  void record(const std::string& file);

  World& world_;
  std::map<std::string, std::string> vars_;
  std::string who_ = "nobody";
  Response last_;
  std::vector<std::string> frames_;
  struct Watch { std::string who, path, before; std::vector<std::string> events; };
  std::optional<Watch> watch_;
  int checks_ = 0, recorded_ = 0;
};
