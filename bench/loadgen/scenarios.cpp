#include "scenarios.hpp"

#include <charconv>
#include <cstdio>
#include <random>

#include "carillon.hpp"
#include "meter.hpp"

namespace load {
namespace {

// Measures from its making until stop().
class Meter {
 public:
  Meter(const Plan& plan, Result& r)
      : server_(plan.server), r_(r), from_(now_ns()), cpu_(server_.cpu()), own_(own_cpu()) {
    r_.memory_before_kb = server_.memory_kb();
  }
  void stop() {
    r_.seconds = static_cast<double>(now_ns() - from_) / 1e9;
    r_.server_cpu = server_.cpu() - cpu_;
    r_.own_cpu = own_cpu() - own_;
    r_.memory_after_kb = server_.memory_kb();
  }

 private:
  Processes server_;
  Result& r_;
  std::int64_t from_;
  double cpu_, own_;
};

// Messages in a closed loop, each sender's next one on the answer to the last, or so many a second in turn.
class Talk {
 public:
  Talk(const Plan& plan, Loop& loop, Wire& wire, int stride)
      : plan_(plan), loop_(loop), wire_(wire), stride_(stride), sent_(static_cast<std::size_t>(loop.size())) {}

  std::int64_t said() const { return id_; }
  std::int64_t sent(const Socket& s) const { return sent_[static_cast<std::size_t>(s.number())]; }
  void answered(Socket& s) {
    if (!over_ && plan_.rate == 0) say(s.number());
  }
  // `all`: whether everything that was said has arrived.
  void run(int senders, const std::function<bool()>& all) {
    const auto began = now_ns();
    if (plan_.rate == 0)
      for (int i = 0; i < senders; ++i) say(i * stride_);
    loop_.run(
        [&] {
          const auto elapsed = static_cast<double>(now_ns() - began) / 1e9;
          while (plan_.rate > 0 && static_cast<double>(id_) < elapsed * plan_.rate)
            say(static_cast<int>(id_ % senders) * stride_);
          return elapsed >= plan_.seconds;
        },
        plan_.seconds + 5);
    over_ = true;
    loop_.run(all, 20);
  }

 private:
  void say(int socket) {
    const auto now = now_ns();
    sent_[static_cast<std::size_t>(socket)] = now;
    wire_.say(loop_.socket(socket), ++id_, std::to_string(now) + " 请在周五之前把合同送到三楼会议室，谢谢。");
  }

