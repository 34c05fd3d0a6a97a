#include <fmt/chrono.h>

#include "app/folder.hpp"
#include "app/orders.hpp"
#include "privacy/audit.hpp"
#include "privacy/key_backup.hpp"
#include "privacy/shred.hpp"
#include "privacy/upkeep.hpp"

namespace {

using commands::Arguments;
constexpr auto help = R"(carillon keys COMMAND [settings]

  status                  what keys there are, what a rotation still has to do, and the last copy
  backup --to FOLDER      copy the key store there; copies older than 7 days go
  restore --from FILE     fill the empty key store of an installation from such a copy; without a server
  rotate-root             a new root key; the organisations' keys are wrapped anew
  rotate [--org ID]       new organisation keys, of all or of one; all keys under them are wrapped anew
  rotate-index [--org ID] new keys for the digests by which sealed values are found, of all or of one
  continue                go on with a rotation now; a running server does so by itself
  shred --member ID --yes destroy a person's keys: what was sealed for them never opens again, in no copy

The root key wraps all others. It is in no copy: it is the file root.key in the data folder, or what systemd
hands over as the credential root.key. Keep a copy of it somewhere else, never with a copy of the keys and
never in a backup of the data; whoever has all three can read everything. After rotate-root, copy it again.
Where several nodes run, hand the root key over as a credential, the same on each.

Shredding is complete once the last copy of the keys from before is gone: 7 days.
)";

Time now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

std::string state_of(App& app) {
  const auto s = app.keys.state();
  auto text = fmt::format(
      "root key          number {}\norganisations     {}\nkeys in use       {}\nresting           {}\ndestroyed        "
      " "
      "{}\n",
      s.root_epoch, s.organisations, s.in_use, s.retired, s.destroyed);
  text +=
      fmt::format("to be wrapped     {} organisation keys, {} other keys\n", s.under_older_root, s.under_older_keys);
  for (const auto& r : app.keys.renewals()) {
    std::int64_t left = 0;
    app.db.read_now([&](db::Connection& c) { left = privacy::outdated_indexes(c, app::all_tables, app.keys, r.org); });
    text += fmt::format("index renewed     {}: {} values to go, begun {:%F %T} UTC\n",
                        r.org.value ? r.org.text() : "the installation", left,
                        std::chrono::floor<std::chrono::seconds>(r.since));
  }
  const auto copy = privacy::last_key_backup(app.settings.data);
  text += copy ? fmt::format("last copy         {:%F %T} UTC, {}/{}\n",
                             std::chrono::floor<std::chrono::seconds>(copy->at), copy->folder, copy->file)
               : "last copy         never: carillon keys backup --to FOLDER\n";
  return text;
}

// Who changed what about the keys is in the audit.
void note(App& app, OrgId org, std::string_view action) {
  app.dispatcher.as_system(org, purpose::operation, [&](Ctx& c) { privacy::record(c, {.action = action}); });
}

std::string go_on(App& app) {
  if (!privacy::renew_keys(app.db, app::all_tables, app.keys, now()))
    return "Nothing is left to wrap.\n" + state_of(app);
  return "This takes a while: a running server goes on by itself, `carillon keys continue` does so now.\n" +
         state_of(app);
}

std::vector<OrgId> organisations(App& app, const Arguments& words, privacy::MasterKind kind) {
  const auto named = commands::option(words, "--org");
  if (named.empty()) return app.keys.organisations(kind);
  const auto id = OrgId::parse(named);
  if (!id) throw std::runtime_error("--org takes an id like org_1");
  return {*id};
}

std::string back_up(App& app, const Arguments& words) {
  const auto to = commands::option(words, "--to");
  if (to.empty()) throw std::runtime_error("backup needs --to FOLDER");
  const auto made = privacy::back_up_keys(app.keys, app.settings.data, to, now());
  note(app, {}, "keys.backup");
  return fmt::format(
      "{}/{}\nThe root key is not in it, and without it this copy opens nothing. Keep root.key somewhere else.\n",
      made.folder, made.file);
}

std::string rotate_root(App& app) {
  app.keys.rotate_root();
  note(app, {}, "keys.rotate_root");
  return go_on(app);
}

std::string rotate(App& app, const Arguments& words) {
  for (const auto org : organisations(app, words, privacy::MasterKind::wrap)) {
    app.keys.rotate(org);
    note(app, org, "keys.rotate");
  }
  return go_on(app);
}

std::string rotate_index(App& app, const Arguments& words) {
  const auto under_way = app.keys.renewals();
  const bool all = commands::option(words, "--org").empty();
  for (const auto org : organisations(app, words, privacy::MasterKind::index)) {
    if (all && std::ranges::count(under_way, org, &privacy::Renewal::org) > 0) continue;
    app.keys.rotate_index(org);
    note(app, org, "keys.rotate_index");
  }
  return go_on(app);
}

std::string shred(App& app, const Arguments& words) {
  const auto member = MemberId::parse(commands::option(words, "--member"));
  if (!member) throw std::runtime_error("--member takes an id like mbr_1");
  if (!commands::has(words, "--yes")) throw std::runtime_error("nothing brings these keys back: say --yes as well");
  OrgId org;
  app.db.read_now([&](db::Connection& c) { org = app.identity.org_of(c, *member); });
  app.dispatcher.as_system(org, purpose::rights, [&](Ctx& c) { privacy::shred(c, member->value, "operator.command"); });
  if (app.jobs.started()) return "The keys are destroyed within seconds.\n";
  app.jobs.run_due();
  return "The keys are destroyed.\n";
}

}  // namespace

std::string orders::look_after_keys(App& app, const console::Order& order) {
  const auto& words = order.words;
  const auto is = [&](std::string_view word) { return !words.empty() && words.front() == word; };
  if (is("status")) return state_of(app);
  if (is("backup")) return back_up(app, words);
  if (is("rotate-root")) return rotate_root(app);
  if (is("rotate")) return rotate(app, words);
  if (is("rotate-index")) return rotate_index(app, words);
  if (is("continue")) return go_on(app);
  if (is("shred")) return shred(app, words);
  throw std::runtime_error("there is no such command; try: carillon keys --help");
}

int commands::keys(const Settings& settings, const Arguments& words) {
  if (words.empty() || has(words, "--help")) {
    std::printf("%s", help);
    return words.empty() ? 2 : 0;
  }
  if (words.front() == "restore") {
    const Folder folder(settings.data);
    privacy::restore_keys(keys_of(settings), option(words, "--from"));
    std::printf("The keys are there. They open with the root key that they were made under: root.key.\n");
    return 0;
  }
  console::Order order{"keys", words, {}};
  if (const auto to = std::ranges::find(order.words, "--to"); to != order.words.end() && to + 1 != order.words.end())
    *(to + 1) = std::filesystem::absolute(*(to + 1)).string();  // the server stands elsewhere
  return orders::give(settings, order);
}
