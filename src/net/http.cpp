#include "net/http.hpp"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/status.hpp>

#include "base/text.hpp"

namespace http = boost::beast::http;
namespace net {
namespace {

std::string text_of(boost::beast::string_view s) { return {s.data(), s.size()}; }
boost::beast::string_view view_of(std::string_view s) { return {s.data(), s.size()}; }

Error bad_http() {
  return {Error::Kind::bad_request, "request.bad_http", "This is not a request that the server understands"};
}
Error too_large(std::string part) {
  return Error{Error::Kind::too_large, "request.too_large", "This is too large"}.at(std::move(part));
}
Error bad_path() { return {Error::Kind::bad_request, "request.bad_path", "This address is not written correctly"}; }

}  // namespace

struct RequestReader::Parser final : http::basic_parser<true> {
  using Ec = boost::beast::error_code;

  explicit Parser(RequestLimits l) : limits(l) {
    eager(true);
    header_limit(l.header);
    body_limit(l.body);
  }

  void on_request_impl(http::verb, boost::beast::string_view method, boost::beast::string_view target, int,
                       Ec&) override {
    head.method = text_of(method);
    head.target = text_of(target);
  }
  void on_field_impl(http::field name, boost::beast::string_view, boost::beast::string_view value, Ec& ec) override {
    auto* kept = place(name);
    if (!kept) return;
    const bool is_list = name == http::field::accept_encoding || name == http::field::if_none_match;
    // Two answers to one question are how requests are smuggled.
    if (!kept->empty() && !is_list) ec = http::error::bad_field;
    if (!kept->empty()) *kept += ',';
    *kept += text_of(value);
    if (name == http::field::content_type && is_bytes(*kept)) body_limit(limits.bytes);
  }
  std::string* place(http::field name) {
    switch (name) {
      case http::field::host: return &head.host;
      case http::field::origin: return &head.origin;
      case http::field::authorization: return &head.authorization;
      case http::field::cookie: return &head.cookie;
      case http::field::if_none_match: return &head.if_none_match;
      case http::field::accept_encoding: return &head.accept_encoding;
      case http::field::content_type: return &head.content_type;
      case http::field::range: return &head.range;
      case http::field::if_range: return &head.if_range;
      case http::field::upgrade: return &head.upgrade;
      case http::field::sec_websocket_key: return &head.socket_key;
      case http::field::sec_websocket_version: return &head.socket_version;
      case http::field::expect: return &expect;
      default: return nullptr;
    }
  }
  void on_header_impl(Ec&) override {
    head.keep_alive = keep_alive();
    if (!upgrade()) head.upgrade.clear();  // named, but not asked for
    head.length = content_length().value_or(0);
    head.expects_continue = boost::beast::iequals(view_of(expect), "100-continue");
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>& size, Ec&) override {
    if (size) body.reserve(static_cast<std::size_t>(std::min(*size, limits.body)));
  }
  std::size_t on_body_impl(boost::beast::string_view part, Ec&) override {
    body.append(part.data(), part.size());
    return part.size();
  }
  std::size_t on_chunk_body_impl(std::uint64_t, boost::beast::string_view part, Ec& ec) override {
    return on_body_impl(part, ec);
  }
  void on_chunk_header_impl(std::uint64_t, boost::beast::string_view, Ec&) override {}
  void on_finish_impl(Ec&) override {}
  void on_response_impl(int, boost::beast::string_view, int, Ec&) override {}

  RequestLimits limits;
  Head head;
  std::string body, expect;
};

RequestReader::RequestReader(RequestLimits limits) : parser_(std::make_unique<Parser>(limits)) {}
RequestReader::~RequestReader() = default;
bool RequestReader::head_done() const { return parser_->is_header_done(); }
bool RequestReader::done() const { return parser_->is_done(); }
Head& RequestReader::head() { return parser_->head; }
std::string& RequestReader::body() { return parser_->body; }

void RequestReader::take(std::span<char>& bytes) {
  // The end of chunks is never shorter, and Beast asserts that it does not see less of it.
  if (parser_->is_header_done() && parser_->chunked() && bytes.size() < 5) return;
  Parser::Ec ec;
  bytes = bytes.subspan(parser_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec));
  if (parser_->head.target.size() > parser_->limits.target) throw too_large("target");
  if (ec == http::error::header_limit) throw too_large("header");
  if (ec == http::error::body_limit) throw too_large("body");
  if (ec && ec != http::error::need_more) throw bad_http();
  if (!parser_->is_done() && bytes.size() > parser_->limits.header) throw too_large("header");
}

namespace {

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  throw bad_path();
}

std::string decoded(std::string_view s, bool plus_is_space) {
  std::string out;
  out.reserve(s.size());
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '%') {
      if (i + 2 >= s.size()) throw bad_path();
      out += static_cast<char>(hex(s[i + 1]) << 4 | hex(s[i + 2]));
      i += 2;
    } else {
      out += plus_is_space && s[i] == '+' ? ' ' : s[i];
    }
  }
  if (!text::valid(out) || out.contains('\0')) throw bad_path();
  return out;
}

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

// The part before a mark; `rest` then begins behind it.
std::string_view cut(std::string_view& rest, char mark) {
  const auto at = std::min(rest.find(mark), rest.size());
  const auto part = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return part;
}

}  // namespace

Target parse_target(std::string_view target) {
  if (!target.starts_with('/')) throw bad_path();
  auto query = target.substr(0, target.find('#'));
  Target out{.path = decoded(cut(query, '?'), false), .query = {}};
  while (!query.empty()) {
    auto value = cut(query, '&');
    const auto name = cut(value, '=');
    if (!name.empty()) out.query.emplace_back(decoded(name, true), decoded(value, true));
  }
  return out;
}

std::string_view cookie_of(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    auto value = trimmed(cut(header, ';'));
    if (cut(value, '=') == name) return value;
  }
  return {};
}

bool is_bytes(std::string_view content_type) {
  return boost::beast::iequals(view_of(trimmed(content_type.substr(0, content_type.find(';')))),
                               "application/octet-stream");
}

bool lists(std::string_view header, std::string_view word) {
  while (!header.empty()) {
    auto weight = cut(header, ',');
    if (!boost::beast::iequals(view_of(trimmed(cut(weight, ';'))), view_of(word))) continue;
    weight = trimmed(weight);
    return weight.find_first_not_of("qQ=0.") != weight.npos || weight.empty();
  }
  return false;
}

std::string lower(std::string_view s) {
  std::string out(s);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view reason_of(int status) {
  const auto s = http::obsolete_reason(static_cast<http::status>(status));
  return {s.data(), s.size()};
}

}  // namespace net
