#pragma once
#include "base/id.hpp"

using OrgId = Id<"org">;
using AccountId = Id<"acc">;
using MemberId = Id<"mbr">;
using SessionId = Id<"ses">;

enum class Role : unsigned { administrator = 1, auditor = 2, security = 4 };

// Who asks. Rooms store memberships, never accounts: one human is one account and one membership
// an organisation.
struct Actor {
  enum class Kind { nobody, person, program, system };
  Kind kind = Kind::nobody;
  AccountId account = {};
  MemberId member = {};
  OrgId org = {};
  SessionId session = {};
  unsigned roles = 0;
  bool operating = false;  // runs the server, for no organisation

  bool has(Role r) const { return (roles & static_cast<unsigned>(r)) != 0; }
};
