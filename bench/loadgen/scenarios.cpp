#include "scenarios.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

namespace load {
namespace {

double server_cpu(int process) {
  if (!process) return 0;
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string all((std::istreambuf_iterator<char>(file)), {});
  std::stringstream words(all.substr(all.rfind(')') + 2));
  std::string word;
  long user = 0, system = 0;
  for (int i = 0; i < 11; ++i) words >> word;
  words >> user >> system;
  return static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double own_cpu() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  return static_cast<double>(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
         static_cast<double>(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

double memory_kb(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6));
  return 0;
}

// Measures from its making until stop().
class Meter {
 public:
  Meter(const Plan& plan, Result& r)
      : plan_(plan), r_(r), from_(now_ns()), server_(server_cpu(plan.server)), own_(own_cpu()) {
    r_.memory_before_kb = memory_kb(plan.server);
  }
  void stop() {
    r_.seconds = static_cast<double>(now_ns() - from_) / 1e9;
    r_.server_cpu = server_cpu(plan_.server) - server_;
    r_.own_cpu = own_cpu() - own_;
    r_.memory_after_kb = memory_kb(plan_.server);
  }

 private:
  const Plan& plan_;
  Result& r_;
  std::int64_t from_;
  double server_, own_;
};

void connect_all(Loop& loop, const std::vector<Person>& people) {
  for (std::size_t i = 0; i < people.size(); i += 200) {
    const auto until = std::min(people.size(), i + 200);
    for (auto j = i; j < until; ++j) loop.connect(people[j].token);
    if (!loop.run([&] { return loop.open() + loop.failed() >= static_cast<int>(until); }, 60) || loop.failed())
      throw std::runtime_error("the server refused " + std::to_string(loop.failed()) + " sockets");
  }
}

// The number after a mark in a frame: "text":"1234 …".
std::int64_t number_after(std::string_view text, std::string_view mark) {
  const auto at = text.find(mark);
  std::int64_t n = -1;
  if (at != text.npos) std::from_chars(text.data() + at + mark.size(), text.data() + text.size(), n);
  return n;
}
bool is_entry(std::string_view text) { return text.starts_with(R"({"event":"chat.entry")"); }
bool is_answer(std::string_view text) { return text.starts_with(R"({"id":)"); }

std::string message(std::int64_t id, const std::string& conversation, const std::string& run) {
  return R"({"id":)" + std::to_string(id) + R"(,"post":"/chat/messages","body":{"conversation":")" + conversation +
         R"(","token":")" + run + std::to_string(id) + R"(","text":")" + std::to_string(now_ns()) +
         R"( 请在周五之前把合同送到三楼会议室，谢谢。"}})";
}

// So that tokens of one run are not those of the last.
std::string run_name() { return "r" + std::to_string(now_ns()) + "-"; }

}  // namespace

std::string Result::json(int count) const {
  char out[700];
  const double work = static_cast<double>(done);
  std::snprintf(
      out, sizeof out,
      R"({"scenario":"%s","count":%d,"done":%lld,"seconds":%.2f,"per_second":%.0f,"server_cpu":%.2f,"per_cpu_second":%.0f,)"
      R"("p50_ms":%.2f,"p99_ms":%.2f,"max_ms":%.2f,"memory_before_kb":%.0f,"memory_after_kb":%.0f,"own_cpu":%.2f,"failed":%d})",
      scenario.c_str(), count, static_cast<long long>(done), seconds, work / seconds, server_cpu,
      server_cpu > 0 ? work / server_cpu : 0, latency.percentile(50), latency.percentile(99), latency.percentile(100),
      memory_before_kb, memory_after_kb, own_cpu, failed);
  return out;
}

Result storm(const Plan& plan) {
  const auto people = sign_in(plan.target, plan.people, static_cast<std::size_t>(plan.count));
  Result r{.scenario = "storm"};
  Loop loop(plan.target.host, plan.target.port);
  std::vector<std::int64_t> began(people.size());
  loop.on_open = [&](Socket& s) { r.latency.add(now_ns() - began[static_cast<std::size_t>(s.number())]); };
  Meter meter(plan, r);
  // As many at once as the listen queue takes.
  int next = 0;
  loop.run(
      [&] {
        while (next < plan.count && next - loop.open() - loop.failed() < 500) {
          began[static_cast<std::size_t>(next)] = now_ns();
          loop.connect(people[static_cast<std::size_t>(next++)].token);
        }
        return loop.open() + loop.failed() >= plan.count;
      },
      120);
  meter.stop();
  r.done = loop.open();
  r.failed = loop.failed();
  return r;
}

Result idle(const Plan& plan) {
  const auto people = sign_in(plan.target, plan.people, static_cast<std::size_t>(plan.count));
  Result r{.scenario = "idle"};
  Loop loop(plan.target.host, plan.target.port);
  Meter meter(plan, r);
  connect_all(loop, people);
  loop.run([] { return false; }, plan.seconds);
  meter.stop();
  r.done = loop.open();
  return r;
}

