#include "core/dispatch.hpp"

#include <algorithm>
#include <future>

#include "base/log.hpp"

namespace {

struct Problem {
  std::string code, message;
  std::optional<std::string> field;
  std::map<std::string, std::string> values;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (code, message, field, values))

constexpr std::size_t most_fetches = 20'000;  // more than there are connections, and each has one at most

struct Undo {};  // thrown to take a rehearsal back

bool undone(std::exception_ptr wrong) {
  try {
    if (wrong) std::rethrow_exception(wrong);
  } catch (const Undo&) { return true; } catch (...) {
  }
  return false;
}

// The gate notes what it refuses; a refusal for want of a role is noted here.
void note_denial(Outbox& out, const std::exception_ptr& wrong, std::optional<Error> refused) {
  try {
    if (wrong) std::rethrow_exception(wrong);
  } catch (const Error& e) { refused = e; } catch (...) {
  }
  if (refused && refused->kind == Error::Kind::forbidden && out.denied.empty()) out.denied.push_back({refused->code});
}

Error busy() { return {Error::Kind::unavailable, "server.busy", "The server is busy; please try again"}; }

void check(const Route& route, const Caller& caller) {
  const Actor& who = caller.actor;
  if (route.access == Access::anyone) return;
  if (who.kind == Actor::Kind::nobody) throw Error::unknown_caller("identity.sign_in_first", "Please sign in");
  if (route.access == Access::signed_in) return;
  if (!caller.accepted) throw Error::first("consent.policy_first", "Please read and accept the privacy policy first");
  if (route.access == Access::administrator && !who.has(Role::administrator))
    throw Error::forbidden("request.administrators_only", "Only an administrator may do this");
  if (route.access == Access::operating && !who.operating)
    throw Error::forbidden("request.operator_only", "Only the operator may do this");
}

}  // namespace

Response refusal(const Error& e) {
  const auto field = e.field.empty() ? std::nullopt : std::optional(e.field);
  return {.status = e.status(), .body = json::dump(Problem{e.code, e.sentence, field, e.values})};
}

Response refusal(std::exception_ptr wrong, std::string_view route) {
  try {
    std::rethrow_exception(wrong);
  } catch (const Error& e) { return refusal(e); } catch (const std::logic_error& e) {
    logging::error("request.bug",
                   {{"route", logging::Code::of_program(route)}, {"what", logging::Code::of_program(e.what())}});
  } catch (...) { logging::error("request.failed", {{"route", logging::Code::of_program(route)}}); }
  return refusal(Error{Error::Kind::internal, "server.bug", "Something went wrong on the server"});
}

struct Dispatcher::Task {
  const Route& route;
  Request request;
  std::move_only_function<void(Response)> reply;
  bool rehearsal = false;
  std::any prepared = {};
  Answer answer = {};
  Outbox out = {};
  Actor who = {};
  std::vector<Delivery> deliveries = {};
};

// Looks things up for a prepare step, as the one who asks.
class Dispatcher::Before final : public Beforehand {
 public:
  Before(Dispatcher& d, Task& task) : d_(d), task_(task) {}
  std::string_view bytes() const override { return task_.request.bytes.value(); }
  // Before anything of the request is looked at.
  void admit() {
    in_read([&](Ctx& c) { c.gate.enter(!task_.route.reads()); });
  }

 private:
  void in_read(const std::function<void(Ctx&)>& look) override {
    d_.parts_.db.read_now([&](db::Connection& c) {
      const Time now = d_.parts_.clock();
      d_.admit(task_, c, now);
      const Moment moment{task_.who, task_.who.org, now, *task_.route.purpose, c, d_.parts_.ids, task_.out};
      const auto gate = d_.parts_.gates(moment);
      Ctx ctx{moment, *gate};
      look(ctx);
    });
  }
  Dispatcher& d_;
  Task& task_;
};

