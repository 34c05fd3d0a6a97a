#pragma once
#include "core/audiences.hpp"
#include "core/numbers.hpp"
#include "core/router.hpp"
#include "modules/directory/directory.hpp"

// Conversations as numbered logs: every change is an entry with the next number.
namespace chat {

using ConversationId = Id<"cnv">;
BOOST_DEFINE_ENUM_CLASS(ConversationKind, direct, group)
BOOST_DEFINE_ENUM_CLASS(EntryKind, message, edit, recall, reaction, reaction_removed)
BOOST_DEFINE_ENUM_CLASS(EntryState, edited, recalled)

struct Entry {
  std::int64_t number;
  EntryKind kind;
  std::optional<MemberId> author;
  Time at;
  std::string text;                    // of an edit, what the message says now; of a reaction, the emoji
  std::optional<std::int64_t> target;  // the message that this one quotes, or that this entry is about
  std::optional<EntryState> state;     // of a message
};
struct Conversation {
  ConversationId id;
  ConversationKind kind;
  std::optional<std::string> name;  // of a group
  std::optional<MemberId> peer;     // of a direct chat; empty when the person has left
  Time at;                          // of the last entry, or of the beginning
  std::optional<Entry> last;        // message
  std::int64_t first, head, read, peer_read;
  std::int64_t unread;  // messages of others after `read`; 100 means that or more
};
struct Conversations {
  std::vector<Conversation> items;
  std::optional<std::string> next;
};
struct Reaction {
  std::int64_t number;
  std::string emoji;
  std::int64_t count;
  bool mine;
};
struct Entries {
  std::vector<Entry> items;
  std::vector<Entry> quoted;        // messages that these quote
  std::vector<Reaction> reactions;  // to these
  std::int64_t first, head;
};
struct Participant {
  MemberId member;
  std::int64_t read;
};
struct Participants {
  std::vector<Participant> items;
  std::optional<std::string> next;
  std::int64_t count;
};
struct Sent {
  std::int64_t number;
  Time at;
};
struct Head {
  ConversationId conversation;
  std::int64_t head, read;
};
struct Heads {
  std::vector<Head> items;
  std::optional<std::string> next;
};

struct Nothing {};
struct WithMember {
  MemberId member;
};
struct NewGroup {
  Line<60> name;
  UpTo<9'999, MemberId> members;
};  // besides yourself
struct OneConversation {
  ConversationId id;
};
struct Paging {
  std::optional<Line<200>> after;
  std::optional<Between<1, 100>> limit;
};
struct Roll {
  ConversationId id;
  std::optional<Line<200>> after;
  std::optional<Between<1, 100>> limit;
};
struct Range {
  ConversationId id;
  std::optional<Between<0, 1'000'000'000'000>> after, before;
  std::optional<Between<1, 100>> limit;
};
struct NewMessage {
  ConversationId conversation;
  Line<64> token;
  Prose<10'000> text;
  std::optional<Between<1, 1'000'000'000'000>> quote;  // the number of a message here
};
struct Edit {
  ConversationId conversation;
  Between<1, 1'000'000'000'000> number;
  Prose<10'000> text;
};
struct Recall {
  ConversationId conversation;
  Between<1, 1'000'000'000'000> number;
};
struct React {
  ConversationId conversation;
  Between<1, 1'000'000'000'000> number;
  Line<16> emoji;
  bool on;
};
struct Changed {
  std::optional<std::int64_t> number;  // of the entry; none if it was so already
};
struct Reading {
  ConversationId id;
  Between<0, 1'000'000'000'000> number;
};

// Events carry ids and never names.
struct Began {
  ConversationId conversation;
  static constexpr std::string_view name = "chat.began";
};
struct EntryAdded {
  ConversationId conversation;
  Entry entry;
  static constexpr std::string_view name = "chat.entry";
};
struct ReadUpTo {
  ConversationId conversation;
  MemberId member;
  std::int64_t number;
  static constexpr std::string_view name = "chat.read";
};

BOOST_DESCRIBE_STRUCT(Entry, (), (number, kind, author, at, text, target, state))
BOOST_DESCRIBE_STRUCT(Conversation, (), (id, kind, name, peer, at, last, first, head, read, peer_read, unread))
BOOST_DESCRIBE_STRUCT(Conversations, (), (items, next))
BOOST_DESCRIBE_STRUCT(Reaction, (), (number, emoji, count, mine))
BOOST_DESCRIBE_STRUCT(Entries, (), (items, quoted, reactions, first, head))
BOOST_DESCRIBE_STRUCT(Participant, (), (member, read))
BOOST_DESCRIBE_STRUCT(Participants, (), (items, next, count))
BOOST_DESCRIBE_STRUCT(Sent, (), (number, at))
BOOST_DESCRIBE_STRUCT(Head, (), (conversation, head, read))
BOOST_DESCRIBE_STRUCT(Heads, (), (items, next))
BOOST_DESCRIBE_STRUCT(Nothing, (), ())
BOOST_DESCRIBE_STRUCT(WithMember, (), (member))
BOOST_DESCRIBE_STRUCT(NewGroup, (), (name, members))
BOOST_DESCRIBE_STRUCT(OneConversation, (), (id))
BOOST_DESCRIBE_STRUCT(Paging, (), (after, limit))
BOOST_DESCRIBE_STRUCT(Roll, (), (id, after, limit))
BOOST_DESCRIBE_STRUCT(Range, (), (id, after, before, limit))
BOOST_DESCRIBE_STRUCT(NewMessage, (), (conversation, token, text, quote))
BOOST_DESCRIBE_STRUCT(Edit, (), (conversation, number, text))
BOOST_DESCRIBE_STRUCT(Recall, (), (conversation, number))
BOOST_DESCRIBE_STRUCT(React, (), (conversation, number, emoji, on))
BOOST_DESCRIBE_STRUCT(Changed, (), (number))
BOOST_DESCRIBE_STRUCT(Reading, (), (id, number))
BOOST_DESCRIBE_STRUCT(Began, (), (conversation))
BOOST_DESCRIBE_STRUCT(EntryAdded, (), (conversation, entry))
BOOST_DESCRIBE_STRUCT(ReadUpTo, (), (conversation, member, number))

// A message of the past, as an import brings it.
struct Past {
  MemberId author;
  Time at;
  std::string text;
};

class Chat {
 public:
  Chat(directory::Directory& directory, Numbers& numbers, Audiences& audiences)
      : directory_(directory), numbers_(numbers), audiences_(audiences) {}

