#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/blobs.hpp"
#include "core/ctx.hpp"

// What crosses between the network and the rooms. `net` sees this page and nothing behind it.

struct Request {
  std::string method;                     // "GET"
  std::string path;                       // "/chat/messages", decoded, without the query
  json::Document input = {};              // query parameters of a GET, else the body
  Secret<std::string> token = {};         // of a session, as it came; empty if none
  std::string address = {};               // the caller's network address
  std::optional<std::string> bytes = {};  // a body that is no JSON; then `input` has the query parameters
};

// A file that an answer brings. It is read as it leaves, and never all of it is in memory.
struct Download {
  std::shared_ptr<Source> bytes;
  std::string type, name, tag;  // the tag changes with the bytes
  bool shown = false;           // may be shown rather than saved
};

struct Response {
  int status = 200;
  std::string body = {};
  std::string_view type = "application/json";
  std::optional<Cookie> cookie = {};
  std::optional<Actor> who = {};      // whom the token stood for
  std::optional<Download> file = {};  // instead of a body
};
Response refusal(const Error&);

struct Call {
  Request request;
  std::move_only_function<void(Response)> reply;  // called once, on any thread
};

// The next part of a file on its way out.
struct Fetch {
  std::shared_ptr<Source> from;
  std::uint64_t offset;
  std::move_only_function<void(std::string)> done;  // called once, on any thread; empty: it cannot be read
};

// Answers requests. Takes all that gathered in one pass of the caller's loop and never blocks.
class Service {
 public:
  virtual ~Service() = default;
  virtual void submit(std::vector<Call>) = 0;
  virtual void fetch(Fetch) = 0;
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
