#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/ctx.hpp"

// What crosses between the network and the rooms. `net` sees this page and nothing behind it.

struct Request {
  std::string method;              // "GET"
  std::string path;                // "/chat/messages", decoded, without the query
  json::Document input = {};       // query parameters of a GET, else the body
  Secret<std::string> token = {};  // of a session, as it came; empty if none
  std::string address = {};        // the caller's network address
};

struct Response {
  int status = 200;
  std::string body = {};
  std::string_view type = "application/json";
  std::optional<Cookie> cookie = {};
  std::optional<Actor> who = {};  // whom the token stood for
};
Response refusal(const Error&);

struct Call {
  Request request;
  std::move_only_function<void(Response)> reply;  // called once, on any thread
};

// Answers requests. Takes all that gathered in one pass of the caller's loop and never blocks.
class Service {
 public:
  virtual ~Service() = default;
  virtual void submit(std::vector<Call>) = 0;
};

// A frame on its way to people, encoded once: the same bytes go to everyone.
using People = std::shared_ptr<const std::vector<MemberId>>;
struct Delivery {
  People to;
  std::shared_ptr<const std::string> frame;  // {"event":"chat.entry","body":{…}}
};

// Where committed events go. Called on any thread, must not block.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void deliver(std::vector<Delivery>) = 0;
  virtual void end(std::vector<SessionId>) = 0;  // these sessions are over
  // What comes in between leaves together: the answers to one commit, and its events.
  virtual void hold() {}
  virtual void release() {}
};
