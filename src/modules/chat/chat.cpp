#include "modules/chat/chat.hpp"

#include <algorithm>
#include <limits>

namespace chat {
namespace {

constexpr std::int64_t default_page = 50, most_unread = 100;

struct Row {
  ConversationId id;
  ConversationKind kind;
  std::optional<std::string> name;
};
struct Membership {
  ConversationId conversation;
  std::int64_t read;
};
struct Belonging {
  MemberId member;
};
BOOST_DESCRIBE_STRUCT(Row, (), (id, kind, name))
BOOST_DESCRIBE_STRUCT(Membership, (), (conversation, read))
BOOST_DESCRIBE_STRUCT(Belonging, (), (member))

Error no_conversation(std::string_view field) {
  return Error::missing("chat.no_conversation", "There is no such conversation").at(std::string(field));
}

Error bad_cursor() { return Error::invalid("request.bad_cursor", "This page mark is not one of ours").at("after"); }

std::int64_t count(Time t) { return t.time_since_epoch().count(); }

}  // namespace

// A conversation, as one of its members sees it in a list.
struct Chat::Mine {
  ConversationId id;
  std::int64_t read;
  Standing standing;
  friend bool operator<(const Mine& a, const Mine& b) { return a.order() > b.order(); }  // the latest first
  std::pair<std::int64_t, std::int64_t> order() const { return {count(standing.at), id.value}; }
};

// Where a page of conversations ended.
struct Chat::Place {
  std::int64_t at = std::numeric_limits<std::int64_t>::max(), id = 0;

  static std::string after(const Mine& m) {
    return std::to_string(count(m.standing.at)) + "." + std::to_string(m.id.value);
  }
  static Place from(const std::optional<Line<200>>& cursor) {
    Place p;
    if (!cursor) return p;
    const char *at = cursor->value.data(), *end = at + cursor->value.size();
    const auto first = std::from_chars(at, end, p.at);
    if (first.ec == std::errc{} && first.ptr != end && *first.ptr == '.') {
      const auto second = std::from_chars(first.ptr + 1, end, p.id);
      if (second.ec == std::errc{} && second.ptr == end) return p;
    }
    throw bad_cursor();
  }
};

std::vector<MemberId> Chat::people(db::Tx& db, std::int64_t conversation) {
  std::vector<MemberId> all;
  db.each<Belonging>(
      "/* across organisations */ select member_id from chat_member where conversation_id = $1 order by member_id",
      [&](Belonging row) { all.push_back(row.member); }, conversation);
  return all;
}

// The one way to reach a conversation. Strangers cannot tell a hidden one from a missing one.
void Chat::require_membership(Ctx& c, ConversationId id, std::string_view field) {
  const auto people = audiences_.people(c.db, Audience::conversation(id));
  if (!std::ranges::binary_search(*people, c.who.member)) throw no_conversation(field);
}

Chat::Mine Chat::mine(Ctx& c, ConversationId id) {
  const auto read = c.db.value<std::int64_t>(
      "select read from chat_member where org_id = $1 and conversation_id = $2 and member_id = $3", c.org, id,
      c.who.member);
  if (!read) throw no_conversation("id");
  return {id, *read, numbers_.standing(c.db, id)};
}

Conversation Chat::whole(Ctx& c, const Mine& m) {
  auto row = c.db.one<Row>("select id, kind, name from chat_conversation where org_id = $1 and id = $2", c.org, m.id);
  if (!row) throw no_conversation("id");
  const auto peer = row->kind != ConversationKind::direct
                        ? std::nullopt
                        : c.db.one<Participant>(
                              "select member_id, read from chat_member where org_id = $1 and conversation_id = $2 and "
                              "member_id <> $3 limit 1",
                              c.org, m.id, c.who.member);
  auto last = c.db.one<Entry>(
      "select number, kind, author_id, at, text, target, state from chat_entry where org_id = $1 and conversation_id = "
      "$2 and kind = 'message' order by number desc limit 1",
      c.org, m.id);
  const auto unread = c.db.value<std::int64_t>(
      "select count(*) from (select 1 from chat_entry where org_id = $1 and conversation_id = $2 and number > $3 "
      "and author_id is distinct from $4 and kind = 'message' and state is distinct from 'recalled' limit $5) as few",
      c.org, m.id, m.read, c.who.member, most_unread);
  return {.id = m.id,
          .kind = row->kind,
          .name = std::move(row->name),
          .peer = peer ? std::optional(peer->member) : std::nullopt,
          .at = m.standing.at,
          .last = std::move(last),
          .first = m.standing.first,
          .head = m.standing.head,
          .read = m.read,
          .peer_read = peer ? peer->read : 0,
          .unread = unread.value_or(0)};
}

ConversationId Chat::begin(Ctx& c, ConversationKind kind, const std::optional<std::string>& name,
                           std::vector<MemberId> people, Standing standing) {
  const auto id = c.fresh<ConversationId>();
  const bool direct = kind == ConversationKind::direct;
  std::ranges::sort(people);
  c.db.exec(
      "insert into chat_conversation (id, org_id, kind, name, low_id, high_id, created_at) values ($1, $2, $3, $4, $5, "
      "$6, $7)",
      id, c.org, kind, name, direct ? std::optional(people.front()) : std::nullopt,
      direct ? std::optional(people.back()) : std::nullopt, c.now);
  c.db.exec(
      "insert into chat_member (conversation_id, member_id, org_id, read) select $1, value, $2, $3 from json_each($4)",
      id, c.org, standing.head, db::list(people));
  numbers_.open(c, id, standing);
  return id;
}

Conversation Chat::open(Ctx& c, WithMember in) {
  if (in.member == c.who.member) throw Error::invalid("chat.with_yourself", "Choose somebody else").at("member");
  directory_.require_members(c, {in.member}, "member");
  const auto low = std::min(in.member, c.who.member), high = std::max(in.member, c.who.member);
  c.lock(low);
  const auto found = c.db.value<ConversationId>(
      "select id from chat_conversation where org_id = $1 and low_id = $2 and high_id = $3", c.org, low, high);
  return conversation(c, {found ? *found : begin(c, ConversationKind::direct, std::nullopt, {low, high})});
}

Conversation Chat::open_group(Ctx& c, NewGroup in) {
  auto& members = in.members.value;
  members.push_back(c.who.member);
  std::ranges::sort(members);
  members.erase(std::ranges::unique(members).begin(), members.end());
  directory_.require_members(c, members, "members");
  const auto id = begin(c, ConversationKind::group, in.name.value, std::move(members));
  c.emit(Audience::conversation(id), Began{id});
  return conversation(c, {id});
}

ConversationId Chat::restore(Ctx& c, MemberId one, MemberId other, const std::vector<Past>& past) {
  const Standing standing{static_cast<std::int64_t>(past.size()), 1, past.empty() ? c.now : past.back().at};
  const auto id = begin(c, ConversationKind::direct, std::nullopt, {one, other}, standing);
  std::int64_t number = 0;
  for (const auto& p : past)
    c.db.exec(
        "insert into chat_entry (conversation_id, number, org_id, kind, author_id, at, text) values ($1, $2, $3, $4, "
        "$5, $6, $7)",
        id, ++number, c.org, EntryKind::message, p.author, p.at, p.text);
  return id;
}

// All of a person's conversations are looked at, by their numbers in memory; only a page is read.
std::vector<Chat::Mine> Chat::page(Ctx& c, const Paging& in, std::int64_t limit) {
  const auto after = Place::from(in.after);
  std::vector<Mine> all;
  c.db.each<Membership>(
      "select conversation_id, read from chat_member where org_id = $1 and member_id = $2",
      [&](Membership m) { all.push_back({m.conversation, m.read, {}}); }, c.org, c.who.member);
  std::vector<ConversationId> ids;
  for (const auto& m : all) ids.push_back(m.id);
  const auto standings = numbers_.standings(c.db, ids);
  for (auto& m : all) m.standing = standings.at(m.id.value);
  std::erase_if(all, [&](const Mine& m) { return m.order() >= std::pair(after.at, after.id); });
  const auto n = std::min(all.size(), static_cast<std::size_t>(limit));
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n), all.end());
  all.resize(n);
  return all;
}

