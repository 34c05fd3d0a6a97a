#include "app/assemble.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace {

Time now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

// Whatever is under way when the program ends is answered, on objects that are still there.
TEST(Assemble, EndsWithWorkQueued) {
  constexpr int many = 500;
  std::atomic<int> answered = 0;
  Settings settings;
  settings.database = "sqlite::memory:";
  assemble(settings, now, [&](App app) {
    std::vector<Call> calls;
    for (int i = 0; i < many; ++i)
      calls.push_back({{.method = i % 2 ? "GET" : "POST",
                        .path = i % 2 ? "/consent/policy" : "/consent/acceptances",
                        .address = "127.0.0.1"},
                       [&](Response) { ++answered; }});
    app.dispatcher.submit(std::move(calls));
    return 0;
  });
  EXPECT_EQ(answered, many);
}

// Who has an account keeps it: another cannot be put in its place.
TEST(Assemble, OneAccountAPerson) {
  Settings settings;
  settings.database = "sqlite::memory:";
  assemble(settings, now, [&](App app) {
    const auto digest = identity::password_digest("open sesame");
    app.dispatcher.as_system({}, purpose::directory, [&](Ctx& c) {
      const auto org = app.directory.add_org(c, "Bell Works");
      Ctx inside{{c.who, org, c.now, c.purpose, c.db, c.ids, c.out}, c.gate};
      const auto member = app.identity.add_member(inside, org);
      app.identity.open_account(inside, member, "ana", digest);
      EXPECT_THROW(app.identity.open_account(inside, member, "anna", digest), Error);
    });
    return 0;
  });
}

}  // namespace
