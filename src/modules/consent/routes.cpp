#include "modules/consent/consent.hpp"
#include "register/purposes.hpp"

void consent::routes(Router& r, Consent& m) {
  r.serves(purpose::rights);
  r.get("/consent/policy", Access::anyone, m, "The privacy policy in force", &Consent::policy);
  r.post("/consent/acceptances", Access::signed_in, m, "Accept the policy you have read", &Consent::accept);
  r.post("/consent/refusals", Access::signed_in, m, "Decline it: the session ends and nothing of it stays", &Consent::refuse);
}
