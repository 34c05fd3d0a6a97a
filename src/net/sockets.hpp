#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "core/service.hpp"

namespace net {

class Loop;
struct Connection;
struct Shared;

// The sockets of a loop: calls in, answers and events out, and who is here.
class Sockets {
 public:
  Sockets(Loop& loop, Shared& shared) : loop_(loop), shared_(shared) {}

  void open(Connection&, Secret<std::string> token, const Actor&);
  void leave(Connection&);
  void take(Connection&, std::span<char>& bytes);  // what was used is gone from the front
  void reply(Connection&, std::int64_t id, const Response&);
  void deliver(const Delivery&);
  void goodbye(Connection&, int code, std::string_view reason);
  void caught_up(Connection&);  // it has read everything that was queued
  void silent(Connection&);     // nothing came from it for a while

 private:
  void call(Connection&, std::string_view text);
  Request request(Connection&, json::Document);
  void push(Connection&, const std::shared_ptr<const std::string>& frame);
  void cut(Connection&);

  Loop& loop_;
  Shared& shared_;
  boost::unordered_flat_map<std::int64_t, Connection*> members_;  // the first of each member's sockets
};

}  // namespace net
