#pragma once
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "core/dispatch.hpp"

using JobId = Id<"job">;

struct Job {
  JobId id;
  OrgId org;
  std::string kind;        // "identity.purge"
  std::int64_t reference;  // of what it is about: the id of a row
  int attempts;
};
BOOST_DESCRIBE_STRUCT(Job, (), (id, org, kind, reference, attempts))

// One that will not be tried again by itself.
struct Dead {
  JobId id;
  std::string kind, error;
  int attempts;
};
BOOST_DESCRIBE_STRUCT(Dead, (), (id, kind, error, attempts))

// What must happen for sure is a row written in the verb's transaction and run afterwards, in a
// transaction of its own, again and again with growing pauses until it succeeds, expires or has
// failed eight times; then it is dead and the operator sees it.
class Jobs {
 public:
  using Handler = std::function<void(Ctx&, const Job&)>;

  Jobs(db::Database& db, Dispatcher& dispatcher, Ids& ids, Dispatcher::Clock clock);
  ~Jobs();

  void on(std::string_view kind, const Purpose&, Handler);
  // Work outside of any transaction: for files and keys. Its row goes once it has succeeded, with what `then`
  // writes, so it may happen again.
  using Deed = std::function<void(const Job&)>;
  void outside(std::string_view kind, const Purpose&, Deed, Handler then = [](Ctx&, const Job&) {});
  // Of the program itself. `after` runs when the handler's transaction is on disk, outside any: for
  // files. If it throws, the turn has failed.
  void every(std::string_view kind, std::chrono::milliseconds pause, const Purpose&, Handler,
             std::function<void()> after = {});
  void seed();   // what recurs is due from now on
  void start();  // seeds, and runs what is due
  void stop();
  void wake();
  int run_due();  // what is due now, on the caller's thread; for commands without a server, and tests
  // Those that failed for good, at most 100, and all of them back in the queue.
  std::vector<Dead> dead();
  int retry_dead();
  bool started() const { return thread_.joinable(); }

 private:
  struct Kind {
    const Purpose* purpose;
    Handler handler;
    std::optional<std::chrono::milliseconds> pause;
    std::function<void()> after;
    Deed before = {};
  };

  void loop();
  std::vector<Job> due();
  void run(const Job&);
  void failed(const Job&, std::string_view code);

  db::Database& db_;
  Dispatcher& dispatcher_;
  Ids& ids_;
  Dispatcher::Clock clock_;
  std::map<std::string, Kind, std::less<>> kinds_;
  std::mutex mutex_;
  std::condition_variable ready_;
  bool stopping_ = false, woken_ = false;
  std::jthread thread_;
};

// Writes the row. `subject`: the person it is about, if one.
void add_job(Ctx&, std::string_view kind, std::int64_t reference, std::optional<MemberId> subject,
             std::chrono::milliseconds expires_after = std::chrono::days{7});
// The same, for later.
void add_job_after(Ctx&, std::chrono::milliseconds pause, std::string_view kind, MemberId subject);