Result direct(const Plan& plan) {
  const auto people = sign_in(plan.target, plan.people, static_cast<std::size_t>(plan.count) * 2);
  Result r{.scenario = plan.rate > 0 ? "direct_open" : "direct"};
  std::vector<std::string> chats;
  for (std::size_t i = 0; i < people.size(); i += 2)
    chats.push_back(member_of(request(plan.target, "POST", "/chat/conversations",
                                      R"({"member":")" + people[i + 1].member + R"("})", people[i].token),
                              "id"));
  Loop loop(plan.target.host, plan.target.port);
  connect_all(loop, people);
  const auto run = run_name();
  std::vector<std::int64_t> sent(people.size());
  std::int64_t id = 0;
  bool over = false;
  const auto send = [&](int socket) {
    sent[static_cast<std::size_t>(socket)] = now_ns();
    loop.socket(socket).send(message(++id, chats[static_cast<std::size_t>(socket / 2)], run));
  };
  loop.on_text = [&](Socket& s, std::string_view text) {
    if (!is_answer(text)) return;
    if (text.find(R"("status":200)") == text.npos) throw std::runtime_error(std::string(text));
    r.latency.add(now_ns() - sent[static_cast<std::size_t>(s.number())]);
    ++r.done;
    if (!over && plan.rate == 0) send(s.number());
  };
  Meter meter(plan, r);
  const auto began = now_ns();
  if (plan.rate == 0)
    for (int i = 0; i < loop.size(); i += 2) send(i);
  loop.run(
      [&] {
        const auto elapsed = static_cast<double>(now_ns() - began) / 1e9;
        while (plan.rate > 0 && static_cast<double>(id) < elapsed * plan.rate)
          send(static_cast<int>(id % plan.count) * 2);
        return elapsed >= plan.seconds;
      },
      plan.seconds + 5);
  over = true;
  loop.run([&] { return r.done == id; }, 10);
  meter.stop();
  r.failed = loop.failed() + static_cast<int>(id - r.done);
  return r;
}

Result group(const Plan& plan) {
  const auto people = sign_in(plan.target, plan.people, static_cast<std::size_t>(plan.count));
  Result r{.scenario = plan.rate > 0 ? "group_open" : "group"};
  std::string members;
  for (std::size_t i = 1; i < people.size(); ++i) members += (i > 1 ? ",\"" : "\"") + people[i].member + "\"";
  const auto chat = member_of(
      request(plan.target, "POST", "/chat/groups", R"({"name":"load","members":[)" + members + "]}", people[0].token),
      "id");
  Loop loop(plan.target.host, plan.target.port);
  connect_all(loop, people);
  const auto run = run_name();
  std::int64_t id = 0, delivered = 0;
  bool over = false;
  const auto send = [&](int socket) { loop.socket(socket).send(message(++id, chat, run)); };
  loop.on_text = [&](Socket& s, std::string_view text) {
    if (is_entry(text)) {
      r.latency.add(now_ns() - number_after(text, R"("text":")"));
      ++delivered;
    } else if (is_answer(text)) {
      if (text.find(R"("status":200)") == text.npos) throw std::runtime_error(std::string(text));
      if (!over && plan.rate == 0) send(s.number());
    }
  };
  Meter meter(plan, r);
  const auto began = now_ns();
  if (plan.rate == 0)
    for (int i = 0; i < plan.senders; ++i) send(i);
  loop.run(
      [&] {
        const auto elapsed = static_cast<double>(now_ns() - began) / 1e9;
        while (plan.rate > 0 && static_cast<double>(id) < elapsed * plan.rate)
          send(static_cast<int>(id % plan.senders));
        return elapsed >= plan.seconds;
      },
      plan.seconds + 5);
  over = true;
  loop.run([&] { return delivered == id * plan.count; }, 20);
  meter.stop();
  r.done = delivered;
  r.failed = loop.failed() + static_cast<int>(id * plan.count - delivered);
  return r;
}

Result history(const Plan& plan) {
  const auto people = sign_in(plan.target, plan.people, static_cast<std::size_t>(plan.count) * 2);
  Result r{.scenario = "history"};
  struct Log {
    std::string id;
    std::int64_t head;
  };
  std::vector<Log> chats;
  for (std::size_t i = 0; i < people.size(); i += 2) {
    const auto answer = request(plan.target, "POST", "/chat/conversations",
                                R"({"member":")" + people[i + 1].member + R"("})", people[i].token);
    chats.push_back({member_of(answer, "id"), std::stoll(member_of(answer, "head"))});
  }
  std::vector<Person> readers;
  for (std::size_t i = 0; i < people.size(); i += 2) readers.push_back(people[i]);
  Loop loop(plan.target.host, plan.target.port);
  connect_all(loop, readers);
  std::mt19937_64 random(7);
  std::vector<std::int64_t> sent(readers.size());
  std::int64_t id = 0;
  const auto ask = [&](int socket) {
    const auto& chat = chats[static_cast<std::size_t>(socket)];
    const auto before = 51 + static_cast<std::int64_t>(
                                 random() % static_cast<std::uint64_t>(std::max<std::int64_t>(chat.head - 50, 1)));
    sent[static_cast<std::size_t>(socket)] = now_ns();
    loop.socket(socket).send(R"({"id":)" + std::to_string(++id) + R"(,"get":"/chat/conversations/)" + chat.id +
                             R"(/entries","body":{"before":)" + std::to_string(before) + R"(,"limit":50}})");
  };
  bool over = false;
  loop.on_text = [&](Socket& s, std::string_view text) {
    if (!is_answer(text)) return;
    if (text.find(R"("status":200)") == text.npos) throw std::runtime_error(std::string(text));
    r.latency.add(now_ns() - sent[static_cast<std::size_t>(s.number())]);
    ++r.done;
    if (!over) ask(s.number());
  };
  Meter meter(plan, r);
  for (int i = 0; i < loop.size(); ++i) ask(i);
  loop.run([] { return false; }, plan.seconds);
  over = true;
  loop.run([&] { return r.done == id; }, 10);
  meter.stop();
  r.failed = loop.failed();
  return r;
}

}  // namespace load
