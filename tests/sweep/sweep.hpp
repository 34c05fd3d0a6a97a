#pragma once
#include <boost/json.hpp>
#include <set>

#include "../script.hpp"
#include "mutants.hpp"
#include "strangers.hpp"

// What the sweeps of all scripts add up to.
struct Tally {
  int sent = 0;
  std::vector<std::string> failures;
  std::map<std::string, std::set<std::string>> tried;  // route: as whom
};

// Rehearses every mutant of the requests of one script, as everybody, just before each is sent.
class Sweep {
 public:
  Sweep(World&, Tally&, const std::set<std::string>& codes);
  void before(const Script::Sent&);
  void after(const Script::Sent&, const Response&);

 private:
  // Who somebody is at this moment, as far as the routes' access goes.
  struct Standing {
    std::string name, org;
    bool signed_in = false, accepted = false, administrator = false;
  };
  // A request of the script, taken apart.
  struct Form {
    const Route& route;
    boost::json::object input;
    Standing author;
    std::string bytes = {};  // of a route that takes them
    bool in_address() const { return route.reads() || route.takes_bytes; }
    Place place(const std::string& field) const;
    std::string kind_of(const Standing&) const;  // of an actor, as this request sees them
  };
  // One go at it, and what came of it.
  struct Attempt {
    const Form& form;
    const Standing& who;
    std::string what;
    boost::json::object input;
    Response answer;
  };

  Standing standing(const std::string& who);
  Form take_apart(const Route&, const Script::Sent&, Standing author) const;
  bool seen(const Form&);
  void sweep(const Form&);
  void sweep_as(const Form&, const Standing&);
  void spoil_body(const Form&, const Standing&);
  void spoil_fields(const Form&, const Standing&);
  void plant(const Form&, const Standing&);
  void look_abroad(const Form&, const Standing&);
  Attempt attempt(const Form&, const Standing&, std::string what, boost::json::object input);
  Response raw(const Form&, const Standing&, const std::string& query, const std::string& body);
  std::string wrong_with(const Attempt&) const;
  std::string wrong_refusal(const Attempt&) const;
  static std::string refused_wrongly(const Attempt&, const Mutant&);
  void judge(const Attempt&, const std::string& wrong);

  World& world_;
  Tally& tally_;
  const std::set<std::string>& codes_;
  Strangers strangers_;
  std::set<std::string> seen_;
};
