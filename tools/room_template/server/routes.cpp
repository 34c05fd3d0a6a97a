#include "modules/__room__/__room__.hpp"
#include "register/purposes.hpp"

void __room__::routes(Router& r, __Room__& m) {
  r.serves(purpose::communication);
  r.post("/__room__/notes", Access::member, m, "Keep a note", &__Room__::add);
  r.get("/__room__/notes", Access::member, m, "Your notes, the latest first", &__Room__::notes);
  r.get("/__room__/notes/{id}", Access::member, m, "One of your notes", &__Room__::note);
}
