#include "net/reactor.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <optional>

namespace asio = boost::asio;
namespace net {
namespace {

// A busy pass ends sooner or later, so that what it gathered leaves.
constexpr int most_handlers_a_pass = 256;

using Executor = asio::io_context::executor_type;
using Descriptor = asio::posix::basic_stream_descriptor<Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

}  // namespace

struct Reactor::Parts {
  explicit Parts(Events& e) : events(e) {}

  void wait(Handle h, Descriptor::wait_type what) {
    auto& d = descriptors[h.slot];
    if (!d) return;
    d->async_wait(what, [this, h, what](boost::system::error_code ec) {
      if (ec == asio::error::operation_aborted) return;
      what == Descriptor::wait_read ? events.readable(h) : events.writable(h);
    });
  }
  void next_tick() {
    timer.expires_after(every);
    timer.async_wait([this](boost::system::error_code ec) {
      if (ec) return;
      events.tick();
      next_tick();
    });
  }

  Events& events;
  asio::io_context io{1};
  Timer timer{io.get_executor()};
  std::chrono::milliseconds every{};
  asio::executor_work_guard<Executor> work{io.get_executor()};
  std::deque<std::optional<Descriptor>> descriptors;  // by slot
};

Reactor::Reactor(Events& e) : parts_(std::make_unique<Parts>(e)) {}
Reactor::~Reactor() = default;

void Reactor::add(Handle h, int fd) {
  auto& all = parts_->descriptors;
  if (all.size() <= h.slot) all.resize(h.slot + 1);
  all[h.slot].emplace(parts_->io.get_executor(), fd);
}
void Reactor::remove(Handle h) { parts_->descriptors[h.slot].reset(); }
void Reactor::await_read(Handle h) { parts_->wait(h, Descriptor::wait_read); }
void Reactor::await_write(Handle h) { parts_->wait(h, Descriptor::wait_write); }

void Reactor::tick_every(std::chrono::milliseconds every) {
  parts_->every = every;
  parts_->next_tick();
}
void Reactor::wake() {
  asio::post(parts_->io, [] {});
}
void Reactor::pass() {
  parts_->io.run_one();
  for (int i = 1; i < most_handlers_a_pass && parts_->io.poll_one() > 0; ++i) {}
}

}  // namespace net
