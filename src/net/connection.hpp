#pragma once
#include <memory>
#include <string>

#include "core/service.hpp"
#include "net/address.hpp"
#include "net/frame.hpp"
#include "net/http.hpp"
#include "net/outgoing.hpp"
#include "net/reactor.hpp"
#include "net/transport.hpp"

namespace net {

struct Connection;

// What a connection carries once it is a WebSocket.
struct Live {
  explicit Live(std::size_t most) : frames(most) {}

  FrameReader frames;
  MemberId member;
  SessionId session;
  Secret<std::string> token;
  Connection* next = nullptr;  // another socket of the same member
  Bucket messages;
  int calls = 0;       // not answered yet
  bool cut = false;    // gets no events until it has read what is queued
  bool asked = false;  // with a ping, and silent since
};

// A file on its way out: asked for in parts, each when the one before has left.
struct Streaming {
  std::shared_ptr<Source> from;
  std::uint64_t at, end;
  bool last;           // the connection is of no use after it
  bool asked = false;  // for the next part
};

struct Connection {
  Connection(Handle h, const Address& a, Transport t) : handle(h), address(a), transport(std::move(t)) {}

  Handle handle;
  Address address;
  Transport transport;
  Outgoing out;
  std::string partial;                     // read, but not a whole request or frame yet
  std::unique_ptr<RequestReader> request;  // while one comes in or is being answered
  std::unique_ptr<Streaming> stream;       // while a file leaves
  std::unique_ptr<Live> live;              // none: HTTP
  bool awaiting = false;                   // the service's answer
  bool opening = false;                    // what it awaits decides whether it becomes a socket
  bool reading = false;                    // a readiness handler is under way
  bool paused = false;                     // not read from until it is less busy
  bool dirty = false;                      // has something to write in this pass
  bool blocked = false;                    // the system takes no more bytes for now
  bool ending = false;                     // closes once all is sent
  bool draining = false;                   // all is sent; reads and forgets until the peer closes too
  bool closed = false;                     // freed at the end of the pass
};

}  // namespace net
