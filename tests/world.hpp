#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/assemble.hpp"

struct Person {
  MemberId member;
  std::string token;
};

// The whole application in process, with a small cast and a clock that a test moves. root administers
// the first organisation, ana and ben work in it; eve administers the second, and kim there has not
// accepted the policy in force.
class World final : public Listener {
 public:
  World(App&, Time& now);
  ~World() override { app.dispatcher.listen(nullptr); }

  // As a client would send it: the query of a GET in its path, and a body of bytes behind a "<". What an
  // answer streams becomes its body. A rehearsal leaves nothing behind.
  enum class Mode { real, rehearsal };
  Response send(const std::string& who, const std::string& method, const std::string& path, const std::string& body,
                Mode = Mode::real);
  Response send(const std::string& who, Request, Mode = Mode::real);

  // Everybody declines every purpose and permission that one can decide about.
  void refuse_everything_optional();

  // The route that this method and path reach, or none.
  const Route* route(const std::string& method, const std::string& path) const;

  void deliver(std::vector<Delivery>) override;
  void end(std::vector<SessionId>) override {}

  App& app;
  Time& now;
  std::map<std::string, Person> cast;
  std::map<std::string, std::string> names;  // for scripts: "$ana"
  std::vector<Delivery> frames;              // of the last request

 private:
  void populate();
  void found(const std::string& org, const std::function<void(Ctx&, directory::UnitId)>& staff);
  AccountId join(Ctx&, directory::UnitId, const std::string& login, const std::string& name, const std::string& title);
  void sign_in(const std::string& login);
  void sign_in_earlier(Ctx&, const std::string& login, AccountId);
};

// Runs `use` on a fresh database of the engine, "sqlite" or "postgres"; the latter needs
// CARILLON_TEST_POSTGRES. Nothing of it stays.
bool in_world(const std::string& engine, const std::function<bool(World&)>& use);
