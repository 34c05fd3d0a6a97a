// What is said in a conversation, and what becomes of it.
#include <algorithm>

#include "modules/chat/chat.hpp"

namespace chat {
namespace {

constexpr std::int64_t default_page = 50, most_reactions = 10;
constexpr auto changeable_for = std::chrono::hours{24};

struct ReactionRow {
  std::int64_t number;
  std::string emoji;
  std::int64_t count, mine;
};
BOOST_DESCRIBE_STRUCT(ReactionRow, (), (number, emoji, count, mine))

Error no_message(std::string_view field) {
  return Error::missing("chat.no_message", "There is no such message").at(std::string(field));
}

void require_changeable(const Ctx& c, const Entry& e) {
  if (e.author != c.who.member)
    throw Error::forbidden("chat.not_yours", "Only who wrote a message can change it").at("number");
  if (c.now - e.at > changeable_for)
    throw Error::conflict("chat.too_late", "A message can be changed for 24 hours").at("number");
}

// The messages that others of a page are about, by their numbers.
std::vector<Entry> targets_of(Ctx& c, ConversationId id, const std::vector<Entry>& page) {
  std::vector<std::int64_t> numbers;
  for (const auto& e : page)
    if (e.target && (e.kind == EntryKind::message || e.kind == EntryKind::edit)) numbers.push_back(*e.target);
  if (numbers.empty()) return {};
  return c.db.all<Entry>(
      "select number, kind, author_id, at, text, target, state from chat_entry where org_id = $1 and conversation_id = "
      "$2 and number in (select value from json_each($3)) order by number",
      c.org, id, json::dump(numbers));
}

// In an order that does not depend on who came first, so that none moves when somebody takes theirs back.
std::vector<Reaction> reactions_to(Ctx& c, ConversationId id, const std::vector<Entry>& page) {
  std::vector<Reaction> all;
  if (page.empty()) return all;
  c.db.each<ReactionRow>(
      "select number, emoji, count(*), max(case when member_id = $5 then 1 else 0 end) from chat_reaction "
      "where org_id = $1 and conversation_id = $2 and number between $3 and $4 group by number, emoji "
      "order by number, emoji",
      [&](ReactionRow r) { all.push_back({r.number, std::move(r.emoji), r.count, r.mine != 0}); }, c.org, id,
      page.front().number, page.back().number, c.who.member);
  return all;
}

}  // namespace

// Forwards from `after`, or the last ones before `before`, or the latest; always in order.
Entries Chat::entries(Ctx& c, Range in) {
  require_membership(c, in.id, "id");
  const auto limit = in.limit ? in.limit->value : default_page;
  const auto standing = numbers_.standing(c.db, in.id);
  Entries out{.items = {}, .quoted = {}, .reactions = {}, .first = standing.first, .head = standing.head};
  if (in.after) {
    out.items = c.db.all<Entry>(
        "select number, kind, author_id, at, text, target, state from chat_entry "
        "where org_id = $1 and conversation_id = $2 and number > $3 order by number limit $4",
        c.org, in.id, *in.after, limit);
  } else {
    out.items = c.db.all<Entry>(
        "select number, kind, author_id, at, text, target, state from chat_entry "
        "where org_id = $1 and conversation_id = $2 and number < $3 order by number desc limit $4",
        c.org, in.id, in.before ? in.before->value : standing.head + 1, limit);
    std::ranges::reverse(out.items);
  }
  out.quoted = targets_of(c, in.id, out.items);
  for (auto& e : out.items) {
    if (e.kind != EntryKind::edit) continue;
    const auto target = std::ranges::find(out.quoted, *e.target, &Entry::number);
    if (target != out.quoted.end()) e.text = target->text;  // it may have expired
  }
  std::erase_if(out.quoted, [&](const Entry& target) {
    return std::ranges::none_of(
        out.items, [&](const Entry& e) { return e.kind == EntryKind::message && e.target == target.number; });
  });
  out.reactions = reactions_to(c, in.id, out.items);
  return out;
}

// A message, even one that was taken back. Throws chat.no_message.
Entry Chat::message(Ctx& c, ConversationId id, std::int64_t number, std::string_view field) {
  auto found = c.db.one<Entry>(
      "select number, kind, author_id, at, text, target, state from chat_entry where org_id = $1 and conversation_id = "
      "$2 and number = $3 and kind = 'message'",
      c.org, id, number);
  if (!found) throw no_message(field);
  return std::move(*found);
}

// One that still says something.
Entry Chat::standing_message(Ctx& c, ConversationId id, std::int64_t number, std::string_view field) {
  auto found = message(c, id, number, field);
  if (found.state == EntryState::recalled) throw no_message(field);
  return found;
}

// The row goes in under the next number; if this token was sent before, nothing does, and the
// first answer is given again.
Sent Chat::send(Ctx& c, NewMessage in) {
  require_membership(c, in.conversation, "conversation");
  c.lock(in.conversation);
  std::optional<std::int64_t> quote;
  if (in.quote) quote = standing_message(c, in.conversation, *in.quote, "quote").number;
  const auto number = numbers_.next(c, in.conversation);
  const auto added = c.db.exec(
      "insert into chat_entry (conversation_id, number, org_id, kind, author_id, token, at, text, target) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (conversation_id, author_id, token) do nothing",
      in.conversation, number, c.org, EntryKind::message, c.who.member, in.token, c.now, in.text, quote);
  if (added == 0) {
    return c.db
        .one<Sent>(
            "select number, at from chat_entry where org_id = $1 and conversation_id = $2 and author_id = $3 and token "
            "= $4",
            c.org, in.conversation, c.who.member, in.token)
        .value();
  }
  numbers_.take(c, in.conversation, number);
  c.emit(Audience::conversation(in.conversation),
         EntryAdded{in.conversation,
                    {number, EntryKind::message, c.who.member, c.now, std::move(in.text.value), quote, std::nullopt}});
  return {number, c.now};
}

// What changes a message is an entry too, and keeps no text of its own: a message that is taken back
// leaves none behind.
Changed Chat::add_about(Ctx& c, ConversationId id, EntryKind kind, const Entry& target, std::string stored,
                        std::string shown) {
  const auto number = numbers_.next(c, id);
  c.db.exec(
      "insert into chat_entry (conversation_id, number, org_id, kind, author_id, at, text, target) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8)",
      id, number, c.org, kind, c.who.member, c.now, stored, target.number);
  numbers_.take_quietly(c, id, number);
  c.emit(Audience::conversation(id),
         EntryAdded{id, {number, kind, c.who.member, c.now, std::move(shown), target.number, std::nullopt}});
  return {number};
}

Changed Chat::edit(Ctx& c, Edit in) {
  require_membership(c, in.conversation, "conversation");
  c.lock(in.conversation);
  const auto was = standing_message(c, in.conversation, in.number, "number");
  require_changeable(c, was);
  if (was.text == in.text.value) return {};
  c.db.exec("update chat_entry set text = $1, state = $2 where org_id = $3 and conversation_id = $4 and number = $5",
            in.text, EntryState::edited, c.org, in.conversation, in.number);
  return add_about(c, in.conversation, EntryKind::edit, was, "", std::move(in.text.value));
}

Changed Chat::recall(Ctx& c, Recall in) {
  require_membership(c, in.conversation, "conversation");
  c.lock(in.conversation);
  const auto was = message(c, in.conversation, in.number, "number");
  require_changeable(c, was);
  if (was.state == EntryState::recalled) return {};
  c.db.exec(
      "update chat_entry set text = '', target = null, state = $1 where org_id = $2 and conversation_id = $3 and "
      "number = $4",
      EntryState::recalled, c.org, in.conversation, in.number);
  c.db.exec("delete from chat_reaction where org_id = $1 and conversation_id = $2 and number = $3", c.org,
            in.conversation, in.number);
  return add_about(c, in.conversation, EntryKind::recall, was, "", "");
}

Changed Chat::react(Ctx& c, React in) {
  require_membership(c, in.conversation, "conversation");
  if (!text::is_emoji(in.emoji.value)) throw Error::invalid("chat.no_emoji", "Choose one emoji").at("emoji");
  c.lock(in.conversation);
  const auto target = standing_message(c, in.conversation, in.number, "number");
  if (!in.on) {
    const auto gone = c.db.exec(
        "delete from chat_reaction where org_id = $1 and conversation_id = $2 and number = $3 and member_id = $4 and "
        "emoji = $5",
        c.org, in.conversation, in.number, c.who.member, in.emoji);
    if (!gone) return {};
    return add_about(c, in.conversation, EntryKind::reaction_removed, target, in.emoji.value, in.emoji.value);
  }
  const auto mine = c.db.value<std::int64_t>(
      "select count(*) from chat_reaction where org_id = $1 and conversation_id = $2 and number = $3 and member_id = "
      "$4",
      c.org, in.conversation, in.number, c.who.member);
  if (mine.value_or(0) >= most_reactions)
    throw Error::conflict("chat.too_many_reactions", "That is enough reactions to one message").at("emoji");
  const auto added = c.db.exec(
      "insert into chat_reaction (conversation_id, number, member_id, emoji, org_id, at) values ($1, $2, $3, $4, $5, "
      "$6) on conflict (conversation_id, number, emoji, member_id) do nothing",
      in.conversation, in.number, c.who.member, in.emoji, c.org, c.now);
  if (!added) return {};
  return add_about(c, in.conversation, EntryKind::reaction, target, in.emoji.value, in.emoji.value);
}

}  // namespace chat
