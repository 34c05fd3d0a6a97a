#include "crash.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "disk.hpp"
#include "history.hpp"
#include "house.hpp"

namespace crash {
namespace {

using namespace std::chrono_literals;

// --- the program that is killed ------------------------------------------------------------------

// A line leaves with one system call, so that a kill leaves no half of one.
template <class... Word>
void tell(const Word&... word) {
  std::ostringstream line;
  ((line << word << ' '), ...);
  const auto text = line.str() + "\n";
  if (::write(STDOUT_FILENO, text.data(), text.size()) < 0) std::_Exit(3);
}

struct Orders {
  std::string folder;
  unsigned seed = 1;
  int lies = 0;
  long long clock_minutes = 0;
  int finish = 0;
  house::House house;
  std::map<int, std::pair<std::string, std::string>> retries;  // by client: conversation, text
  std::map<std::string, std::int64_t> read_from;               // by conversation
  std::vector<std::pair<int, std::string>> facts;              // paths that must still answer
};

Orders read_orders() {
  Orders o;
  for (std::string line; std::getline(std::cin, line) && line != "go";) {
    std::istringstream in(line);
    std::string what, a, b;
    int client = 0;
    in >> what;
    if (what == "folder") in >> o.folder;
    else if (what == "seed") in >> o.seed >> o.lies >> o.clock_minutes >> o.finish;
    else if (what == "client") {
      in >> a >> b;
      o.house.clients.push_back({a, MemberId::parse(b).value()});
    } else if (what == "conversation") {
      std::int64_t after = 0;
      in >> a >> after;
      o.house.conversations.push_back(a);
      o.read_from[a] = after;
    } else if (what == "retry") {
      in >> client >> a >> b;
      o.retries[client] = {a, b};
    } else if (what == "fact") {
      in >> client >> a;
      o.facts.emplace_back(client, a);
    }
  }
  return o;
}

class Worker {
 public:
  Worker(App& app, const Orders& o, int client)
      : app_(app),
        orders_(o),
        client_(client),
        me_(o.house.clients[static_cast<std::size_t>(client)]),
        chance_(o.seed * 31 + static_cast<unsigned>(client)) {}

  void retry() {
    if (const auto open = orders_.retries.find(client_); open != orders_.retries.end())
      send(open->second.first, open->second.second);
  }
  [[noreturn]] void forever() {
    for (std::int64_t i = 0;; ++i) {
      const auto dice = chance_() % 20;
      if (dice < 14) {
        const auto text = std::to_string(orders_.seed) + "-" + std::to_string(client_) + "-" + std::to_string(i);
        const auto conversation = some_conversation();
        tell("sent", client_, conversation, text);
        send(conversation, text);
      } else if (dice < 16) read();
      else if (dice < 17) open_group();
      else if (dice < 18 && client_ == 0) add_member();
      else decide(dice % 2 == 0);
    }
  }

 private:
  void send(const std::string& conversation, const std::string& text) {
    for (;;) {
      const auto answer = house::say(app_, me_, conversation, text);
      if (answer.status == 200) return tell("kept", client_, text, house::field(answer, "/number"));
      tell("refused", client_, answer.status, answer.body);
    }
  }
  void read() {
    const auto conversation = some_conversation();
    const auto path = "/chat/conversations/" + conversation;
    const auto head = house::field(house::ask(app_, me_, "GET", path), "/head");
    if (house::ask(app_, me_, "POST", path + "/reading", R"({"number":)" + head + "}").status == 200)
      tell("read", client_, conversation, head);
  }
  void open_group() {
    const auto other = orders_.house.clients[static_cast<std::size_t>((client_ + 1) % 3)].member.text();
    const auto answer =
        house::ask(app_, me_, "POST", "/chat/groups", R"({"name":"More","members":[")" + other + R"("]})");
    if (answer.status == 200) tell("fact", client_, "/chat/conversations/" + house::field(answer, "/id"));
  }
  void add_member() {
    const auto unit = house::field(house::ask(app_, me_, "GET", "/directory/units"), "/items/0/id");
    const auto answer =
        house::ask(app_, me_, "POST", "/directory/members", R"({"unit":")" + unit + R"(","name":"New","title":""})");
    if (answer.status == 200) tell("fact", client_, "/directory/members/" + house::field(answer, "/id"));
  }
  void decide(bool yes) {
    tell("deciding", client_, yes);
    const auto answer =
        yes ? house::ask(app_, me_, "POST", "/consent/grants",
                         R"({"permission":"PM-04","version":1,"surface":"centre"})")
            : house::ask(app_, me_, "POST", "/consent/withdrawals", R"({"permission":"PM-04","surface":"centre"})");
    if (answer.status == 200) tell("decided", client_, yes);
  }
  std::string some_conversation() {
    return client_ == 2 ? orders_.house.conversations[0] : orders_.house.conversations[chance_() % 2];
  }

