#pragma once
#include <boost/json/value.hpp>

#include "world.hpp"

// Plays one script line by line; api_runner.cpp says what the lines mean. Every answer is held against
// the description of its route, every refusal and every event likewise.
class Script {
 public:
  explicit Script(World& world) : world_(world), vars_(world.names) {}

  // What is wrong, "file:line: why", or nothing.
  std::string play_file(const std::string& path);
  int checks() const { return checks_; }

  // Called for every request that a script makes, before it is sent, and for its answer.
  struct Sent {
    std::string who, method, path, body;
  };
  std::function<void(const Sent&)> before;
  std::function<void(const Sent&, const Response&)> after;
  std::string fixtures;  // where `watch` writes; empty: nowhere

 private:
  struct Watch {
    std::string who, path, first;
    std::vector<std::string> events;
  };

  std::string play(const std::string& line);
  std::string send(const std::string& method, const std::string& path, const std::string& body);
  std::int64_t latest_of_audit() const;
  std::string answer_as_described(const Sent&) const;
  std::string events_as_described() const;
  std::string expect(int status, const std::string& body);
  std::string happened(const std::string& event) const;
  void pass(const std::string& duration);
  void watch(const std::string& path);
  void note();
  void record();

  World& world_;
  std::map<std::string, std::string> vars_;
  std::string who_ = "nobody", room_;
  Response last_;
  std::vector<Delivery> frames_;
  std::vector<Watch> watches_;
  int checks_ = 0, recorded_ = 0;
};