Dispatcher::Dispatcher(Parts parts) : parts_(std::move(parts)), doors_(2, 64), pool_(2, 64), files_(2, most_fetches) {
  parts_.db.answer_within({[this] {
                             held_ = listener_;
                             if (held_) held_->hold();
                           },
                           [this] {
                             if (auto* held = std::exchange(held_, nullptr)) held->release();
                           }});
}
Dispatcher::~Dispatcher() {
  doors_.stop();
  pool_.stop();
  files_.stop();
  parts_.db.answer_within({});
}

void Dispatcher::submit(std::vector<Call> calls) {
  std::vector<db::Work> reads, writes;
  for (auto& call : calls) start(std::move(call), reads, writes);
  if (!reads.empty()) parts_.db.read(std::move(reads));
  if (!writes.empty()) parts_.db.write(std::move(writes));
}

const Route& Dispatcher::route_of(Request& request) const {
  const Route& route = parts_.router.find(request);
  if (route.takes_bytes != request.bytes.has_value())
    throw Error{Error::Kind::bad_request, "request.wrong_body", "This address takes a body of another type"};
  return route;
}

void Dispatcher::fetch(Fetch wanted) {
  const auto all = std::make_shared<Fetch>(std::move(wanted));
  const bool taken = files_.run([all] {
    std::string bytes;
    try {
      bytes = all->from->read(all->offset);
    } catch (const std::exception&) { logging::error("file.unreadable"); }
    all->done(std::move(bytes));
  });
  if (!taken) all->done({});
}

void Dispatcher::start(Call call, std::vector<db::Work>& reads, std::vector<db::Work>& writes) {
  try {
    const Route& route = route_of(call.request);
    auto task = std::make_shared<Task>(route, std::move(call.request), std::move(call.reply));
    if (route.prepare) return prepare(std::move(task));
    (route.on_writer() ? writes : reads).push_back(work(std::move(task)));
  } catch (...) { call.reply(refusal(std::current_exception(), "unknown")); }
}

void Dispatcher::prepare(std::shared_ptr<Task> task) {
  auto& pool = task->route.access == Access::anyone ? doors_ : pool_;
  const bool taken = pool.run([this, task] {
    try {
      Before before(*this, *task);
      before.admit();
      task->prepared = task->route.prepare(before, task->request.input.root());
      std::vector<db::Work> one;
      one.push_back(work(task));
      parts_.db.write(std::move(one));
    } catch (...) { finish(task, std::current_exception()); }
  });
  if (!taken) task->reply(refusal(busy()));
}

db::Work Dispatcher::work(std::shared_ptr<Task> task) {
  const auto& token = task->request.token.reveal();
  const auto lane = token.empty() ? 0 : static_cast<std::int64_t>(std::hash<std::string>{}(token));
  return {[this, task](db::Connection& c) { run(*task, c); },
          [this, task](std::exception_ptr wrong) { finish(task, wrong); }, lane};
}

void Dispatcher::admit(Task& task, db::Connection& c, Time now) {
  const auto& token = task.request.token.reveal();
  const auto caller = token.empty() ? Caller{} : parts_.callers.find(c, token, now).value_or(Caller{});
  task.who = caller.actor;
  check(task.route, caller);
}

void Dispatcher::run(Task& task, db::Connection& c) {
  const Time now = parts_.clock();
  task.out = {};
  admit(task, c, now);
  const Moment moment{task.who, task.who.org, now, *task.route.purpose, c, parts_.ids, task.out};
  const auto gate = parts_.gates(moment);
  gate->enter(!task.route.reads());
  Ctx ctx{moment, *gate};
  task.answer = task.route.call(ctx, task.request.input.root(), task.prepared);
  task.deliveries = deliveries(c, task.out);
  if (task.rehearsal) throw Undo{};
}