  App& app_;
  const Orders& orders_;
  int client_;
  house::Client me_;
  std::minstd_rand chance_;
};

bool granted(App& app, const house::Client& who) {
  const auto answer = house::ask(app, who, "GET", "/consent/permissions");
  for (int i = 0;; ++i) {
    const auto row = "/permissions/" + std::to_string(i);
    const auto id = house::field(answer, row + "/id");
    if (id.empty()) throw std::runtime_error("nothing is known about PM-04: " + answer.body);
    if (id == "PM-04") return house::field(answer, row + "/granted") == "true";
  }
}

// What is there, for the judge.
void report(App& app, const Orders& o) {
  for (const auto& conversation : o.house.conversations) {
    for (const auto& [number, text] :
         house::log_of(app, o.house.clients[0], conversation, o.read_from.at(conversation)))
      tell("entry", conversation, number, text);
  }
  if (!o.finish) return;
  for (const auto& [client, path] : o.facts)
    if (house::ask(app, o.house.clients[static_cast<std::size_t>(client)], "GET", path).status != 200)
      tell("lost", path);
  for (int i = 0; const auto& client : o.house.clients) {
    for (const auto& conversation : o.house.conversations)
      tell("reading", i, conversation,
           house::field(house::ask(app, client, "GET", "/chat/conversations/" + conversation), "/read"));
    tell("holds", i++, granted(app, client));
  }
}

void play(App& app, Orders& o) {
  if (o.house.clients.empty()) {
    o.house = house::found(app);
    for (const auto& c : o.house.clients) tell("client", c.token, c.member.text());
    for (const auto& c : o.house.conversations) tell("conversation", c);
    return;
  }
  std::vector<Worker> workers;
  for (int i = 0; i < 3; ++i) workers.emplace_back(app, o, i);
  for (auto& w : workers) w.retry();
  report(app, o);
  if (o.finish) return;
  app.jobs.start();
  tell("working");
  std::vector<std::jthread> threads;
  for (auto& w : workers) threads.emplace_back([&w] { w.forever(); });
}

// --- the one that kills --------------------------------------------------------------------------

class Killer {
 public:
  explicit Killer(const Plan& plan) : plan_(plan), chance_(plan.seed) {}

  Outcome run() {
    one_life({.first = true});
    for (int i = 0; i < plan_.kills && outcome_.problems.empty(); ++i) one_life({.kill = true});
    if (outcome_.problems.empty()) one_life({.finish = true});
    judge();
    return std::move(outcome_);
  }

 private:
  struct Life {
    bool first = false, kill = false, finish = false;
  };
  struct Open {
    std::string conversation, text;
  };

  void one_life(const Life& life) {
    int in[2], out[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const auto child = ::fork();
    if (child == 0) {
      ::dup2(in[0], STDIN_FILENO);
      ::dup2(out[1], STDOUT_FILENO);
      ::execl("/proc/self/exe", "faults_test", "--child", nullptr);
      std::_Exit(4);
    }
    ::close(in[0]);
    ::close(out[1]);
    ++lives_;
    const auto orders = orders_for(life);
    std::jthread writer([&, fd = in[1]] {
      for (std::string_view rest = orders; !rest.empty();) {
        const auto n = ::write(fd, rest.data(), rest.size());
        if (n <= 0) break;
        rest.remove_prefix(static_cast<std::size_t>(n));
      }
      ::close(fd);
    });
    listen(out[0], child, life);
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(out[0]);
    const bool as_planned =
        life.kill ? WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL : WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!as_planned) outcome_.problems.push_back("life " + std::to_string(lives_) + " ended by itself");
    if (life.kill && !open_.empty()) ++outcome_.interrupted;
  }

