#pragma once
#include <array>
#include <thread>
#include <unordered_map>

#include "net/connection.hpp"
#include "net/inbox.hpp"
#include "net/shared.hpp"
#include "net/sockets.hpp"
#include "net/web.hpp"

namespace net {

// One net thread and the connections that are its own. Time runs in passes: handle what is ready,
// hand the gathered calls to the service, read the inbox, write to everyone who has something to
// get, free what was closed.
class Loop final : Reactor::Events {
 public:
  explicit Loop(Shared&);
  ~Loop() override;

  // From any thread.
  using Place = std::function<void(Newcomer)>;
  void start(int listening_fd, Place);  // -1: another loop accepts
  void put(Note n) { inbox_->put(std::move(n)); }
  void hold() { inbox_->hold(); }
  void release() { inbox_->release(); }
  void join();

  // From its own thread, for the protocols.
  void send(Connection&, Piece);  // leaves at the end of the pass
  void finish(Connection&);       // closes once everything has left
  void close(Connection&);        // at once
  void call(Connection&, Request, std::int64_t id);
  void fetch(Connection&);                                            // the next part of its file
  void due(const Connection&, int seconds);                           // expires then, unless told otherwise
  bool busy(const Connection&) const;                                 // takes nothing new for now
  void resume(Connection&);                                           // if it was busy and is no more
  void touch(Connection&);                                            // has something to write
  void turn(Connection& c, Secret<std::string> token, const Actor&);  // from HTTP into a socket
  template <class F>
  void each_live(F f) {
    for (auto& s : slots_)
      if (s.connection && s.connection->live) f(*s.connection);
  }

  std::uint32_t now() const { return now_; }  // seconds since some start
  std::uint32_t now_ms() const;
  std::string_view date() const { return date_; }
  bool session_over(SessionId s) const { return over_.contains(s.value); }
  Tally& tally() { return tally_; }
  void publish() { shared_.meters.take(tally_); }

 private:
  struct Slot {
    std::unique_ptr<Connection> connection;
    std::uint32_t generation = 0, deadline = 0;
  };

  void readable(Handle) override;
  void writable(Handle) override;
  void tick() override;

  void run();
  void end_pass();
  void submit();
  void read_inbox();
  void read(Note&);
  void accept_all();
  void adopt(Newcomer);
  Connection* find(Handle);
  void receive(Connection&);
  void take(Connection&, std::span<char>);
  void want_read(Connection&);
  void flush(Connection&);
  void flush_all();
  void drained(Connection&);
  void expire(Connection&);
  void session_ended(const std::vector<SessionId>&);
  void begin_stop(std::chrono::milliseconds grace);
  void leave_gently(Connection&);
  bool finished() const;
  template <class F>
  void guarded(Connection&, F);

  Shared& shared_;
  Reactor reactor_{*this};
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>(reactor_);
  Web web_{*this, shared_};
  Sockets sockets_{*this, shared_};
  Place place_;  // where an accepted connection goes; empty: this loop does not accept
  std::thread thread_;

  std::vector<Slot> slots_;  // the first is the listening socket's
  std::vector<std::uint32_t> free_;
  std::vector<std::unique_ptr<Connection>> graves_;
  std::vector<Connection*> dirty_;
  std::vector<Call> calls_;
  std::size_t usual_calls_ = 0;  // of the last pass that had any
  std::vector<Note> notes_;
  std::unordered_map<std::int64_t, std::uint32_t> over_;  // sessions, and since when: an admission may be on its way
  std::array<char, 64 * 1024> buffer_;
  Tally tally_;
  std::string date_;
  std::uint32_t now_;
  int listening_ = -1, count_ = 0;
  bool accepting_ = false, stopping_ = false;
  std::chrono::steady_clock::time_point give_up_{};
};

}  // namespace net
