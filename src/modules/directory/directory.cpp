#include "modules/directory/directory.hpp"

#include <algorithm>
#include <set>

#include "privacy/audit.hpp"

namespace directory {
namespace {

using KeyId = Id<"key">;
constexpr std::int64_t default_page = 50;
constexpr std::size_t most_people = 100;

struct UnitRow {
  UnitId id;
  UnitId parent;
  std::string name;
  UnitKind kind;
  int children, members;
  std::int64_t position;
};
struct MemberRow {
  MemberId id;
  std::string name, title;
  UnitId unit;
  std::string unit_name;
  std::int64_t position;
};
struct Found {
  std::string term;
  MemberId member;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (id, parent, name, kind, children, members, position))
BOOST_DESCRIBE_STRUCT(MemberRow, (), (id, name, title, unit, unit_name, position))
BOOST_DESCRIBE_STRUCT(Found, (), (term, member))

Unit unit_of(UnitRow row) {
  const auto parent = row.parent.value ? std::optional(row.parent) : std::nullopt;
  return {row.id, parent, std::move(row.name), row.kind, row.children, row.members};
}
Member member_of(MemberRow row) {
  return {row.id, std::move(row.name), std::move(row.title), row.unit, std::move(row.unit_name)};
}

// Where a page ended: the position and id of its last row.
struct Place {
  std::int64_t position = -1, id = 0;
};
std::string to_cursor(Place p) { return std::to_string(p.position) + "." + std::to_string(p.id); }
Place from_cursor(const std::optional<Line<200>>& cursor) {
  if (!cursor) return {};
  Place p;
  const char *at = cursor->value.data(), *end = at + cursor->value.size();
  const auto position = std::from_chars(at, end, p.position);
  if (position.ec == std::errc{} && position.ptr != end && *position.ptr == '.') {
    const auto id = std::from_chars(position.ptr + 1, end, p.id);
    if (id.ec == std::errc{} && id.ptr == end) return p;
  }
  throw Error::invalid("request.bad_cursor", "This page mark is not one of ours").at("after");
}

// Every ending of a text, from each of its characters on.
void add_endings(std::set<std::string>& to, std::string_view s) {
  for (std::size_t i = 0; i < s.size(); ++i)
    if ((s[i] & 0xc0) != 0x80 && s[i] != ' ') to.emplace(s.substr(i));
}

void add_reading(std::set<std::string>& to, const std::string& name) {
  const auto reading = text::reading(name);
  add_endings(to, reading.initials);
  std::string joined;  // "zhangwei", "wei"
  for (auto end = reading.full.size(); end != std::string::npos && !reading.full.empty();) {
    const auto space = end == 0 ? std::string::npos : reading.full.rfind(' ', end - 1);
    const auto from = space == std::string::npos ? 0 : space + 1;
    joined.insert(0, reading.full.substr(from, end - from));
    to.insert(joined);
    end = space;
  }
}

// Throws directory.no_unit, about the field that named it.
UnitRow unit_row(Ctx& c, UnitId id, std::string_view field) {
  auto found = c.db.one<UnitRow>(
      "select id, parent_id, name, kind, children, members, position from directory_unit where org_id = $1 and id = $2",
      c.org, id);
  if (!found) throw Error::missing("directory.no_unit", "There is no such unit").at(std::string(field));
  return std::move(*found);
}

std::string search_term(std::string_view typed) {
  auto term = text::folded(typed);
  std::erase(term, ' ');
  return term;
}

// What an administrator does is answered for by name; the program itself works under orders that are recorded.
void note_deed(const Ctx& c, std::string_view action, std::optional<MemberId> subject) {
  if (c.who.kind != Actor::Kind::person) return;
  privacy::record(
      c, {.action = action, .subject = subject ? std::optional(subject->value) : std::nullopt, .acting_for = c.org});
}

}  // namespace

std::vector<std::string> search_terms(const std::string& name, const std::string& title) {
  std::set<std::string> all;
  add_endings(all, search_term(name));
  add_endings(all, search_term(title));
  add_reading(all, name);
  return {all.begin(), all.end()};
}

Myself Directory::myself(Ctx& c, Nothing) {
  auto org = c.db.one<Org>("select id, name from directory_org where id = $1", c.org);
  if (!org) throw Error::missing("directory.no_org", "There is no such organisation");
  return {member(c, {c.who.member}), std::move(*org)};
}

Units Directory::units(Ctx& c, BelowUnit in) {
  const auto after = from_cursor(in.after);
  const auto limit = in.limit ? in.limit->value : default_page;
  if (in.parent) unit_row(c, *in.parent, "parent");
  Units page;
  Place last;
  c.db.each<UnitRow>(
      "select id, parent_id, name, kind, children, members, position from directory_unit "
      "where org_id = $1 and parent_id = $2 and (position, id) > ($3, $4) order by position, id limit $5",
      [&](UnitRow row) {
        last = {row.position, row.id.value};
        page.items.push_back(unit_of(std::move(row)));
      },
      c.org, in.parent.value_or(UnitId{}), after.position, after.id, limit);
  if (std::ssize(page.items) == limit) page.next = to_cursor(last);
  return page;
}

UnitDetails Directory::unit(Ctx& c, OneUnit in) {
  auto found = unit_row(c, in.id, "id");
  auto path = c.db.all<UnitName>(
      "with recursive up(id, parent_id, name, depth) as ("
      " select id, parent_id, name, 0 from directory_unit where org_id = $1 and id = $2"
      " union all select u.id, u.parent_id, u.name, up.depth + 1 from directory_unit u join up on u.id = up.parent_id"
      " where u.org_id = $1 and up.depth < 30) select id, name from up order by depth desc",
      c.org, in.id);
  return {unit_of(std::move(found)), std::move(path)};
}

Members Directory::members(Ctx& c, Lookup in) {
  if (in.query && !in.unit) return found(c, in);
  if (in.unit && !in.query) return in_unit(c, in);
  throw Error::invalid("directory.unit_or_query", "Name a unit or type a search").at("unit");
}

Members Directory::in_unit(Ctx& c, const Lookup& in) {
  unit_row(c, *in.unit, "unit");
  const auto after = from_cursor(in.after);
  const auto limit = in.limit ? in.limit->value : default_page;
  Members page;
  Place last;
  c.db.each<MemberRow>(
      "select m.id, m.name, m.title, m.unit_id, u.name, m.position from directory_member m "
      "join directory_unit u on u.org_id = m.org_id and u.id = m.unit_id "
      "where m.org_id = $1 and m.unit_id = $2 and (m.position, m.id) > ($3, $4) order by m.position, m.id limit $5",
      [&](MemberRow row) {
        last = {row.position, row.id.value};
        page.items.push_back(member_of(std::move(row)));
      },
      c.org, *in.unit, after.position, after.id, limit);
  if (std::ssize(page.items) == limit) page.next = to_cursor(last);
  return page;
}

// One range of the index of terms. A person who matches twice on a page is shown once.
Members Directory::found(Ctx& c, const Lookup& in) {
  const auto term = search_term(in.query->value);
  const auto limit = in.limit ? in.limit->value : default_page;
  Found after{term, {}};
  if (in.after) {
    const auto space = in.after->value.find(' ');
    const auto id = MemberId::parse(in.after->value.substr(0, space));
    if (!id || space == std::string::npos)
      throw Error::invalid("request.bad_cursor", "This page mark is not one of ours").at("after");
    after = {in.after->value.substr(space + 1), *id};
  }
  const auto rows = c.db.all<Found>(
      "select term, member_id from directory_key where org_id = $1 and (term, member_id) > ($2, $3) and term < $4 "
      "order by term, member_id limit $5",
      c.org, after.term, after.member, term + "\U0010FFFF", limit);
  std::vector<MemberId> ids;
  for (auto& row : rows)
    if (std::ranges::find(ids, row.member) == ids.end()) ids.push_back(row.member);
  Members page;
  for (auto id : ids) page.items.push_back(member(c, {id}));
  if (std::ssize(rows) == limit) page.next = rows.back().member.text() + ' ' + rows.back().term;
  return page;
}

Member Directory::member(Ctx& c, OneMember in) {
  auto found = c.db.one<Member>(
      "select m.id, m.name, m.title, m.unit_id, u.name from directory_member m "
      "join directory_unit u on u.org_id = m.org_id and u.id = m.unit_id where m.org_id = $1 and m.id = $2",
      c.org, in.id);
  if (!found) throw Error::missing("directory.no_member", "There is no such person").at("id");
  return std::move(*found);
}

People Directory::people(Ctx& c, Several in) {
  std::vector<MemberId> ids;
  for (std::string_view rest = in.ids.value; !rest.empty();) {
    const auto comma = rest.find(',');
    const auto id = MemberId::parse(rest.substr(0, comma));
    if (!id) throw Error::invalid("request.bad_id", "This must look like mbr_…,mbr_…").at("ids");
    ids.push_back(*id);
    rest = comma == rest.npos ? std::string_view{} : rest.substr(comma + 1);
  }
  if (ids.size() > most_people)
    throw Error::invalid("request.too_many_items", "This is too many at once")
        .at("ids")
        .with("most", std::to_string(most_people));
  return {
      c.db.all<Member>("select m.id, m.name, m.title, m.unit_id, u.name from directory_member m "
                       "join directory_unit u on u.org_id = m.org_id and u.id = m.unit_id "
                       "where m.org_id = $1 and m.id in (select value from json_each($2))",
                       c.org, db::list(ids))};
}

Unit Directory::add_unit(Ctx& c, NewUnit in) {
  if (in.parent) unit_row(c, *in.parent, "parent");
  const auto id = c.fresh<UnitId>();
  const auto parent = in.parent.value_or(UnitId{});
  c.db.exec(
      "insert into directory_unit (id, org_id, parent_id, name, kind, position, children, members) "
      "values ($1, $2, $3, $4, $5, $6, 0, 0)",
      id, c.org, parent, in.name, in.kind, in.position ? in.position->value : 0);
  c.db.exec("update directory_unit set children = children + 1 where org_id = $1 and id = $2", c.org, parent);
  note_deed(c, "unit.add", std::nullopt);
  return {id, in.parent, in.name.value, in.kind, 0, 0};
}

Member Directory::add_member(Ctx& c, NewMember in) {
  const auto into = unit_row(c, in.unit, "unit");
  const auto id = identity_.add_member(c, c.org);
  c.db.exec(
      "insert into directory_member (id, org_id, name, title, unit_id, position, created_at) "
      "values ($1, $2, $3, $4, $5, $6, $7)",
      id, c.org, in.name, in.title, in.unit, in.position ? in.position->value : 0, c.now);
  for (const auto& term : search_terms(in.name, in.title))
    c.db.exec("insert into directory_key (id, org_id, term, member_id) values ($1, $2, $3, $4)", c.fresh<KeyId>(),
              c.org, term, id);
  c.db.exec(
      "update directory_unit set members = members + 1 where org_id = $1 and id in ("
      " with recursive up(id, parent_id) as ("
      "  select id, parent_id from directory_unit where org_id = $1 and id = $2"
      "  union all select u.id, u.parent_id from directory_unit u join up on u.id = up.parent_id where u.org_id = $1)"
      " select id from up)",
      c.org, in.unit);
  note_deed(c, "member.add", id);
  return {id, in.name.value, in.title.value, in.unit, into.name};
}

OrgId Directory::add_org(Ctx& c, const std::string& name) {
  const auto id = c.fresh<OrgId>();
  c.db.exec("insert into directory_org (id, name, zone, created_at) values ($1, $2, 'Asia/Shanghai', $3)", id, name,
            c.now);
  return id;
}

bool Directory::nobody_yet(db::Tx& db) {
  return !db.value<std::int64_t>("/* across organisations */ select id from directory_org limit 1");
}

void Directory::require_members(Ctx& c, const std::vector<MemberId>& ids, std::string_view field) {
  const auto known = c.db.value<std::int64_t>(
      "select count(*) from directory_member where org_id = $1 and id in (select value from json_each($2))", c.org,
      db::list(ids));
  if (known.value_or(0) != std::ssize(ids))
    throw Error::missing("directory.no_member", "There is no such person").at(std::string(field));
}

}  // namespace directory
