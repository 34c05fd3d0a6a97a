#pragma once
#include "modules/identity/identity.hpp"
#include "privacy/choices.hpp"
#include "privacy/publish.hpp"

// The policy as people see it, and what they decide about it.
namespace consent {

struct Reading {
  std::optional<Line<10>> language;
};  // "zh-CN" (if none is named) or "en"
struct Decision {
  Line<64> policy;
  std::optional<Line<10>> language;
};
struct Accepted {
  std::string version;
  Time at;
};
struct Nothing {};

// A purpose that needs consent or a device permission: one of the two.
struct Grant {
  std::optional<Line<10>> purpose, permission;
  Between<1, 1'000'000> version;
  privacy::Surface surface;
};
struct Withdrawal {
  std::optional<Line<10>> purpose, permission;
  privacy::Surface surface;
};
struct Takings {
  std::vector<privacy::Taken> items;
};

struct Changed {
  std::string matter;
  bool granted;
  static constexpr std::string_view name = "consent.changed";
};

BOOST_DESCRIBE_STRUCT(Reading, (), (language))
BOOST_DESCRIBE_STRUCT(Decision, (), (policy, language))
BOOST_DESCRIBE_STRUCT(Accepted, (), (version, at))
BOOST_DESCRIBE_STRUCT(Nothing, (), ())
BOOST_DESCRIBE_STRUCT(Grant, (), (purpose, permission, version, surface))
BOOST_DESCRIBE_STRUCT(Withdrawal, (), (purpose, permission, surface))
BOOST_DESCRIBE_STRUCT(Takings, (), (items))
BOOST_DESCRIBE_STRUCT(Changed, (), (matter, granted))

// The same policy in both languages.
struct Published {
  privacy::Policy zh, en;
};

class Consent {
 public:
  Consent(identity::Identity& identity, const privacy::InForce& in_force, const Published& published)
      : identity_(identity), in_force_(in_force), published_(published) {}

  privacy::Policy policy(Ctx&, Reading);
  Accepted accept(Ctx&, Decision);
  Nothing refuse(Ctx&, Nothing);

  privacy::Choices permissions(Ctx&, Reading);
  Takings taken(Ctx&, Reading);
  Changed grant(Ctx&, Grant);
  Changed withdraw(Ctx&, Withdrawal);

  // For rooms that must act on a withdrawal: called in its transaction.
  using Then = std::function<void(Ctx&)>;
  void on_withdrawal(Then then) { then_.push_back(std::move(then)); }

 private:
  identity::Identity& identity_;
  const privacy::InForce& in_force_;
  const Published& published_;
  std::vector<Then> then_;
};

void routes(Router&, Consent&);

}  // namespace consent
