#pragma once
#include <atomic>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "net/address.hpp"
#include "net/server.hpp"
#include "net/tally.hpp"
#include "net/transport.hpp"

namespace net {

// What all loops of a server have in common.
struct Shared {
  Shared(Options o, Service& s, Files f, Hooks h);

  const Options options;
  const Limits& limits = options.limits;
  Service& service;
  const Files files;
  Hooks hooks;
  std::unordered_map<std::string_view, const File*> by_path;
  std::unordered_set<std::string> hosts;  // lower case, without the port; besides the certificate's
  std::unique_ptr<TlsContext> tls;        // none: in the clear
  Addresses addresses;
  int most_connections;
  std::atomic<int> connections = 0;
  std::atomic<bool> stopping = false;
  Meters meters;

  bool goes_by(const std::string& host) const { return hosts.contains(host) || (tls && tls->names(host)); }
  bool secure() const { return options.secure_cookie || tls; }
  const File* file(std::string_view path) const {
    const auto found = by_path.find(path);
    return found == by_path.end() ? nullptr : found->second;
  }
};

}  // namespace net
