#pragma once
#include <atomic>

#include "core/audiences.hpp"
#include "core/callers.hpp"
#include "core/pool.hpp"
#include "core/router.hpp"
#include "db/database.hpp"

// From a request to a verb and back: finds the route, opens the transaction and the Ctx, asks who
// is calling, runs the verb, and lets answer and events leave once all of it is on disk.
class Dispatcher final : public Service {
 public:
  using Clock = std::function<Time()>;
  using Gates = std::function<std::unique_ptr<Gate>(const Moment&)>;
  struct Parts {
    const Router& router;
    db::Database& db;
    Callers& callers;
    Audiences& audiences;
    Ids& ids;
    Gates gates;
    Clock clock;
  };

  explicit Dispatcher(Parts);
  ~Dispatcher() override;

  void submit(std::vector<Call>) override;
  void fetch(Fetch) override;
  Response handle(Request);  // waits for the answer; for commands and tests

  // The same, and then everything is undone. For sweeps that must not leave a trace.
  Response rehearse(Request);

  // Runs work as the program itself, for one organisation, and lets its events leave.
  void as_system(OrgId, const Purpose&, const std::function<void(Ctx&)>&);

  void listen(Listener* l) { listener_ = l; }  // before the first request; null: nobody
  void on_jobs(std::function<void()> wake) { wake_jobs_ = std::move(wake); }

 private:
  struct Task;
  class Before;

  const Route& route_of(Request&) const;
  void start(Call, std::vector<db::Work>& reads, std::vector<db::Work>& writes);
  void prepare(std::shared_ptr<Task>);
  db::Work work(std::shared_ptr<Task>);
  void run(Task&, db::Connection&);
  void finish(std::shared_ptr<Task>, std::exception_ptr);
  void record(std::shared_ptr<Task>, Response);
  void admit(Task&, db::Connection&, Time now);
  void leave(Outbox&, std::vector<Delivery>);
  std::vector<Delivery> deliveries(db::Connection&, Outbox&);

  Parts parts_;
  Listener* listener_ = nullptr;
  Listener* held_ = nullptr;  // by the writer's thread, while it answers
  std::function<void()> wake_jobs_;
  Pool doors_, pool_, files_;  // who signs in does not wait for files that are looked at
};

// The answer that an exception stands for. A bug is logged and answered as such, without its text.
Response refusal(std::exception_ptr, std::string_view route);
