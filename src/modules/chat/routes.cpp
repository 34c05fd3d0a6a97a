#include "modules/chat/chat.hpp"
#include "register/purposes.hpp"

void chat::routes(Router& r, Chat& m) {
  r.serves(purpose::communication);
  r.post("/chat/conversations", Access::member, m, "Open the chat with a person, or find it", &Chat::open);
  r.post("/chat/groups", Access::member, m, "Open a group with several people", &Chat::open_group);
  r.get("/chat/conversations", Access::member, m, "Your conversations, the latest first", &Chat::conversations);
  r.get("/chat/conversations/{id}", Access::member, m, "One conversation", &Chat::conversation);
  r.get("/chat/conversations/{id}/members", Access::member, m, "Who is in it, and how far each has read",
        &Chat::members);
  r.get("/chat/conversations/{id}/entries", Access::member, m, "A range of its log, in order", &Chat::entries);
  r.post("/chat/messages", Access::member, m, "Send a message", &Chat::send);
  r.post("/chat/edits", Access::member, m, "Say something else in a message of yours", &Chat::edit);
  r.post("/chat/recalls", Access::member, m, "Take back a message of yours", &Chat::recall);
  r.post("/chat/reactions", Access::member, m, "React to a message with an emoji, or take that back", &Chat::react);
  r.post("/chat/conversations/{id}/reading", Access::member, m, "Say how far you have read", &Chat::read);
  r.get("/chat/heads", Access::member, m, "The last number of each conversation, to see what is missing", &Chat::heads);
  r.event<Began>("A conversation has begun that you are part of");
  r.event<EntryAdded>("A conversation has a new entry");
  r.event<ReadUpTo>("Somebody has read up to a number");
}