  std::string orders_for(const Life& life) {
    std::ostringstream o;
    o << "folder " << plan_.folder << "\n";
    // The clock of each life is another, up to a day ahead or behind.
    const auto minutes = static_cast<long long>(chance_() % 2880) - 1440;
    o << "seed " << plan_.seed * 10'000 + static_cast<unsigned>(lives_) << ' ' << plan_.lying_disk << ' ' << minutes
      << ' ' << life.finish << "\n";
    for (const auto& c : clients_) o << "client " << c << "\n";
    for (const auto& c : conversations_) o << "conversation " << c << ' ' << history_.logs[c].size() << "\n";
    for (const auto& [client, open] : open_)
      o << "retry " << client << ' ' << open.conversation << ' ' << open.text << "\n";
    if (life.finish)
      for (const auto& f : facts_) o << "fact " << f << "\n";
    o << "go\n";
    return o.str();
  }

  void listen(int fd, pid_t child, const Life& life) {
    std::string rest;
    std::jthread executioner;
    for (char piece[4096];;) {
      const auto n = ::read(fd, piece, sizeof piece);
      if (n <= 0) break;
      rest.append(piece, static_cast<std::size_t>(n));
      for (std::size_t end; (end = rest.find('\n')) != std::string::npos; rest.erase(0, end + 1)) {
        const auto line = rest.substr(0, end);
        if (line.starts_with("working") && life.kill)
          executioner = std::jthread([child, after = std::chrono::microseconds(chance_() % 60'000)] {
            std::this_thread::sleep_for(after);  // the moment of the kill is what varies; nothing waits for it
            ::kill(child, SIGKILL);
          });
        else take(line);
      }
    }
  }

  void take(const std::string& line) {
    std::istringstream in(line);
    std::string what, a, b;
    int client = 0;
    std::int64_t number = 0;
    bool yes = false;
    in >> what;
    if (what == "client") {
      in >> a >> b;
      clients_.push_back(a + " " + b);
    } else if (what == "conversation") {
      in >> a;
      conversations_.push_back(a);
      history_.logs[a];
    } else if (what == "sent") {
      in >> client >> a >> b;
      sent_[b] = history_.sent.size();
      history_.sent.push_back({b, {a, client}});
      open_[client] = {a, b};
    } else if (what == "kept") {
      in >> client >> a >> number;
      history_.sent[sent_.at(a)].second.acknowledged = number;
      open_.erase(client);
      ++outcome_.acknowledged;
    } else if (what == "entry") {
      in >> a >> number >> b;
      history_.logs[a].push_back({number, b});
    } else if (what == "read") {
      in >> client >> a >> number;
      auto& most = read_[{client, a}];
      most = std::max(most, number);
    } else if (what == "reading") {
      in >> client >> a >> number;
      if (number < read_[{client, a}]) outcome_.problems.push_back("a reader was set back in " + a);
    } else if (what == "fact") {
      facts_.push_back(line.substr(5));
    } else if (what == "deciding") {
      in >> client >> yes;
      possible_[client].insert(yes);
    } else if (what == "decided") {
      in >> client >> yes;
      possible_[client] = {yes};
    } else if (what == "holds") {
      in >> client >> yes;
      if (possible_.contains(client) && !possible_[client].contains(yes))
        outcome_.problems.push_back("a decision about location is lost");
    } else outcome_.problems.push_back(line);
  }

  void judge() {
    const auto wrong = history::judge(history_);
    outcome_.problems.insert(outcome_.problems.end(), wrong.begin(), wrong.end());
  }

  Plan plan_;
  std::mt19937 chance_;
  Outcome outcome_;
  history::History history_;
  std::vector<std::string> clients_, conversations_, facts_;
  std::map<std::string, std::size_t> sent_;
  std::map<int, Open> open_;
  std::map<std::pair<int, std::string>, std::int64_t> read_;
  std::map<int, std::set<bool>> possible_;
  int lives_ = 0;
};

}  // namespace

int work() {
  auto orders = read_orders();
  disk::install({orders.seed, orders.lies != 0});
  Settings settings;
  settings.data = orders.folder;
  const auto clock = [shift = std::chrono::minutes(orders.clock_minutes)] {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) + shift;
  };
  return assemble(settings, clock, [&](App app) {
    play(app, orders);
    return 0;
  });
}

Outcome run(const Plan& plan) { return Killer(plan).run(); }

}  // namespace crash
