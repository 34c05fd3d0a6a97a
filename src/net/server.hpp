#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/service.hpp"

// The listener: HTTP/1.1, WebSocket and TLS in front of a Service, and live events behind it.
namespace net {

// What one peer may take. Times are in seconds.
struct Limits {
  int header_bytes = 16 * 1024;
  int target_bytes = 4 * 1024;
  int body_bytes = 256 * 1024;
  int piece_bytes = 1024 * 1024;   // of a body that is no JSON: a piece of a file
  int message_bytes = 256 * 1024;  // of a WebSocket message
  int unsent_bytes = 1024 * 1024;  // queued for a slow reader before it is cut off
  int calls = 64;                  // that a socket may have unanswered
  int connections = 16'000;        // in all; fewer if the system allows fewer descriptors
  int connections_an_address = 1024;
  double requests_a_second = 500;  // of one address, over HTTP; 0: any number
  double requests_at_once = 2000;
  double messages_a_second = 200;  // of one socket; 0: any number
  double messages_at_once = 500;
  int head_seconds = 10;                  // for the head of a request, and for a TLS handshake
  int slowest_bytes_a_second = 8 * 1024;  // of a body on its way in, of an answer on its way out
  int idle_seconds = 60;                  // between two requests
  int answer_seconds = 60;                // for the service
  int write_seconds = 30;                 // for a peer that takes nothing, besides what its bytes are allowed
  int ping_seconds = 50;                  // a socket that says nothing for so long is asked
  int silence_seconds = 120;              // and for so long, closed
};
BOOST_DESCRIBE_STRUCT(Limits, (),
                      (header_bytes, target_bytes, body_bytes, piece_bytes, message_bytes, unsent_bytes, calls,
                       connections, connections_an_address, requests_a_second, requests_at_once, messages_a_second,
                       messages_at_once, head_seconds, slowest_bytes_a_second, idle_seconds, answer_seconds,
                       write_seconds, ping_seconds, silence_seconds))

struct Tls {
  std::string cert_file, key_file;
};
BOOST_DESCRIBE_STRUCT(Tls, (), (cert_file, key_file))

struct Options {
  std::string address = "127.0.0.1";  // numeric; another than loopback needs TLS
  int port = 0;                       // 0: any that is free
  int threads = 1;
  std::vector<std::string> hosts = {};  // names it answers to, besides the loopback ones and those of its certificate
  std::optional<Tls> tls = {};
  bool secure_cookie = false;  // also without TLS here: something in front of it speaks TLS
  bool metrics = true;         // at /metrics, for callers from loopback
  Limits limits = {};
  // The GET route whose success admits a caller to the socket.
  std::string admission = "/identity/admission";
};
BOOST_DESCRIBE_STRUCT(Options, (), (address, port, threads, hosts, tls, secure_cookie, metrics, limits, admission))

// A file of the client. The views must outlive the server.
struct File {
  std::string_view path;  // "/assets/app.js"
  std::string_view type;  // "text/javascript; charset=utf-8"
  std::string_view tag;   // changes with the contents
  std::string_view bytes;
  std::string_view gzip;  // the same, compressed; empty if that does not pay
};
using Files = std::vector<File>;

// What only the whole program knows. Called on net threads; must be quick.
struct Hooks {
  std::function<bool()> ready = [] { return true; };
  std::function<std::string()> metrics = [] { return std::string(); };
};

class Loop;
struct Shared;

class Server final : public Listener {
 public:
  // Throws std::runtime_error, in words, for options that are not safe or do not work.
  Server(Options, Service&, Files, Hooks = {});
  ~Server() override;

  void start();  // binds and serves; throws std::runtime_error
  int port() const { return port_; }

  // Accepts nobody any more, answers what was asked, says goodbye and closes; cuts off what is
  // left after the grace. Returns when all of it is done.
  void stop(std::chrono::milliseconds grace = std::chrono::seconds(10));

  void reload();  // the certificate, from its files; throws and keeps the old one if they do not fit

  void deliver(std::vector<Delivery>) override;
  void end(std::vector<SessionId>) override;
  void hold() override;
  void release() override;

 private:
  std::unique_ptr<Shared> shared_;
  std::vector<std::unique_ptr<Loop>> loops_;
  int port_ = 0;
  bool running_ = false;
};

}  // namespace net