  const Plan& plan_;
  Loop& loop_;
  Wire& wire_;
  int stride_;
  std::vector<std::int64_t> sent_;
  std::int64_t id_ = 0;
  bool over_ = false;
};

}  // namespace

std::string Result::json(std::string_view scenario, int count) const {
  char out[700];
  const double work = static_cast<double>(done);
  std::snprintf(
      out, sizeof out,
      R"({"scenario":"%.*s","count":%d,"done":%lld,"seconds":%.2f,"per_second":%.0f,"server_cpu":%.3f,"per_cpu_second":%.0f,)"
      R"("p50_ms":%.2f,"p99_ms":%.2f,"max_ms":%.2f,"memory_before_kb":%.0f,"memory_after_kb":%.0f,"own_cpu":%.2f,"failed":%d})",
      static_cast<int>(scenario.size()), scenario.data(), count, static_cast<long long>(done), seconds, work / seconds,
      server_cpu, server_cpu > 0 ? work / server_cpu : 0, latency.percentile(50), latency.percentile(99),
      latency.percentile(100), memory_before_kb, memory_after_kb, own_cpu, failed);
  return out;
}

Result storm(const Plan& plan, Wire& wire) {
  wire.set_up(Work::alone, plan.count);
  Result r;
  Loop loop(plan.target, wire);
  std::vector<std::int64_t> began(static_cast<std::size_t>(plan.count));
  loop.on_open = [&](Socket& s) { r.latency.add(now_ns() - began[static_cast<std::size_t>(s.number())]); };
  Meter meter(plan, r);
  loop.run(
      [&] {
        while (loop.size() < plan.count && loop.size() - loop.open() - loop.failed() < wire.at_once()) {
          began[static_cast<std::size_t>(loop.size())] = now_ns();
          loop.connect();
        }
        return loop.open() + loop.failed() >= plan.count;
      },
      120);
  meter.stop();
  r.done = loop.open();
  r.failed = plan.count - loop.open();
  return r;
}

Result idle(const Plan& plan, Wire& wire) {
  wire.set_up(Work::alone, plan.count);
  Result r;
  Loop loop(plan.target, wire);
  Meter meter(plan, r);
  loop.connect_all(plan.count);
  loop.run([] { return false; }, plan.seconds);
  meter.stop();
  r.done = loop.open();
  r.failed = plan.count - loop.open();
  return r;
}

Result direct(const Plan& plan, Wire& wire) {
  const int people = plan.count * 2;
  wire.set_up(Work::pairs, people);
  Result r;
  Loop loop(plan.target, wire);
  loop.connect_all(people);
  Talk talk(plan, loop, wire, 2);
  wire.on_answer = [&](Socket& s) {
    r.latency.add(now_ns() - talk.sent(s));
    ++r.done;
    talk.answered(s);
  };
  Meter meter(plan, r);
  talk.run(plan.count, [&] { return r.done == talk.said(); });
  meter.stop();
  r.failed = loop.failed() + static_cast<int>(talk.said() - r.done);
  return r;
}

Result group(const Plan& plan, Wire& wire) {
  wire.set_up(Work::group, plan.count);
  Result r;
  Loop loop(plan.target, wire);
  loop.connect_all(plan.count);
  Talk talk(plan, loop, wire, 1);
  wire.on_answer = [&](Socket& s) { talk.answered(s); };
  wire.on_delivery = [&](Socket&, std::string_view text) {
    std::int64_t sent = 0;
    std::from_chars(text.data(), text.data() + text.size(), sent);
    r.latency.add(now_ns() - sent);
    ++r.done;
  };
  Meter meter(plan, r);
  talk.run(plan.senders, [&] { return r.done == talk.said() * plan.count; });
  meter.stop();
  r.failed = loop.failed() + static_cast<int>(talk.said() * plan.count - r.done);
  return r;
}

Result history(const Plan& plan, Wire& any) {
  auto& wire = dynamic_cast<Carillon&>(any);
  const int people = plan.count * 2;
  wire.set_up(Work::pairs, people);
  Result r;
  Loop loop(plan.target, wire);
  loop.connect_all(people);
  std::mt19937_64 random(7);
  std::vector<std::int64_t> sent(static_cast<std::size_t>(people));
  std::int64_t id = 0;
  const auto ask = [&](Socket& s) {
    const auto& chat = wire.chat(s.number());
    const auto pages = static_cast<std::uint64_t>(std::max<std::int64_t>(chat.head - 50, 1));
    const auto before = 51 + static_cast<std::int64_t>(random() % pages);
    sent[static_cast<std::size_t>(s.number())] = now_ns();
    wire.ask(s, R"({"id":)" + std::to_string(++id) + R"(,"get":"/chat/conversations/)" + chat.id +
                    R"(/entries","body":{"before":)" + std::to_string(before) + R"(,"limit":50}})");
  };
  bool over = false;
  wire.on_answer = [&](Socket& s) {
    r.latency.add(now_ns() - sent[static_cast<std::size_t>(s.number())]);
    ++r.done;
    if (!over) ask(s);
  };
  Meter meter(plan, r);
  for (int i = 0; i < people; i += 2) ask(loop.socket(i));
  loop.run([] { return false; }, plan.seconds);
  over = true;
  loop.run([&] { return r.done == id; }, 10);
  meter.stop();
  r.failed = loop.failed();
  return r;
}

}  // namespace load
