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

// HTTP on a loop's connections: the API, the client's files, the pages for machines, the way into
// a socket.
class Web {
 public:
  Web(Loop& loop, Shared& shared) : loop_(loop), shared_(shared) {}

  void take(Connection&, std::span<char>& bytes);  // what was used is gone from the front
  void reply(Connection&, Response);               // the service's

 private:
  struct Answer {
    int status = 200;
    std::string_view type = "application/json";
    std::string headers = {};  // more lines, each with its end
    Piece body = {};
    bool last = false;  // the connection is of no use after it
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
  void refuse(Connection&, const Error&, bool last);

  Loop& loop_;
  Shared& shared_;
};

}  // namespace net
