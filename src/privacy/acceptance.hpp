#pragma once
#include "core/ctx.hpp"

namespace privacy {

// The policy in force: what people accept before anything is collected.
struct InForce {
  std::string version, hash;
};

bool accepted(db::Tx&, const InForce&, AccountId);

// Records that the account accepted the policy in force; once a version.
void accept(const Moment&, const InForce&, AccountId, std::string_view language);

}  // namespace privacy