  // Verbs.
  Conversation open(Ctx&, WithMember);
  Conversation open_group(Ctx&, NewGroup);
  Conversations conversations(Ctx&, Paging);
  Conversation conversation(Ctx&, OneConversation);
  Participants members(Ctx&, Roll);
  Entries entries(Ctx&, Range);
  Sent send(Ctx&, NewMessage);
  Changed edit(Ctx&, Edit);
  Changed recall(Ctx&, Recall);
  Changed react(Ctx&, React);
  Nothing read(Ctx&, Reading);
  Heads heads(Ctx&, Paging);

  // For imports: the chat of two people as it was, in order. Tells nobody.
  ConversationId restore(Ctx&, MemberId, MemberId, const std::vector<Past>&);

  // Who belongs to a conversation, in the order of their ids.
  static std::vector<MemberId> people(db::Tx&, std::int64_t conversation);

 private:
  struct Mine;
  struct Place;

  ConversationId begin(Ctx&, ConversationKind, const std::optional<std::string>& name, std::vector<MemberId>,
                       Standing = {});
  Entry message(Ctx&, ConversationId, std::int64_t number, std::string_view field);
  Entry standing_message(Ctx&, ConversationId, std::int64_t number, std::string_view field);
  Changed add_about(Ctx&, ConversationId, EntryKind, const Entry& target, std::string stored, std::string shown);
  void require_membership(Ctx&, ConversationId, std::string_view field);
  Mine mine(Ctx&, ConversationId);
  Conversation whole(Ctx&, const Mine&);
  std::vector<Mine> page(Ctx&, const Paging&, std::int64_t limit);

  directory::Directory& directory_;
  Numbers& numbers_;
  Audiences& audiences_;
};

void routes(Router&, Chat&);

}  // namespace chat
