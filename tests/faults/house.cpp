#include "house.hpp"

#include <boost/json.hpp>

namespace bj = boost::json;

namespace house {
namespace {

Client sign_in(App& app, MemberId member, const std::string& login) {
  const auto body = bj::serialize(
      bj::object{{"login", login}, {"password", "open sesame"}, {"policy", app.policy.hash}, {"client", "program"}});
  const auto answer = ask(app, {}, "POST", "/identity/sessions", body);
  if (answer.status != 200) throw std::runtime_error("cannot sign in: " + answer.body);
  return {field(answer, "/token"), member};
}

}  // namespace

Answer ask(App& app, const Client& client, const std::string& method, const std::string& path,
           const std::string& body) {
  Request request{.method = method, .path = path.substr(0, path.find('?')), .address = "127.0.0.1"};
  if (!client.token.empty()) request.token = Secret(client.token);
  if (method != "GET") request.input = json::Document(body);
  else if (const auto query = path.find("after="); query != std::string::npos)
    request.input.set("after", path.substr(query + 6));
  auto response = app.dispatcher.handle(std::move(request));
  return {response.status, std::move(response.body)};
}

std::string field(const Answer& answer, const std::string& path) {
  boost::system::error_code none;
  const auto whole = bj::parse(answer.body, none);
  const auto* found = none ? nullptr : whole.find_pointer(path, none);
  if (!found) return "";
  return found->is_string() ? std::string(found->as_string()) : bj::serialize(*found);
}

Answer say(App& app, const Client& client, const std::string& conversation, const std::string& text) {
  return ask(app, client, "POST", "/chat/messages",
             bj::serialize(bj::object{{"conversation", conversation}, {"token", text}, {"text", text}}));
}

House found(App& app) {
  static const auto digest = identity::password_digest("open sesame");
  OrgId org;
  app.dispatcher.as_system({}, purpose::directory, [&](Ctx& c) { org = app.directory.add_org(c, "Bell Works"); });
  std::vector<MemberId> people;
  app.dispatcher.as_system(org, purpose::directory, [&](Ctx& c) {
    const auto unit = app.directory.add_unit(c, {{}, {"Foundry"}, directory::UnitKind::institution, {}}).id;
    for (const auto* login : {"ana", "ben", "cai"}) {
      people.push_back(app.directory.add_member(c, {unit, {login}, {""}, {}}).id);
      app.identity.open_account(c, people.back(), login, digest);
    }
    app.identity.grant(c, people.front(), Role::administrator);
  });
  House h;
  for (std::size_t i = 0; const auto* login : {"ana", "ben", "cai"})
    h.clients.push_back(sign_in(app, people[i++], login));
  bj::array others{people[1].text(), people[2].text()};
  const auto group =
      ask(app, h.clients[0], "POST", "/chat/groups", bj::serialize(bj::object{{"name", "All"}, {"members", others}}));
  const auto chat =
      ask(app, h.clients[0], "POST", "/chat/conversations", bj::serialize(bj::object{{"member", people[1].text()}}));
  h.conversations = {field(group, "/id"), field(chat, "/id")};
  return h;
}

std::vector<std::pair<std::int64_t, std::string>> log_of(App& app, const Client& client,
                                                         const std::string& conversation, std::int64_t after) {
  std::vector<std::pair<std::int64_t, std::string>> all;
  for (;;) {
    const auto page =
        ask(app, client, "GET", "/chat/conversations/" + conversation + "/entries?after=" + std::to_string(after));
    if (page.status != 200) throw std::runtime_error("cannot read a log: " + page.body);
    const auto whole = bj::parse(page.body);
    const auto& items = whole.at("items").as_array();
    if (items.empty()) return all;
    for (const auto& item : items) all.emplace_back(item.at("number").as_int64(), item.at("text").as_string());
    after = all.back().first;
  }
}

}  // namespace house
