#include "modules/directory/directory.hpp"
#include "register/purposes.hpp"

void directory::routes(Router& r, Directory& m) {
  r.serves(purpose::directory);
  r.get("/directory/me", Access::member, m, "Your own entry and your organisation", &Directory::myself);
  r.get("/directory/units", Access::member, m, "The units below one, or the roots", &Directory::units);
  r.get("/directory/units/{id}", Access::member, m, "One unit and the way to it", &Directory::unit);
  r.post("/directory/units", Access::administrator, m, "Add a unit", &Directory::add_unit);
  r.get("/directory/members", Access::member, m, "The people of a unit, or those who match a search",
        &Directory::members);
  r.get("/directory/members/{id}", Access::member, m, "One person", &Directory::member);
  r.post("/directory/members", Access::administrator, m, "Add a person", &Directory::add_member);
  r.get("/directory/people", Access::member, m, "Several people by their ids", &Directory::people);
}
