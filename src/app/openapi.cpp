#include "core/openapi.hpp"

#include <cstdio>

#include "app/assemble.hpp"
#include "app/commands.hpp"

int commands::openapi(const Settings& settings, const Arguments&) {
  const auto published = published_by(settings);
  const privacy::InForce policy{published.en.version, published.en.hash};
  identity::Identity identity{policy};
  directory::Directory directory{identity};
  consent::Consent consent{identity, policy, published};
  chat::Chat chat{directory};
  Router router;
  routes_of(router, identity, directory, consent, chat);
  std::printf("%s\n", ::openapi(router, CARILLON_VERSION).c_str());
  return 0;
}
