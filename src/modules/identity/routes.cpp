#include "modules/identity/identity.hpp"
#include "register/purposes.hpp"

void identity::routes(Router& r, Identity& m) {
  r.serves(purpose::security);
  r.post("/identity/sessions", Access::anyone, m, "Sign in, having accepted the policy", &Identity::check,
         &Identity::sign_in);
  r.get("/identity/session", Access::signed_in, m, "Who you are here", &Identity::me);
  r.get("/identity/admission", Access::member, m, "Whether you may open the socket", &Identity::admission);
  r.remove("/identity/session", Access::signed_in, m, "Sign out", &Identity::sign_out);
}