std::vector<Delivery> Dispatcher::deliveries(db::Connection& c, Outbox& out) {
  for (auto& a : out.changed) parts_.audiences.forget(a);
  std::vector<Delivery> all;
  for (auto& e : out.events) {
    auto frame = std::make_shared<std::string>();
    frame->reserve(e.body.size() + e.name.size() + 24);
    ((((*frame += R"({"event":")") += e.name) += R"(","body":)") += e.body) += '}';
    // A list that this transaction changed is kept by nobody before it is committed.
    const bool changed = std::ranges::find(out.changed, e.to) != out.changed.end();
    all.push_back(
        {changed ? parts_.audiences.people_uncommitted(c, e.to) : parts_.audiences.people(c, e.to), std::move(frame)});
  }
  return all;
}

void Dispatcher::finish(std::shared_ptr<Task> ended, std::exception_ptr wrong) {
  Task& task = *ended;
  Response response;
  if (task.rehearsal && undone(wrong)) wrong = nullptr;
  if (wrong) {
    response = refusal(wrong, task.route.path);
  } else {
    if (!task.rehearsal) leave(task.out, std::move(task.deliveries));
    response = task.answer.refused ? refusal(*task.answer.refused)
                                   : Response{.body = std::move(task.answer.body), .type = task.answer.type};
    response.file = std::move(task.answer.file);
    response.cookie = std::move(task.out.cookie);
  }
  response.who = task.who;
  note_denial(task.out, wrong, task.answer.refused);
  if (task.out.denied.empty() || task.rehearsal) return task.reply(std::move(response));
  record(std::move(ended), std::move(response));
}

// What was refused is a row, although the verb was undone: in a transaction of its own, before the answer.
void Dispatcher::record(std::shared_ptr<Task> task, Response response) {
  const auto answer = std::make_shared<Response>(std::move(response));
  std::vector<db::Work> one(1);
  one[0].run = [this, task](db::Connection& c) {
    Outbox nothing;
    parts_.gates({task->who, task->who.org, parts_.clock(), *task->route.purpose, c, parts_.ids, nothing})
        ->record(task->out.denied);
  };
  one[0].done = [task, answer](std::exception_ptr wrong) {
    if (wrong) logging::error("audit.denial_lost", {{"route", logging::Code::of_program(task->route.path)}});
    task->reply(std::move(*answer));
  };
  parts_.db.write(std::move(one));
}

void Dispatcher::leave(Outbox& out, std::vector<Delivery> deliveries) {
  for (auto& a : out.changed) parts_.audiences.forget(a);
  for (auto account : out.reconsidered) parts_.callers.forget(account);
  if (listener_ && !deliveries.empty()) listener_->deliver(std::move(deliveries));
  if (listener_ && !out.ended.empty()) listener_->end(std::move(out.ended));
  if (out.jobs && wake_jobs_) wake_jobs_();
}

namespace {
template <class Start>
Response wait(Start start) {
  std::promise<Response> promise;
  auto answer = promise.get_future();
  start([&](Response r) { promise.set_value(std::move(r)); });
  return answer.get();
}
}  // namespace

Response Dispatcher::handle(Request request) {
  return wait([&](auto reply) {
    std::vector<Call> one;
    one.push_back({std::move(request), std::move(reply)});
    submit(std::move(one));
  });
}

Response Dispatcher::rehearse(Request request) {
  return wait([&](auto reply) {
    try {
      const Route& route = route_of(request);
      auto task = std::make_shared<Task>(route, std::move(request), reply, true);
      if (route.prepare) return prepare(std::move(task));
      std::vector<db::Work> one;
      one.push_back(work(std::move(task)));
      route.on_writer() ? parts_.db.write(std::move(one)) : parts_.db.read(std::move(one));
    } catch (...) { reply(refusal(std::current_exception(), "unknown")); }
  });
}

void Dispatcher::as_system(OrgId org, const Purpose& purpose, const std::function<void(Ctx&)>& act) {
  Outbox out;
  std::vector<Delivery> all;
  const Actor who{.kind = Actor::Kind::system, .org = org};
  parts_.db.write_now([&](db::Connection& c) {
    out = {};
    const Moment moment{who, org, parts_.clock(), purpose, c, parts_.ids, out};
    const auto gate = parts_.gates(moment);
    Ctx ctx{moment, *gate};
    act(ctx);
    all = deliveries(c, out);
  });
  leave(out, std::move(all));
}
