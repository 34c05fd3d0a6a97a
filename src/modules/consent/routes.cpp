#include "modules/consent/consent.hpp"
#include "register/purposes.hpp"

void consent::routes(Router& r, Consent& m) {
  r.serves(purpose::rights);
  r.get("/consent/policy", Access::anyone, m, "The privacy policy in force", &Consent::policy);
  r.post("/consent/acceptances", Access::signed_in, m, "Accept the policy you have read", &Consent::accept);
  r.post("/consent/refusals", Access::signed_in, m, "Decline it: the session ends and nothing of it stays",
         &Consent::refuse);
  r.get("/consent/permissions", Access::member, m, "What you can decide about, and what holds", &Consent::permissions);
  r.get("/consent/taken", Access::member, m, "What was taken of you in thirty days", &Consent::taken);
  r.post("/consent/grants", Access::member, m, "Agree to a purpose or a device permission", &Consent::grant);
  r.post("/consent/withdrawals", Access::signed_in, m, "Withdraw it, or decline what was not granted",
         &Consent::withdraw);
  r.event<Changed>("You decided about a purpose or a permission, on some device");
}
