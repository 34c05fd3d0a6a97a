#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

// HTTP/1.1, the server's side: requests out of bytes, heads of answers into them. Does no I/O.
namespace net {

// What the server looks at in the head of a request.
struct Head {
  std::string method, target;
  std::string host, origin, authorization, cookie;
  std::string if_none_match, accept_encoding;
  std::string content_type, range, if_range;
  std::string upgrade, socket_key, socket_version;
  std::uint64_t length = 0;       // of the body, if the client said it
  bool keep_alive = false;        // the connection may carry another request
  bool expects_continue = false;  // the client waits before it sends the body
};

struct RequestLimits {
  std::uint32_t header;
  std::size_t target;
  std::uint64_t body;
  std::uint64_t bytes;  // of a body that is no JSON
};

// Reads one request, however its bytes arrive.
class RequestReader {
 public:
  explicit RequestReader(RequestLimits);
  ~RequestReader();

  // Takes what it can from the front of `bytes`. Throws Error request.bad_http or request.too_large.
  void take(std::span<char>& bytes);
  bool head_done() const;
  bool done() const;
  Head& head();
  std::string& body();

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

// A target taken apart and decoded. Throws Error request.bad_path.
struct Target {
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
};
Target parse_target(std::string_view);

// The value of one cookie; empty if there is none.
std::string_view cookie_of(std::string_view header, std::string_view name);

// Whether a body is bytes rather than JSON.
bool is_bytes(std::string_view content_type);

// Whether a comma-separated header holds a word, whatever its case, and not with ";q=0".
bool lists(std::string_view header, std::string_view word);

std::string lower(std::string_view);
std::string_view reason_of(int status);

}  // namespace net
