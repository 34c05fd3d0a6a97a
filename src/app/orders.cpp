#include "app/orders.hpp"

#include <cstdio>

#include "app/folder.hpp"

namespace {

const std::map<std::string_view, std::string (*)(App&, const console::Order&)> all = {
    {"admin", orders::administer},
    {"keys", orders::look_after_keys},
};

Time now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

int print(const console::Reply& reply) {
  if (!reply.done) throw std::runtime_error(reply.says);
  std::fputs(reply.says.c_str(), stdout);
  return 0;
}

}  // namespace

std::string orders::carry_out(App& app, const console::Order& order) {
  const auto found = all.find(order.command);
  if (found == all.end()) throw std::runtime_error("this server does not know that command; is it an older one?");
  return found->second(app, order);
}

int orders::give(const Settings& settings, const console::Order& order) {
  if (const auto reply = console::send(settings.data, order)) return print(*reply);
  const Folder folder(settings.data);
  return assemble(settings, now, [&](App app) { return print({true, carry_out(app, order)}); });
}
