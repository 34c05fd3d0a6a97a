#include "net/sockets.hpp"

#include "net/loop.hpp"

namespace net {
namespace {

constexpr int goodbye_seconds = 5;

// {"id":7,"status":200,"body":…} as one frame.
std::string answer_frame(std::optional<std::int64_t> id, const Response& r) {
  json::Writer w;
  w.begin('{');
  w.key("id");
  json::write(w, id);
  w.key("status");
  json::write(w, r.status);
  w.key("body");
  if (r.type == "application/json") w.raw(r.body);
  else w.put(std::string_view{r.body});
  w.end('}');
  return frame(Opcode::text, w.take());
}

Error too_many() {
  return {Error::Kind::too_many, "request.too_many", "These are too many requests; please wait a moment"};
}
Error over_http() {
  return {Error::Kind::bad_request, "request.over_http", "Files travel over HTTP, not through a socket"};
}
Error no_verb() {
  return {Error::Kind::bad_request, "request.bad_message", "A message names a get, a post or a delete"};
}

}  // namespace

// --- who is here --------------------------------------------------------------------------------

void Sockets::open(Connection& c, Secret<std::string> token, const Actor& who) {
  c.live = std::make_unique<Live>(static_cast<std::size_t>(shared_.limits.message_bytes));
  c.live->member = who.member;
  c.live->session = who.session;
  c.live->token = std::move(token);
  auto& first = members_[who.member.value];
  c.live->next = std::exchange(first, &c);
  ++loop_.tally().sockets;
  loop_.due(c, shared_.limits.ping_seconds);
}

void Sockets::leave(Connection& c) {
  const auto found = members_.find(c.live->member.value);
  auto** at = &found->second;
  while (*at != &c) at = &(*at)->live->next;
  *at = c.live->next;
  if (!found->second) members_.erase(found);
  --loop_.tally().sockets;
}

void Sockets::goodbye(Connection& c, int code, std::string_view reason) {
  if (c.ending) return;
  c.out.drop_events(c.transport.begun());
  loop_.send(c, Piece::of(close_frame(code, reason)));
  loop_.due(c, goodbye_seconds);
  loop_.finish(c);
}

void Sockets::silent(Connection& c) {
  if (std::exchange(c.live->asked, true)) return loop_.close(c);
  if (!c.blocked) loop_.send(c, Piece::of(frame(Opcode::ping, {})));
  loop_.due(c, shared_.limits.silence_seconds - shared_.limits.ping_seconds);
}

// --- calls --------------------------------------------------------------------------------------

void Sockets::take(Connection& c, std::span<char>& bytes) {
  c.live->asked = false;
  loop_.due(c, shared_.limits.ping_seconds);
  while (!c.closed && !loop_.busy(c)) {
    const auto message = c.live->frames.next(bytes);
    if (!message) break;
    if (message->kind == Opcode::text) call(c, message->payload);
    else if (message->kind == Opcode::ping) loop_.send(c, Piece::of(frame(Opcode::pong, message->payload)));
    else if (message->kind == Opcode::close) goodbye(c, close_code(message->payload), {});
  }
  if (const int code = c.live->frames.broken()) goodbye(c, code, {});
}

void Sockets::call(Connection& c, std::string_view text) {
  ++loop_.tally().messages;
  std::optional<std::int64_t> id;
  try {
    const auto& l = shared_.limits;
    const bool within = c.live->messages.spend(l.messages_a_second, l.messages_at_once, loop_.now_ms());
    json::Document message(text);
    id = message.root().at("id").integer();
    if (!within) throw too_many();
    auto asked = request(c, std::move(message));
    ++c.live->calls;
    loop_.call(c, std::move(asked), *id);
  } catch (const Error& e) { loop_.send(c, Piece::of(answer_frame(id, refusal(e)))); }
}

Request Sockets::request(Connection& c, json::Document message) {
  constexpr std::pair<std::string_view, std::string_view> verbs[] = {
      {"get", "GET"}, {"post", "POST"}, {"delete", "DELETE"}};
  for (const auto& [word, method] : verbs) {
    const auto path = message.root().at(word);
    if (path.absent()) continue;
    Request r{.method = std::string(method), .path = path.text()};
    r.input = message.take("body");
    r.token = c.live->token;
    r.address = c.address.text();
    return r;
  }
  throw no_verb();
}

void Sockets::reply(Connection& c, std::int64_t id, const Response& r) {
  --c.live->calls;
  if (c.ending) return;
  loop_.send(c, Piece::of(answer_frame(id, r.file ? refusal(over_http()) : r)));
  ++loop_.tally().frames;
}

// --- events -------------------------------------------------------------------------------------

void Sockets::deliver(const Delivery& d) {
  std::shared_ptr<const std::string> framed;
  for (const auto member : *d.to) {
    const auto found = members_.find(member.value);
    if (found == members_.end()) continue;
    if (!framed) framed = std::make_shared<const std::string>(frame(Opcode::text, *d.frame));
    for (auto* c = found->second; c; c = c->live->next) push(*c, framed);
  }
}

void Sockets::push(Connection& c, const std::shared_ptr<const std::string>& framed) {
  if (c.live->cut || c.ending) return;
  if (c.out.bytes() + framed->size() > static_cast<std::size_t>(shared_.limits.unsent_bytes)) return cut(c);
  loop_.send(c, Piece::shared(framed, true));
  ++loop_.tally().frames;
}

// A slow reader catches up by number; it never makes the others wait or the server remember.
void Sockets::cut(Connection& c) {
  c.live->cut = true;
  c.out.drop_events(c.transport.begun());
  ++loop_.tally().cut;
  loop_.touch(c);
}

void Sockets::caught_up(Connection& c) {
  if (!std::exchange(c.live->cut, false)) return;
  loop_.send(c, Piece::of(frame(Opcode::text, R"({"event":"net.resync","body":{}})")));
}

}  // namespace net
