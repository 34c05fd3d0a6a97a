#include "net/web.hpp"

#include <algorithm>

#include "net/download.hpp"
#include "net/loop.hpp"

namespace net {
namespace {

constexpr std::string_view api_prefix = "/api", socket_path = "/socket", session_cookie = "carillon_session";
constexpr std::string_view plain = "text/plain; charset=utf-8";

constexpr std::string_view for_everyone =
    "Content-Security-Policy: default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self' ws: wss:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\nCross-Origin-Opener-Policy: same-origin\r\n";
constexpr std::string_view under_tls = "Strict-Transport-Security: max-age=31536000\r\n";

Error bad_origin() { return Error::forbidden("request.bad_origin", "This request came from a page of another site"); }
Error bad_upgrade() {
  return {Error::Kind::bad_request, "request.bad_upgrade", "This is not how a WebSocket (version 13) is opened"};
}
Error no_method() { return {Error::Kind::not_allowed, "request.no_method", "This address does not know this method"}; }

// "[::1]:8080" is "[::1]", "localhost:8080" is "localhost".
std::string host_name(std::string_view host) {
  const auto from = host.starts_with('[') ? host.find(']') : 0;
  return lower(host.substr(0, from == host.npos ? from : host.find(':', from)));
}

struct Credentials {
  Secret<std::string> token;
  bool by_cookie = false;
};

Credentials credentials(const Head& h) {
  if (lower(h.authorization.substr(0, 7)) == "bearer ") return {Secret(h.authorization.substr(7))};
  const auto cookie = cookie_of(h.cookie, session_cookie);
  return {Secret(std::string(cookie)), !cookie.empty()};
}

// A page of another site can send a browser here with its cookies, but it cannot hide where it is.
void check_origin(const Head& h, bool by_cookie, bool secure) {
  if (h.origin.empty() && !by_cookie) return;
  if (lower(h.origin) != (secure ? "https://" : "http://") + lower(h.host)) throw bad_origin();
}

json::Document input_of(const Head& h, const Target& t, std::string_view body) {
  if (h.method != "GET" && !is_bytes(h.content_type)) return json::Document(body);
  json::Document query;
  for (const auto& [name, value] : t.query) query.set(name, value);
  return query;
}

std::string set_cookie(const Cookie& c, bool secure) {
  const auto& token = c.token.reveal();
  return "Set-Cookie: " + std::string(session_cookie) + '=' + token +
         "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(token.empty() ? 0 : c.age.count()) +
         (secure ? "; Secure\r\n" : "\r\n");
}

bool is_upgrade(const Head& h) { return lower(h.upgrade) == "websocket"; }

}  // namespace

// --- requests -----------------------------------------------------------------------------------

void Web::take(Connection& c, std::span<char>& bytes) {
  const auto& l = shared_.limits;
  while (!bytes.empty() && !c.closed && !loop_.busy(c)) {
    try {
      if (!c.request) {
        c.request = std::make_unique<RequestReader>(
            RequestLimits{static_cast<std::uint32_t>(l.header_bytes), static_cast<std::size_t>(l.target_bytes),
                          static_cast<std::uint64_t>(l.body_bytes), static_cast<std::uint64_t>(l.piece_bytes)});
        loop_.due(c, l.head_seconds);
      }
      const bool had_head = c.request->head_done();
      c.request->take(bytes);
      if (c.request->done()) handle(c);
      else if (c.request->head_done() && !had_head) wait_for_body(c);
      else return;
    } catch (const Error& e) {
      bytes = {};
      refuse(c, e, true);
    }
  }
}

void Web::wait_for_body(Connection& c) {
  const auto& l = shared_.limits;
  const auto size = c.request->head().length ? static_cast<int>(c.request->head().length) : l.body_bytes;
  loop_.due(c, l.head_seconds + size / l.slowest_bytes_a_second);
  if (c.request->head().expects_continue) loop_.send(c, Piece::lasting("HTTP/1.1 100 Continue\r\n\r\n"));
}

void Web::handle(Connection& c) {
  const Head& head = c.request->head();
  try {
    if (!shared_.goes_by(host_name(head.host)))
      throw Error::forbidden("request.bad_host", "The server does not go by this name");
    if (!shared_.addresses.spend(c.address, loop_.now_ms()))
      throw Error{Error::Kind::too_many, "request.too_many", "These are too many requests; please wait a moment"};
    auto target = parse_target(head.target);
    if (target.path.starts_with(api_prefix) && target.path.size() > api_prefix.size() &&
        target.path[api_prefix.size()] == '/')
      return api(c, std::move(target));
    if (head.method != "GET" && head.method != "HEAD") throw no_method();
    if (!page(c, target.path)) file(c, target.path);
  } catch (const Error& e) { refuse(c, e, false); }
}

void Web::api(Connection& c, Target target) {
  const Head& head = c.request->head();
  constexpr std::string_view methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
  if (std::ranges::find(methods, head.method) == std::end(methods)) throw no_method();
  auto [token, by_cookie] = credentials(head);
  Request r{.method = head.method,
            .path = target.path.substr(api_prefix.size()),
            .token = std::move(token),
            .address = c.address.text()};
  const bool upgrade = r.path == socket_path;
  if (upgrade || head.method != "GET") check_origin(head, by_cookie, shared_.secure());
  if (upgrade) return socket(c, std::move(r));
  r.input = input_of(head, target, c.request->body());
  if (head.method != "GET" && is_bytes(head.content_type)) r.bytes = std::move(c.request->body());
  c.awaiting = true;
  loop_.due(c, shared_.limits.answer_seconds);
  loop_.call(c, std::move(r), 0);
}

void Web::reply(Connection& c, Response r) {
  c.awaiting = false;
  c.opening ? admit(c, std::move(r)) : answer(c, std::move(r));
}

// --- the way into a socket ----------------------------------------------------------------------

void Web::socket(Connection& c, Request r) {
  const Head& head = c.request->head();
  if (!is_upgrade(head) || head.method != "GET" || head.socket_version != "13" || head.socket_key.size() != 24)
    throw bad_upgrade();
  r.path = shared_.options.admission;
  c.opening = true;
  c.awaiting = true;
  loop_.due(c, shared_.limits.answer_seconds);
  loop_.call(c, std::move(r), 0);
}

void Web::admit(Connection& c, Response r) {
  c.opening = false;
  if (r.status != 200) return answer(c, std::move(r));
  if (!r.who || r.who->member.value == 0 || loop_.session_over(r.who->session))
    return refuse(c, Error::unknown_caller("identity.sign_in_first", "Please sign in"), false);
  auto token = credentials(c.request->head()).token;
  loop_.send(
      c, Piece::of(
             "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
             accept_key(c.request->head().socket_key) + "\r\n\r\n"));
  ++loop_.tally().answers[1];
  c.request.reset();
  loop_.turn(c, std::move(token), *r.who);
}

// --- what is not the API ------------------------------------------------------------------------

bool Web::page(Connection& c, std::string_view path) {
  if (path == "/healthz")
    return answer(c, {.type = plain, .headers = "Cache-Control: no-store\r\n", .body = Piece::lasting("alive\n")}),
           true;
  if (path == "/readyz") {
    const bool ready = !shared_.stopping && shared_.hooks.ready();
    answer(c, {.status = ready ? 200 : 503,
               .type = plain,
               .headers = "Cache-Control: no-store\r\n",
               .body = Piece::lasting(ready ? "ready\n" : "not ready\n")});
    return true;
  }
  if (path != "/metrics" || !shared_.options.metrics) return false;
  if (!c.address.loopback()) throw Error::forbidden("request.loopback_only", "This is for the server's own machine");
  loop_.publish();
  answer(c, {.type = "text/plain; version=0.0.4; charset=utf-8",
             .headers = "Cache-Control: no-store\r\n",
             .body = Piece::of(shared_.hooks.metrics())});
  return true;
}

void Web::file(Connection& c, std::string_view path) {
  const bool for_ever = path.starts_with("/assets/");  // their names change with their contents
  const File* f = shared_.file(path == "/" ? "/index.html" : path);
  if (!f && !for_ever) f = shared_.file("/index.html");  // an address of the client's own
  if (!f) throw Error::missing("request.no_page", "There is no such page");
  const Head& head = c.request->head();
  const bool packed = !f->gzip.empty() && lists(head.accept_encoding, "gzip");
  const auto tag = '"' + std::string(f->tag) + (packed ? "-gz\"" : "\"");
  Answer a{.type = f->type, .body = Piece::lasting(packed ? f->gzip : f->bytes)};
  a.headers =
      "ETag: " + tag +
      (for_ever ? "\r\nCache-Control: public, max-age=31536000, immutable\r\n" : "\r\nCache-Control: no-cache\r\n");
  if (!f->gzip.empty()) a.headers += "Vary: Accept-Encoding\r\n";
  if (packed) a.headers += "Content-Encoding: gzip\r\n";
  const auto& known = head.if_none_match;
  if (lists(known, tag) || lists(known, "W/" + tag) || known == "*") a.status = 304;
  answer(c, std::move(a));
}

// --- answers ------------------------------------------------------------------------------------

void Web::refuse(Connection& c, const Error& e, bool last) {
  const auto r = refusal(e);
  Answer a{.status = r.status, .headers = "Cache-Control: no-store\r\n", .body = Piece::of(r.body), .last = last};
  if (e.kind == Error::Kind::too_many) a.headers += "Retry-After: 1\r\n";
  answer(c, std::move(a));
}

void Web::answer(Connection& c, Response r) {
  if (r.file) return download(c, *r.file);
  std::string headers = "Cache-Control: no-store\r\n";
  if (r.cookie) headers += set_cookie(*r.cookie, shared_.secure());
  answer(c, {.status = r.status, .type = r.type, .headers = std::move(headers), .body = Piece::of(std::move(r.body))});
}

void Web::answer(Connection& c, Answer a) {
  const bool bare = a.status == 304 || c.request->head().method == "HEAD";
  const bool last = a.last || shared_.stopping || !c.request->head().keep_alive;
  std::string out;
  out.reserve(1024);
  ((((out += "HTTP/1.1 ") += std::to_string(a.status)) += ' ') += reason_of(a.status)) += "\r\nDate: ";
  out += loop_.date();
  if (a.status != 304) {
    (out += "\r\nContent-Type: ") += a.type;
    (out += "\r\nContent-Length: ") += std::to_string(a.file ? a.file->end - a.file->at : a.body.size);
  }
  ((out += "\r\n") += for_everyone) += a.headers;
  if (shared_.tls) out += under_tls;
  out += last ? "Connection: close\r\n\r\n" : "\r\n";
  loop_.send(c, Piece::of(std::move(out)));
  if (!bare) loop_.send(c, std::move(a.body));
  ++loop_.tally().answers[static_cast<std::size_t>(a.status) / 100 % 6];
  c.request.reset();
  c.stream = std::move(a.file);
  if (c.stream) c.stream->last = last;
  else if (last) loop_.finish(c);
}

// --- files on their way out ----------------------------------------------------------------------

void Web::download(Connection& c, const Download& d) {
  const Head& head = c.request->head();
  const auto size = d.bytes->size();
  const auto tag = '"' + d.tag + '"';
  Answer a{.type = d.type, .headers = file_headers(d, tag)};
  const auto range = head.if_range.empty() || head.if_range == tag ? range_of(head.range, size) : Range::whole(size);
  if (lists(head.if_none_match, tag)) {
    a.status = 304;
  } else if (!range) {
    const auto r = refusal(Error{Error::Kind::bad_range, "request.bad_range", "This file has no such part"});
    a = {.status = r.status,
         .headers = "Content-Range: bytes */" + std::to_string(size) + "\r\n",
         .body = Piece::of(r.body)};
  } else {
    a.status = range->part ? 206 : 200;
    if (range->part)
      a.headers += "Content-Range: bytes " + std::to_string(range->from) + '-' + std::to_string(range->end - 1) + '/' +
                   std::to_string(size) + "\r\n";
    a.file = std::make_unique<Streaming>(d.bytes, range->from, range->end, false);
  }
  answer(c, std::move(a));
}

void Web::more(Connection& c) {
  auto& s = *c.stream;
  if (s.at < s.end) {
    if (std::exchange(s.asked, true)) return;
    loop_.due(c, shared_.limits.answer_seconds);
    return loop_.fetch(c);
  }
  const bool last = s.last;
  c.stream.reset();
  if (last || shared_.stopping) return loop_.finish(c);
  loop_.due(c, shared_.limits.idle_seconds);
  loop_.resume(c);
}

// What cannot be read ends the connection: the peer sees that it did not get all.
void Web::part(Connection& c, std::string bytes) {
  auto& s = *c.stream;
  s.asked = false;
  if (bytes.empty()) return loop_.close(c);
  bytes.resize(std::min<std::uint64_t>(bytes.size(), s.end - s.at));
  s.at += bytes.size();
  loop_.send(c, Piece::of(std::move(bytes)));
}

}  // namespace net
