#pragma once
#include "core/router.hpp"
#include "modules/identity/identity.hpp"

// The organisation, its tree of units and its staff.
namespace directory {

using UnitId = Id<"unit">;
BOOST_DEFINE_ENUM_CLASS(UnitKind, institution, unit, department)

struct Org {
  OrgId id;
  std::string name;
};
struct Unit {
  UnitId id;
  std::optional<UnitId> parent;
  std::string name;
  UnitKind kind;
  int children, members;
};
struct UnitName {
  UnitId id;
  std::string name;
};
struct UnitDetails {
  Unit unit;
  std::vector<UnitName> path;
};  // from the root down to it
struct Member {
  MemberId id;
  std::string name, title;
  UnitId unit;
  std::string unit_name;
};
struct Myself {
  Member member;
  Org org;
};

struct Units {
  std::vector<Unit> items;
  std::optional<std::string> next;
};
struct Members {
  std::vector<Member> items;
  std::optional<std::string> next;
};
struct People {
  std::vector<Member> items;
};

struct Nothing {};
struct OneUnit {
  UnitId id;
};
struct OneMember {
  MemberId id;
};
struct BelowUnit {
  std::optional<UnitId> parent;
  std::optional<Line<200>> after;
  std::optional<Between<1, 100>> limit;
};
struct Lookup {
  std::optional<UnitId> unit;     // in this unit; or
  std::optional<Line<50>> query;  // whose name, pinyin, initials or title begins like this anywhere
  std::optional<Line<200>> after;
  std::optional<Between<1, 100>> limit;
};
struct Several {
  Line<4000> ids;
};  // "mbr_1,mbr_2", at most 100
struct NewUnit {
  std::optional<UnitId> parent;
  Line<100> name;
  UnitKind kind;
  std::optional<Between<0, 1'000'000>> position;
};
struct NewMember {
  UnitId unit;
  Line<60> name;
  Line<60, 0> title;
  std::optional<Between<0, 1'000'000>> position;
};

BOOST_DESCRIBE_STRUCT(Org, (), (id, name))
BOOST_DESCRIBE_STRUCT(Unit, (), (id, parent, name, kind, children, members))
BOOST_DESCRIBE_STRUCT(UnitName, (), (id, name))
BOOST_DESCRIBE_STRUCT(UnitDetails, (), (unit, path))
BOOST_DESCRIBE_STRUCT(Member, (), (id, name, title, unit, unit_name))
BOOST_DESCRIBE_STRUCT(Myself, (), (member, org))
BOOST_DESCRIBE_STRUCT(Units, (), (items, next))
BOOST_DESCRIBE_STRUCT(Members, (), (items, next))
BOOST_DESCRIBE_STRUCT(People, (), (items))
BOOST_DESCRIBE_STRUCT(Nothing, (), ())
BOOST_DESCRIBE_STRUCT(OneUnit, (), (id))
BOOST_DESCRIBE_STRUCT(OneMember, (), (id))
BOOST_DESCRIBE_STRUCT(BelowUnit, (), (parent, after, limit))
BOOST_DESCRIBE_STRUCT(Lookup, (), (unit, query, after, limit))
BOOST_DESCRIBE_STRUCT(Several, (), (ids))
BOOST_DESCRIBE_STRUCT(NewUnit, (), (parent, name, kind, position))
BOOST_DESCRIBE_STRUCT(NewMember, (), (unit, name, title, position))

class Directory {
 public:
  explicit Directory(identity::Identity& identity) : identity_(identity) {}

  // Verbs.
  Myself myself(Ctx&, Nothing);
  Units units(Ctx&, BelowUnit);
  UnitDetails unit(Ctx&, OneUnit);
  Members members(Ctx&, Lookup);
  Member member(Ctx&, OneMember);
  People people(Ctx&, Several);
  Unit add_unit(Ctx&, NewUnit);
  Member add_member(Ctx&, NewMember);

  // For other rooms and for the program itself.
  OrgId add_org(Ctx&, const std::string& name);
  void require_members(Ctx&, const std::vector<MemberId>&, std::string_view field);  // throws directory.no_member
  static bool nobody_yet(db::Tx&);  // no organisation was ever opened here

 private:
  Members in_unit(Ctx&, const Lookup&);
  Members found(Ctx&, const Lookup&);
  identity::Identity& identity_;
};

// What a name and a title can be found by.
std::vector<std::string> search_terms(const std::string& name, const std::string& title);

void routes(Router&, Directory&);

}  // namespace directory
