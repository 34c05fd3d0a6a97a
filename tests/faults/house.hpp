#pragma once
#include <map>
#include <string>
#include <vector>

#include "app/assemble.hpp"

// A small organisation with three people in a group, played on a real data folder.
namespace house {

struct Client {
  std::string token;
  MemberId member;
};
struct House {
  std::vector<Client> clients;
  std::vector<std::string> conversations;  // a group, and the chat of the first two
};

House found(App&);

struct Answer {
  int status;
  std::string body;
};
Answer ask(App&, const Client&, const std::string& method, const std::string& path, const std::string& body = "{}");

// A field of an answer: a text, or a number in words; empty if it is not there.
std::string field(const Answer&, const std::string& path);

Answer say(App&, const Client&, const std::string& conversation, const std::string& text);

// The log of a conversation after a number, as a client reads it, page by page.
std::vector<std::pair<std::int64_t, std::string>> log_of(App&, const Client&, const std::string& conversation,
                                                         std::int64_t after);

}  // namespace house
