#include "app/demo.hpp"

#include <unordered_map>

#include "base/random.hpp"

namespace {

struct OrgLine {
  std::string name;
};
struct UnitLine {
  std::string key;
  std::optional<std::string> parent;
  std::string name;
  directory::UnitKind kind;
};
struct MemberLine {
  std::string key, name, title, unit;
  std::optional<std::string> login;
  std::optional<bool> account, administrator;
};
struct Said {
  std::string from;
  Time at;
  std::string text;
};
struct ChatLine {
  std::string a, b;
  std::vector<Said> messages;
};
BOOST_DESCRIBE_STRUCT(OrgLine, (), (name))
BOOST_DESCRIBE_STRUCT(UnitLine, (), (key, parent, name, kind))
BOOST_DESCRIBE_STRUCT(MemberLine, (), (key, name, title, unit, login, account, administrator))
BOOST_DESCRIBE_STRUCT(Said, (), (from, at, text))
BOOST_DESCRIBE_STRUCT(ChatLine, (), (a, b, messages))

class Loader {
 public:
  explicit Loader(App& app) : app_(app) {}

  DemoResult load(std::istream& lines) {
    std::vector<std::string> slice;
    for (std::string line; std::getline(lines, line);) {
      slice.push_back(std::move(line));
      if (slice.size() == slice_size) take(slice);
    }
    take(slice);
    return std::move(result_);
  }

 private:
  static constexpr std::size_t slice_size = 200;

  // Passwords are hashed before the transaction: it must not wait for them.
  void take(std::vector<std::string>& slice) {
    app_.dispatcher.as_system(org_, purpose::directory, [&](Ctx& c) {
      for (const auto& line : slice) one(c, line);
    });
    slice.clear();
    for (const auto& [member, person] : waiting_) {
      const auto digest = password_of(person);
      app_.dispatcher.as_system(org_, purpose::directory,
                                [&](Ctx& c) { app_.identity.open_account(c, member, person.login, digest); });
    }
    waiting_.clear();
  }

  std::string password_of(const DemoPerson& person) {
    result_.people.push_back({person.name, person.login, random_token().substr(0, 12)});
    return identity::password_digest(result_.people.back().password);
  }

  void one(Ctx& c, const std::string& line) {
    const json::Document doc(line);
    const auto root = doc.root();
    if (root.has("org")) org(c, read<OrgLine>(root.at("org")));
    else if (root.has("unit")) unit(in_org(c), read<UnitLine>(root.at("unit")));
    else if (root.has("member")) member(in_org(c), read<MemberLine>(root.at("member")));
    else if (root.has("chat")) chat(in_org(c), read<ChatLine>(root.at("chat")));
  }

  template <class T>
  static T read(json::Reader r) {
    T v;
    json::read(r, v);
    return v;
  }

  // The organisation may have begun in this very slice.
  Ctx in_org(Ctx& c) { return {{c.who, org_, c.now, c.purpose, c.db, c.ids, c.out}, c.gate}; }

  void org(Ctx& c, const OrgLine& line) { org_ = app_.directory.add_org(c, line.name); }

  void unit(Ctx c, const UnitLine& line) {
    std::optional<directory::UnitId> parent;
    if (line.parent) parent = units_.at(*line.parent);
    units_[line.key] = app_.directory.add_unit(c, {parent, {line.name}, line.kind, {{result_.units}}}).id;
    ++result_.units;
  }

  void member(Ctx c, const MemberLine& line) {
    const auto id =
        app_.directory.add_member(c, {units_.at(line.unit), {line.name}, {line.title}, {{result_.members}}}).id;
    members_[line.key] = id;
    if (line.administrator.value_or(false)) app_.identity.grant(c, id, Role::administrator);
    if (line.account.value_or(false))
      waiting_.emplace_back(id, DemoPerson{line.name, line.login.value_or(line.key), {}});
    ++result_.members;
  }

  void chat(Ctx c, const ChatLine& line) {
    std::vector<chat::Past> past;
    for (const auto& said : line.messages) past.push_back({members_.at(said.from), said.at, said.text});
    app_.chat.restore(c, members_.at(line.a), members_.at(line.b), past);
    ++result_.chats;
    result_.messages += static_cast<int>(past.size());
  }

  App& app_;
  OrgId org_;
  std::unordered_map<std::string, directory::UnitId> units_;
  std::unordered_map<std::string, MemberId> members_;
  std::vector<std::pair<MemberId, DemoPerson>> waiting_;
  DemoResult result_;
};

}  // namespace

DemoResult load_demo(App& app, std::istream& lines) { return Loader(app).load(lines); }
