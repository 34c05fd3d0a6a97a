#pragma once
#include <span>
#include <string>

#include "core/service.hpp"
#include "net/http.hpp"
#include "net/outgoing.hpp"

namespace net {

class Loop;
struct Connection;
struct Shared;
struct File;
struct Streaming;

// HTTP on a loop's connections: the API, the client's files, the pages for machines, the way into
// a socket.
class Web {
 public:
  Web(Loop& loop, Shared& shared) : loop_(loop), shared_(shared) {}

  void take(Connection&, std::span<char>& bytes);  // what was used is gone from the front
  void reply(Connection&, Response);               // the service's
  void part(Connection&, std::string bytes);       // of the file that it sends; empty: it cannot be read
  void more(Connection&);                          // what it had of the file has left

 private:
  struct Answer {
    int status = 200;
    std::string_view type = "application/json";
    std::string headers = {};  // more lines, each with its end
    Piece body = {};
    std::unique_ptr<Streaming> file = {};  // instead of a body
    bool last = false;                     // the connection is of no use after it
  };

  void wait_for_body(Connection&);
  void handle(Connection&);
  void api(Connection&, Target);
  void socket(Connection&, Request);
  void admit(Connection&, Response);
  void file(Connection&, std::string_view path);
  bool page(Connection&, std::string_view path);  // one of those for machines
  void answer(Connection&, Answer);
  void answer(Connection&, Response);
  void download(Connection&, const Download&);
  void refuse(Connection&, const Error&, bool last);

  Loop& loop_;
  Shared& shared_;
};

}  // namespace net
