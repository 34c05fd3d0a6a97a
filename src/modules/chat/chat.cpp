#include "modules/chat/chat.hpp"

#include <algorithm>
#include <limits>

namespace chat {
namespace {

using MembershipId = Id<"cmb">;
constexpr std::int64_t default_page = 50;

struct Row {
  ConversationId id;
  ConversationKind kind;
  std::int64_t first, head, read;
  Time last_at;
};
struct Peer { MemberId member; std::int64_t read; };
struct Mine { std::int64_t head, read; };
struct Belonging { MemberId member; OrgId org; };
BOOST_DESCRIBE_STRUCT(Row, (), (id, kind, first, head, read, last_at))
BOOST_DESCRIBE_STRUCT(Peer, (), (member, read))
BOOST_DESCRIBE_STRUCT(Mine, (), (head, read))
BOOST_DESCRIBE_STRUCT(Belonging, (), (member, org))

Error no_conversation(std::string_view field) {
  return Error::missing("chat.no_conversation", "There is no such conversation").at(std::string(field));
}

// The one way to reach a conversation. Strangers cannot tell a hidden one from a missing one.
Mine access(Ctx& c, ConversationId id, std::string_view field) {
  const auto mine = c.db.one<Mine>(
      "select c.head, m.read from chat_member m join chat_conversation c on c.id = m.conversation_id "
      "where m.org_id = $1 and m.conversation_id = $2 and m.member_id = $3 and c.org_id = $1",
      c.org, id, c.who.member);
  if (!mine) throw no_conversation(field);
  return *mine;
}

Conversation whole(Ctx& c, const Row& row) {
  const auto peer = c.db.one<Peer>(
      "select member_id, read from chat_member where org_id = $1 and conversation_id = $2 and member_id <> $3 limit 1",
      c.org, row.id, c.who.member);
  auto last = c.db.one<Entry>(
      "select number, kind, id, author_id, at, text from chat_entry where org_id = $1 and conversation_id = $2 and number = $3",
      c.org, row.id, row.head);
  return {row.id, row.kind, peer ? std::optional(peer->member) : std::nullopt, std::move(last),
          row.first, row.head, row.read, peer ? peer->read : 0, row.head - row.read};
}

// Where a page of conversations ended.
struct Place { std::int64_t at, id; };
constexpr Place newest{std::numeric_limits<std::int64_t>::max(), 0};
std::string to_cursor(const Row& row) { return std::to_string(row.last_at.time_since_epoch().count()) + "." + std::to_string(row.id.value); }
Place from_cursor(const std::optional<Line<200>>& cursor) {
  if (!cursor) return newest;
  Place p{};
  const char *at = cursor->value.data(), *end = at + cursor->value.size();
  const auto first = std::from_chars(at, end, p.at);
  if (first.ec == std::errc{} && first.ptr != end && *first.ptr == '.') {
    const auto second = std::from_chars(first.ptr + 1, end, p.id);
    if (second.ec == std::errc{} && second.ptr == end) return p;
  }
  throw Error::invalid("request.bad_cursor", "This page mark is not one of ours").at("after");
}

std::vector<Row> page_of(Ctx& c, const Paging& in, std::int64_t limit) {
  const auto after = from_cursor(in.after);
  return c.db.all<Row>(
      "select c.id, c.kind, c.first, c.head, m.read, m.last_at from chat_member m "
      "join chat_conversation c on c.id = m.conversation_id and c.org_id = m.org_id "
      "where m.org_id = $1 and m.member_id = $2 and (m.last_at, m.conversation_id) < ($3, $4) "
      "order by m.last_at desc, m.conversation_id desc limit $5",
      c.org, c.who.member, after.at, after.id, limit);
}

void join(Ctx& c, ConversationId id, MemberId member) {
  c.db.exec("insert into chat_member (id, org_id, conversation_id, member_id, read, last_at) values ($1, $2, $3, $4, 0, $5)",
            c.fresh<MembershipId>(), c.org, id, member, c.now);
}

ConversationId begin(Ctx& c, MemberId low, MemberId high) {
  const auto id = c.fresh<ConversationId>();
  c.db.exec("insert into chat_conversation (id, org_id, kind, low_id, high_id, head, first, last_at) "
            "values ($1, $2, $3, $4, $5, 0, 1, $6)",
            id, c.org, ConversationKind::direct, low, high, c.now);
  join(c, id, low);
  join(c, id, high);
  return id;
}

}  // namespace

std::vector<MemberId> Chat::people(db::Tx& db, std::int64_t conversation) {
  std::vector<MemberId> all;
  db.each<Belonging>("select member_id, org_id from chat_member where conversation_id = $1",
                     [&](Belonging row) { all.push_back(row.member); }, conversation);
  return all;
}

Conversation Chat::open(Ctx& c, WithMember in) {
  if (in.member == c.who.member) throw Error::invalid("chat.with_yourself", "Choose somebody else").at("member");
  directory_.require_member(c, in.member);
  const auto low = std::min(in.member, c.who.member), high = std::max(in.member, c.who.member);
  c.lock(low);
  const auto found = c.db.value<ConversationId>(
      "select id from chat_conversation where org_id = $1 and low_id = $2 and high_id = $3", c.org, low, high);
  return conversation(c, {found ? *found : begin(c, low, high)});
}

ConversationId Chat::restore(Ctx& c, MemberId one, MemberId other, const std::vector<Past>& past) {
  const auto id = begin(c, std::min(one, other), std::max(one, other));
  std::int64_t number = 0;
  for (const auto& p : past)
    c.db.exec("insert into chat_entry (id, org_id, conversation_id, number, kind, author_id, at, text) "
              "values ($1, $2, $3, $4, $5, $6, $7, $8)",
              c.fresh<MessageId>(), c.org, id, ++number, EntryKind::message, p.author, p.at, p.text);
  const auto last = past.empty() ? c.now : past.back().at;
  c.db.exec("update chat_conversation set head = $1, last_at = $2 where org_id = $3 and id = $4", number, last, c.org, id);
  c.db.exec("update chat_member set read = $1, last_at = $2 where org_id = $3 and conversation_id = $4", number, last, c.org, id);
  return id;
}

Conversations Chat::conversations(Ctx& c, Paging in) {
  const auto limit = in.limit ? in.limit->value : default_page;
  const auto rows = page_of(c, in, limit);
  Conversations page;
  for (const auto& row : rows) page.items.push_back(whole(c, row));
  if (std::ssize(rows) == limit) page.next = to_cursor(rows.back());
  return page;
}

Conversation Chat::conversation(Ctx& c, OneConversation in) {
  const auto row = c.db.one<Row>(
      "select c.id, c.kind, c.first, c.head, m.read, m.last_at from chat_member m "
      "join chat_conversation c on c.id = m.conversation_id and c.org_id = m.org_id "
      "where m.org_id = $1 and m.conversation_id = $2 and m.member_id = $3",
      c.org, in.id, c.who.member);
  if (!row) throw no_conversation("id");
  return whole(c, *row);
}

// Forwards from `after`, or the last ones before `before`, or the latest; always in order.
Entries Chat::entries(Ctx& c, Range in) {
  const auto mine = access(c, in.id, "id");
  const auto limit = in.limit ? in.limit->value : default_page;
  Entries out{{}, 1, mine.head};
  if (in.after) {
    out.items = c.db.all<Entry>(
        "select number, kind, id, author_id, at, text from chat_entry "
        "where org_id = $1 and conversation_id = $2 and number > $3 order by number limit $4",
        c.org, in.id, *in.after, limit);
  } else {
    out.items = c.db.all<Entry>(
        "select number, kind, id, author_id, at, text from chat_entry "
        "where org_id = $1 and conversation_id = $2 and number < $3 order by number desc limit $4",
        c.org, in.id, in.before ? in.before->value : mine.head + 1, limit);
    std::ranges::reverse(out.items);
  }
  return out;
}

Sent Chat::send(Ctx& c, NewMessage in) {
  c.lock(in.conversation);
  const auto number = access(c, in.conversation, "conversation").head + 1;
  const auto before = c.db.one<Sent>(
      "select id, number, at from chat_entry where org_id = $1 and conversation_id = $2 and author_id = $3 and token = $4",
      c.org, in.conversation, c.who.member, in.token);
  if (before) return *before;

  const auto id = c.fresh<MessageId>();
  c.db.exec("insert into chat_entry (id, org_id, conversation_id, number, kind, author_id, token, at, text) "
            "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            id, c.org, in.conversation, number, EntryKind::message, c.who.member, in.token, c.now, in.text);
  c.db.exec("update chat_conversation set head = $1, last_at = $2 where org_id = $3 and id = $4", number, c.now, c.org, in.conversation);
  c.db.exec("update chat_member set last_at = $1, read = case when member_id = $2 then $3 else read end "
            "where org_id = $4 and conversation_id = $5",
            c.now, c.who.member, number, c.org, in.conversation);
  c.emit(Audience::conversation(in.conversation),
         EntryAdded{in.conversation, {number, EntryKind::message, id, c.who.member, c.now, std::move(in.text.value)}});
  return {id, number, c.now};
}

Nothing Chat::read(Ctx& c, Reading in) {
  const auto mine = access(c, in.id, "id");
  const auto number = std::min(in.number.value, mine.head);
  if (number <= mine.read) return {};
  c.db.exec("update chat_member set read = $1 where org_id = $2 and conversation_id = $3 and member_id = $4 and read < $1",
            number, c.org, in.id, c.who.member);
  c.emit(Audience::conversation(in.id), ReadUpTo{in.id, c.who.member, number});
  return {};
}

Heads Chat::heads(Ctx& c, Paging in) {
  const auto limit = in.limit ? in.limit->value : 100;
  const auto rows = page_of(c, in, limit);
  Heads page;
  for (const auto& row : rows) page.items.push_back({row.id, row.head, row.read});
  if (std::ssize(rows) == limit) page.next = to_cursor(rows.back());
  return page;
}

}  // namespace chat