Conversations Chat::conversations(Ctx& c, Paging in) {
  const auto limit = in.limit ? in.limit->value : default_page;
  const auto mine = page(c, in, limit);
  Conversations out;
  for (const auto& m : mine) out.items.push_back(whole(c, m));
  if (std::ssize(mine) == limit) out.next = Place::after(mine.back());
  return out;
}

Conversation Chat::conversation(Ctx& c, OneConversation in) { return whole(c, mine(c, in.id)); }

Heads Chat::heads(Ctx& c, Paging in) {
  const auto limit = in.limit ? in.limit->value : 100;
  const auto mine = page(c, in, limit);
  Heads out;
  for (const auto& m : mine) out.items.push_back({m.id, m.standing.head, m.read});
  if (std::ssize(mine) == limit) out.next = Place::after(mine.back());
  return out;
}

// In the order of their ids; the mark of a page is its last one, as a number.
Participants Chat::members(Ctx& c, Roll in) {
  require_membership(c, in.id, "id");
  const auto limit = in.limit ? in.limit->value : 100;
  MemberId after;
  if (in.after) {
    const char *at = in.after->value.data(), *end = at + in.after->value.size();
    const auto [stop, error] = std::from_chars(at, end, after.value);
    if (error != std::errc{} || stop != end) throw bad_cursor();
  }
  Participants out{.items = c.db.all<Participant>(
                       "select member_id, read from chat_member where org_id = $1 and conversation_id = $2 and "
                       "member_id > $3 order by member_id limit $4",
                       c.org, in.id, after, limit),
                   .next = std::nullopt,
                   .count = std::ssize(*audiences_.people(c.db, Audience::conversation(in.id)))};
  if (std::ssize(out.items) == limit) out.next = std::to_string(out.items.back().member.value);
  return out;
}

Nothing Chat::read(Ctx& c, Reading in) {
  require_membership(c, in.id, "id");
  const auto number = std::min(in.number.value, numbers_.standing(c.db, in.id).head);
  const auto moved = c.db.exec(
      "update chat_member set read = $1 where org_id = $2 and conversation_id = $3 and member_id = $4 and read < $1",
      number, c.org, in.id, c.who.member);
  if (moved) c.emit(Audience::conversation(in.id), ReadUpTo{in.id, c.who.member, number});
  return {};
}

}  // namespace chat
