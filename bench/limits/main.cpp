// carillon_limits sends|commits N [FOLDER]
//
// What the machine gives at most: N frames a send() to 1,000 sockets, or N rows a commit of SQLite with
// synchronous=FULL in FOLDER. Prints one line of JSON; figures are a second of this process' CPU.
#include <arpa/inet.h>
#include <sqlite3.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr auto length = std::chrono::seconds(2);
constexpr std::size_t frame_bytes = 373;  // of a chat.entry

// Of the calling thread.
double cpu() {
  rusage use{};
  getrusage(RUSAGE_THREAD, &use);
  return static_cast<double>(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
         static_cast<double>(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

struct Pair {
  int ours, theirs;
};

Pair connected() {
  const int door = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  if (::bind(door, reinterpret_cast<sockaddr*>(&at), size) != 0 || ::listen(door, 1) != 0 ||
      ::getsockname(door, reinterpret_cast<sockaddr*>(&at), &size) != 0)
    throw std::runtime_error("cannot listen");
  const int theirs = ::socket(AF_INET, SOCK_STREAM, 0);
  if (::connect(theirs, reinterpret_cast<sockaddr*>(&at), size) != 0) throw std::runtime_error("cannot connect");
  const int ours = ::accept(door, nullptr, nullptr);
  ::close(door);
  return {ours, theirs};
}

// Woken as any client is, until all are closed.
void read_all(const std::vector<Pair>& pairs) {
  std::vector<char> buffer(256 * 1024);
  std::vector<epoll_event> events(pairs.size());
  const int epoll = epoll_create1(0);
  for (const auto& p : pairs) {
    epoll_event event{EPOLLIN, {.fd = p.theirs}};
    epoll_ctl(epoll, EPOLL_CTL_ADD, p.theirs, &event);
  }
  for (auto left = pairs.size(); left > 0;) {
    const int n = epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < n; ++i) {
      const int fd = events[static_cast<std::size_t>(i)].data.fd;
      if (::recv(fd, buffer.data(), buffer.size(), 0) > 0) continue;
      epoll_ctl(epoll, EPOLL_CTL_DEL, fd, nullptr);
      --left;
    }
  }
  ::close(epoll);
}

// To each of the sockets in turn; another thread reads.
void sends(int frames) {
  std::vector<Pair> pairs;
  for (int i = 0; i < 1000; ++i) pairs.push_back(connected());
  std::thread reader([&] { read_all(pairs); });
  const std::string frame(frame_bytes, 'x');
  std::vector<iovec> parts(static_cast<std::size_t>(frames), {const_cast<char*>(frame.data()), frame.size()});
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  const auto until = std::chrono::steady_clock::now() + length;
  const double before = cpu();
  long sent = 0;
  while (std::chrono::steady_clock::now() < until)
    for (const auto& p : pairs) {
      if (::sendmsg(p.ours, &message, MSG_NOSIGNAL) <= 0) throw std::runtime_error("cannot send");
      sent += frames;
    }
  const double used = cpu() - before;
  for (const auto& p : pairs) ::close(p.ours);
  reader.join();
  for (const auto& p : pairs) ::close(p.theirs);
  std::printf(R"({"limit":"sends","frames":%d,"per_cpu_second":%.0f})"
              "\n",
              frames, static_cast<double>(sent) / used);
}

class Store {
 public:
  explicit Store(const std::string& folder) {
    if (sqlite3_open((folder + "/limits.db").c_str(), &db_) != SQLITE_OK) throw std::runtime_error("cannot open");
    run("pragma journal_mode = wal");
    run("pragma synchronous = full");
    run("create table entry (conversation integer, number integer, text text, primary key (conversation, number)) "
        "without rowid");
    sqlite3_prepare_v2(db_, "insert into entry values (?1, ?2, ?3)", -1, &insert_, nullptr);
  }
  ~Store() {
    sqlite3_finalize(insert_);
    sqlite3_close(db_);
  }
  void run(const char* sql) {
    if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db_));
  }
  void add(long n, const std::string& text) {
    sqlite3_bind_int64(insert_, 1, n % 100);
    sqlite3_bind_int64(insert_, 2, n);
    sqlite3_bind_text(insert_, 3, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    if (sqlite3_step(insert_) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db_));
    sqlite3_reset(insert_);
  }

 private:
  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

void commits(int rows, const std::string& folder) {
  Store store(folder);
  const std::string text(120, 'x');
  const auto began = std::chrono::steady_clock::now();
  const double before = cpu();
  long added = 0;
  while (std::chrono::steady_clock::now() - began < length) {
    store.run("begin immediate");
    for (int i = 0; i < rows; ++i) store.add(added++, text);
    store.run("commit");
  }
  const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  std::printf(R"({"limit":"commits","rows":%d,"per_second":%.0f,"per_cpu_second":%.0f})"
              "\n",
              rows, static_cast<double>(added) / wall, static_cast<double>(added) / (cpu() - before));
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 2 ? argv[1] : "";
  const int n = argc > 2 ? std::atoi(argv[2]) : 0;
  try {
    if (what == "sends" && n > 0) return sends(n), 0;
    if (what == "commits" && n > 0 && argc > 3) return commits(n, argv[3]), 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "carillon_limits: %s\n", e.what());
    return 1;
  }
  std::fprintf(stderr, "carillon_limits sends|commits N [FOLDER]\n");
  return 2;
}
