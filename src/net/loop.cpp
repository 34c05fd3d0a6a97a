#include "net/loop.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <cerrno>
#include <ctime>

#include "base/log.hpp"

namespace net {
namespace {

constexpr Handle door{0, 0};  // of the listening socket
constexpr int goodbye_seconds = 2;
constexpr std::uint32_t remembered_seconds = 300;  // longer than any admission is on its way
constexpr std::size_t most_notes_kept = 1024;

// A peer that is turned away before anything is read from it.
void turn_away(int fd) {
  constexpr std::string_view busy =
      "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  ::send(fd, busy.data(), busy.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

std::string http_date() {
  const auto t = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&t, &parts);
  char out[40];
  return {out, std::strftime(out, sizeof out, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

// What fails here is a bug or a lack of memory; the server goes on with everybody else.
template <class F>
bool attempt(F f) {
  try {
    f();
    return true;
  } catch (const std::exception&) {
    logging::error("net.failed");
    return false;
  }
}

template <class... F>
struct Either : F... {
  using F::operator()...;
};

}  // namespace

Loop::Loop(Shared& s) : shared_(s), slots_(1), date_(http_date()), now_(now_ms() / 1000) {
  reactor_.tick_every(std::chrono::seconds(1));
}

Loop::~Loop() {
  inbox_->close();
  join();
}

void Loop::start(int listening_fd, Place place) {
  if (listening_fd >= 0) {
    listening_ = listening_fd;
    place_ = std::move(place);
    reactor_.add(door, listening_fd);
    reactor_.await_read(door);
    accepting_ = true;
  }
  thread_ = std::thread([this] { run(); });
}

void Loop::join() {
  if (thread_.joinable()) thread_.join();
}

std::uint32_t Loop::now_ms() const {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
          .count());
}

// --- the pass -----------------------------------------------------------------------------------

void Loop::run() {
  while (!finished()) {
    attempt([&] { reactor_.pass(); });
    end_pass();
  }
  for (auto& s : slots_)
    if (s.connection) close(*s.connection);
  inbox_->close();
  publish();
}

void Loop::end_pass() {
  submit();
  read_inbox();
  flush_all();
  submit();  // what busy connections had kept back
  graves_.clear();
}

void Loop::submit() {
  if (calls_.empty()) return;
  usual_calls_ = calls_.size();
  attempt([&] { shared_.service.submit(std::exchange(calls_, {})); });
}

void Loop::read_inbox() {
  inbox_->take(notes_);
  for (auto& note : notes_) attempt([&] { read(note); });
  if (notes_.capacity() > most_notes_kept) std::vector<Note>().swap(notes_);
  else notes_.clear();
}

void Loop::read(Note& note) {
  std::visit(Either{
                 [&](Batch& batch) {
                   for (const auto& d : *batch) sockets_.deliver(d);
                 },
                 [&](Reply& r) {
                   if (auto* c = find(r.to))
                     guarded(*c, [&] {
                       c->live ? sockets_.reply(*c, r.id, r.response) : web_.reply(*c, std::move(r.response));
                     });
                 },
                 [&](Part& p) {
                   if (auto* c = find(p.to)) guarded(*c, [&] { web_.part(*c, std::move(p.bytes)); });
                 },
                 [&](Ended& ended) { session_ended(*ended); },
                 [&](Newcomer& n) { adopt(std::move(n)); },
                 [&](Stop& s) { begin_stop(s.grace); },
             },
             note);
}

template <class F>
void Loop::guarded(Connection& c, F f) {
  if (!attempt(f)) close(c);
}

void Loop::flush_all() {
  for (std::size_t i = 0; i < dirty_.size(); ++i)
    if (auto& c = *dirty_[i]; !c.closed) guarded(c, [&] { flush(c); });
  dirty_.clear();
}

// --- coming and going ---------------------------------------------------------------------------

void Loop::accept_all() {
  for (int i = 0; i < 64; ++i) {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    Descriptor fd(::accept4(listening_, reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!fd && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)) {
      logging::warn("net.no_descriptors", {{"connections", shared_.connections.load()}});
      accepting_ = false;  // until the next tick
      return;
    }
    if (!fd && errno != ECONNABORTED && errno != EINTR) break;
    if (!fd) continue;
    const auto address = Address::of(from);
    if (shared_.connections >= shared_.most_connections || !shared_.addresses.join(address)) {
      ++tally_.turned_away;
      if (!shared_.tls) turn_away(fd.get());
      continue;
    }
    ++shared_.connections;
    place_({std::move(fd), address});
  }
  reactor_.await_read(door);
}

void Loop::adopt(Newcomer n) {
  Ssl ssl = shared_.tls ? shared_.tls->accept(n.fd.get()) : nullptr;
  const int fd = n.fd.release(), on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const auto at = free_.back();
  free_.pop_back();
  auto& slot = slots_[at];
  const Handle handle{at, slot.generation};
  reactor_.add(handle, fd);
  slot.connection = std::make_unique<Connection>(handle, n.address, Transport(fd, std::move(ssl)));
  ++count_;
  ++tally_.accepted;
  ++tally_.connections;
  due(*slot.connection, shared_.limits.head_seconds);
  stopping_ ? close(*slot.connection) : want_read(*slot.connection);
}

void Loop::close(Connection& c) {
  if (std::exchange(c.closed, true)) return;
  if (c.live) sockets_.leave(c);
  reactor_.remove(c.handle);
  auto& slot = slots_[c.handle.slot];
  ++slot.generation;
  graves_.push_back(std::move(slot.connection));
  free_.push_back(c.handle.slot);
  shared_.addresses.leave(c.address);
  --shared_.connections;
  --count_;
  --tally_.connections;
}

Connection* Loop::find(Handle h) {
  auto& slot = slots_[h.slot];
  return slot.generation == h.generation ? slot.connection.get() : nullptr;
}

void Loop::turn(Connection& c, Secret<std::string> token, const Actor& who) { sockets_.open(c, std::move(token), who); }

// --- bytes in -----------------------------------------------------------------------------------

void Loop::readable(Handle h) {
  if (h.slot == door.slot) return accept_all();
  auto* c = find(h);
  if (!c) return;
  c->reading = false;
  guarded(*c, [&] { receive(*c); });
}

void Loop::want_read(Connection& c) {
  if (!std::exchange(c.reading, true)) reactor_.await_read(c.handle);
}

bool Loop::busy(const Connection& c) const {
  if (c.draining) return false;
  return c.awaiting || c.stream || c.ending || (c.live && c.live->calls >= shared_.limits.calls) ||
         c.out.bytes() > static_cast<std::size_t>(shared_.limits.unsent_bytes);
}

void Loop::receive(Connection& c) {
  do {
    if (busy(c)) {
      c.paused = true;
      return;
    }
    const auto got = c.transport.read(buffer_);
    tally_.received += got.bytes;
    if (got.then == Wants::end) return c.out.empty() ? close(c) : finish(c);
    if (got.then == Wants::write) return reactor_.await_write(c.handle);
    if (got.then == Wants::read) break;
    if (!c.draining) take(c, std::span(buffer_).first(got.bytes));
    if (c.closed) return;
    if (busy(c) && !c.partial.empty()) {
      c.paused = true;
      return;
    }
  } while (c.transport.has_unread());
  want_read(c);
}

void Loop::take(Connection& c, std::span<char> fresh) {
  std::string held = std::move(c.partial);
  c.partial = {};
  if (!held.empty()) {
    held.append(fresh.data(), fresh.size());
    fresh = held;
  }
  c.live ? sockets_.take(c, fresh) : web_.take(c, fresh);
  if (c.closed || c.ending || fresh.empty()) return;
  if (held.empty()) held.assign(fresh.data(), fresh.size());
  else held.erase(0, held.size() - fresh.size());
  c.partial = std::move(held);
}

void Loop::resume(Connection& c) {
  if (c.closed || !c.paused || busy(c)) return;
  c.paused = false;
  if (!c.partial.empty()) take(c, {});
  if (!c.closed) receive(c);
}

void Loop::call(Connection& c, Request request, std::int64_t id) {
  if (calls_.empty()) calls_.reserve(usual_calls_);
  calls_.push_back({std::move(request),
                    [inbox = inbox_, to = c.handle, id](Response r) { inbox->put(Reply{to, id, std::move(r)}); }});
}

void Loop::fetch(Connection& c) {
  shared_.service.fetch({c.stream->from, c.stream->at, [inbox = inbox_, to = c.handle](std::string bytes) {
                           inbox->put(Part{to, std::move(bytes)});
                         }});
}

// --- bytes out ----------------------------------------------------------------------------------

void Loop::send(Connection& c, Piece p) {
  c.out.push(std::move(p));
  touch(c);
}

void Loop::touch(Connection& c) {
  if (c.blocked || c.closed || std::exchange(c.dirty, true)) return;
  dirty_.push_back(&c);
}

void Loop::finish(Connection& c) {
  c.ending = true;
  touch(c);
}

void Loop::flush(Connection& c) {
  c.dirty = false;
  std::array<iovec, 64> parts;
  while (!c.out.empty()) {
    const auto done = c.transport.write(std::span(parts).first(c.out.gather(parts)));
    tally_.sent += done.bytes;
    ++tally_.writes;
    c.out.sent(done.bytes);
    if (done.then == Wants::end) return close(c);
    if (done.then == Wants::nothing) continue;
    c.blocked = true;
    if (!c.live || c.ending)
      due(c, shared_.limits.write_seconds + static_cast<int>(c.out.bytes()) / shared_.limits.slowest_bytes_a_second);
    return reactor_.await_write(c.handle);
  }
  drained(c);
}

void Loop::writable(Handle h) {
  auto* c = find(h);
  if (!c) return;
  c->blocked = false;
  touch(*c);
  if (!c->reading && !c->paused) want_read(*c);  // a handshake that had to write first
}

void Loop::drained(Connection& c) {
  if (c.ending && !c.draining) {
    c.transport.finish();
    c.draining = true;
    c.partial = {};
    due(c, goodbye_seconds);
    c.paused = false;
    return want_read(c);
  }
  if (c.stream) return web_.more(c);
  if (stopping_) leave_gently(c);
  if (c.closed || c.ending) return;
  if (c.live) sockets_.caught_up(c);
  else if (!c.awaiting && !c.request) due(c, shared_.limits.idle_seconds);
  resume(c);
}

// --- time ---------------------------------------------------------------------------------------

void Loop::due(const Connection& c, int seconds) {
  slots_[c.handle.slot].deadline = now_ + static_cast<std::uint32_t>(seconds);
}

void Loop::tick() {
  now_ = now_ms() / 1000;
  date_ = http_date();
  publish();
  for (auto& s : slots_)
    if (s.connection && s.deadline < now_) guarded(*s.connection, [&] { expire(*s.connection); });
  std::erase_if(over_, [&](const auto& s) { return s.second + remembered_seconds < now_; });
  if (!place_) return;
  shared_.addresses.sweep(now_ms());
  if (!accepting_ && !stopping_) {
    accepting_ = true;
    reactor_.await_read(door);
  }
}

void Loop::expire(Connection& c) { c.live && !c.ending ? sockets_.silent(c) : close(c); }

void Loop::session_ended(const std::vector<SessionId>& sessions) {
  for (const auto s : sessions) over_[s.value] = now_;
  each_live([&](Connection& c) {
    if (session_over(c.live->session)) sockets_.goodbye(c, 4001, "This session is over");
  });
}

// --- the end ------------------------------------------------------------------------------------

void Loop::begin_stop(std::chrono::milliseconds grace) {
  stopping_ = true;
  give_up_ = std::chrono::steady_clock::now() + grace;
  if (place_) reactor_.remove(door);
  for (auto& s : slots_)
    if (s.connection) leave_gently(*s.connection);
  reactor_.tick_every(std::chrono::milliseconds(100));
}

// Now if nothing is under way on it, else with the answer to what is.
void Loop::leave_gently(Connection& c) {
  if (c.live && c.live->calls == 0) sockets_.goodbye(c, 1001, "The server is stopping");
  else if (!c.live && !c.request && !c.stream && c.out.empty()) close(c);
}

bool Loop::finished() const { return stopping_ && (count_ == 0 || std::chrono::steady_clock::now() >= give_up_); }

}  // namespace net
