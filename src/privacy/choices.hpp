#pragma once
#include "core/ctx.hpp"

// What a person can decide about: a purpose that needs consent, or a permission of their device.
namespace privacy {

struct Matter {
  std::string_view id;  // "PU-10.1", "PM-04"
  int version;
  Words name, says;
  const Purpose* purpose = nullptr;  // one of the two
  const Permission* permission = nullptr;
};
Matter matter_of(const Purpose&);
Matter matter_of(const Permission&);
std::vector<Matter> matters();  // everything a person can decide about
std::vector<Matter> permissions_for(const Purpose&);

BOOST_DEFINE_ENUM_CLASS(Action, grant, withdraw, decline)
BOOST_DEFINE_ENUM_CLASS(Surface, centre, when_used)  // where it was asked and answered

// What holds for a person and a matter now.
struct State {
  bool granted;
  int version;
  std::int64_t withdrawals;
  std::int64_t number;
  Time at;
};
BOOST_DESCRIBE_STRUCT(State, (), (granted, version, withdrawals, number, at))
std::optional<State> state_of(const Moment&, MemberId, std::string_view matter);

// What was taken of a person for a purpose in the last thirty days.
struct Taken {
  std::string item, name, purpose;
  std::int64_t times;
  Time last_at;
};
BOOST_DESCRIBE_STRUCT(Taken, (), (item, name, purpose, times, last_at))
std::vector<Taken> what_was_taken_30_days(const Ctx&, Language);

struct Served {
  std::string id, name, says;
};
BOOST_DESCRIBE_STRUCT(Served, (), (id, name, says))

// One row of the permission centre.
struct Choice {
  std::string id, name, says;
  int version;
  bool used;    // false: nothing asks for it
  bool closed;  // by the organisation
  bool granted;
  bool may_ask;                       // who refused is asked again only when the matter changed
  std::vector<std::string> purposes;  // of a permission
  std::vector<Served> serves;         // the same, in words
  std::optional<Time> decided_at;
  std::int64_t taken;  // times in thirty days
};
BOOST_DESCRIBE_STRUCT(Choice, (),
                      (id, name, says, version, used, closed, granted, may_ask, purposes, serves, decided_at, taken))

// The caller's own choices and decisions. A decision is a row; withdrawing what was never granted
// declines it. Each throws privacy.no_matter if nobody can decide about it, and granting also
// privacy.matter_changed when other words were shown and privacy.feature_closed.
struct Choices {
  std::vector<Choice> permissions, purposes;
};
BOOST_DESCRIBE_STRUCT(Choices, (), (permissions, purposes))
Choices grants(const Ctx&, Language);
void grant(const Ctx&, std::string_view matter, int version, Surface);
void withdraw(const Ctx&, std::string_view matter, Surface);

// The organisation's switch over additional purposes, attendance and approvals.
bool is_feature(const Purpose&);
bool is_closed(const Moment&, const Purpose&);
void switch_feature(const Ctx&, const Purpose&, bool closed);

}  // namespace privacy
