#include "modules/consent/consent.hpp"

namespace consent {

privacy::Policy Consent::policy(Ctx&, Reading in) {
  return in.language && in.language->value == "en" ? published_.en : published_.zh;
}

Accepted Consent::accept(Ctx& c, Decision in) {
  if (in.policy.value != in_force_.hash)
    throw Error::conflict("consent.policy_changed", "The policy has changed; please read it again").at("policy");
  privacy::accept(c, in_force_, c.who.account, in.language ? in.language->value : "zh-CN");
  return {in_force_.version, c.now};
}

// Nothing of the session stays; what was accepted before, under another text, remains evidence.
Nothing Consent::refuse(Ctx& c, Nothing) {
  identity_.sign_out(c, {});
  return {};
}

}  // namespace consent
