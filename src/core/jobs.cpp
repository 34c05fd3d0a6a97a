#include "core/jobs.hpp"

#include "base/log.hpp"

namespace {

constexpr int most_attempts = 8;
constexpr auto tick = std::chrono::seconds{5};
constexpr auto first_pause = std::chrono::seconds{2};
constexpr auto lifetime = std::chrono::days{7};
constexpr auto far = std::chrono::days{36500};

}  // namespace

static void insert(Ctx& c, std::string_view kind, std::int64_t reference, std::optional<MemberId> subject, Time run_at,
                   Time expires_at) {
  c.db.exec(
      "insert into core_job (id, org_id, kind, reference, subject_id, state, attempts, run_at, expires_at) "
      "values ($1, $2, $3, $4, $5, 'waiting', 0, $6, $7)",
      c.fresh<JobId>(), c.org, kind, reference, subject, run_at, expires_at);
  c.out.jobs = true;
}

void add_job(Ctx& c, std::string_view kind, std::int64_t reference, std::optional<MemberId> subject,
             std::chrono::milliseconds expires_after) {
  insert(c, kind, reference, subject, c.now, c.now + expires_after);
}

void add_job_after(Ctx& c, std::chrono::milliseconds pause, std::string_view kind, MemberId subject) {
  insert(c, kind, subject.value, subject, c.now + pause, c.now + pause + lifetime);
}

Jobs::Jobs(db::Database& db, Dispatcher& dispatcher, Ids& ids, Dispatcher::Clock clock)
    : db_(db), dispatcher_(dispatcher), ids_(ids), clock_(std::move(clock)) {}
Jobs::~Jobs() { stop(); }

void Jobs::on(std::string_view kind, const Purpose& purpose, Handler handler) {
  kinds_[std::string(kind)] = {&purpose, std::move(handler), std::nullopt, {}, {}};
}
void Jobs::outside(std::string_view kind, const Purpose& purpose, Deed deed, Handler then) {
  kinds_[std::string(kind)] = {&purpose, std::move(then), std::nullopt, {}, std::move(deed)};
}
void Jobs::every(std::string_view kind, std::chrono::milliseconds pause, const Purpose& purpose, Handler handler,
                 std::function<void()> after) {
  kinds_[std::string(kind)] = {&purpose, std::move(handler), pause, std::move(after), {}};
}

void Jobs::start() {
  seed();
  thread_ = std::jthread([this] { loop(); });
}
void Jobs::stop() {
  {
    const std::lock_guard hold(mutex_);
    stopping_ = true;
    ready_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}
void Jobs::wake() {
  const std::lock_guard hold(mutex_);
  woken_ = true;
  ready_.notify_all();
}

// One row for each recurring kind, however often the program starts. A turn that was planned while the
// clock stood later does not wait for that time to come again.
void Jobs::seed() {
  db_.write_now([&](db::Connection& c) {
    const Time now = clock_();
    for (const auto& [kind, how] : kinds_) {
      if (!how.pause) continue;
      c.exec("update core_job set run_at = $1 where kind = $2 and run_at > $1", now, kind);
      if (c.value<std::int64_t>("select id from core_job where kind = $1", kind)) continue;
      c.exec(
          "insert into core_job (id, org_id, kind, reference, state, attempts, run_at, expires_at) "
          "values ($1, 0, $2, 0, 'waiting', 0, $3, $4)",
          JobId{ids_.next(now)}, kind, now, now + far);
    }
  });
}

void Jobs::loop() {
  for (Time seen = clock_();;) {
    try {
      const Time now = clock_();
      if (now < seen) seed();
      seen = now;
      run_due();
    } catch (const Error& e) {
      logging::warn("jobs.waiting", {{"code", logging::Code::of_program(e.code)}});
    } catch (const std::exception&) { logging::error("jobs.failed"); }
    std::unique_lock hold(mutex_);
    ready_.wait_for(hold, tick, [&] { return stopping_ || woken_; });
    woken_ = false;
    if (stopping_) return;
  }
}

int Jobs::run_due() {
  const auto jobs = due();
  for (const auto& job : jobs) run(job);
  return static_cast<int>(jobs.size());
}

std::vector<Dead> Jobs::dead() {
  std::vector<Dead> all;
  db_.read_now([&](db::Connection& c) {
    all = c.all<Dead>(
        "select id, kind, coalesce(error, ''), attempts from core_job where state = 'dead' order by run_at, id "
        "limit 100");
  });
  return all;
}

int Jobs::retry_dead() {
  std::int64_t rows = 0;
  db_.write_now([&](db::Connection& c) {
    rows =
        c.exec("update core_job set state = 'waiting', attempts = 0, run_at = $1, expires_at = $2 where state = 'dead'",
               clock_(), clock_() + std::chrono::days{7});
  });
  wake();
  return static_cast<int>(rows);
}

std::vector<Job> Jobs::due() {
  std::vector<Job> all;
  db_.read_now([&](db::Connection& c) {
    all = c.all<Job>(
        "select id, org_id, kind, reference, attempts from core_job "
        "where state = 'waiting' and run_at <= $1 order by run_at, id limit 100",
        clock_());
  });
  return all;
}

void Jobs::run(const Job& job) {
  const auto kind = kinds_.find(job.kind);
  if (kind == kinds_.end()) return failed(job, "jobs.no_handler");
  try {
    if (kind->second.before) kind->second.before(job);
    dispatcher_.as_system(job.org, *kind->second.purpose, [&](Ctx& c) {
      c.db.lock(job.id.value);
      if (!c.db.value<std::int64_t>("select id from core_job where id = $1 and state = 'waiting' and run_at <= $2",
                                    job.id, c.now))
        return;
      kind->second.handler(c, job);
      if (kind->second.pause)
        c.db.exec("update core_job set run_at = $1, attempts = 0, error = null where id = $2",
                  c.now + *kind->second.pause, job.id);
      else c.db.exec("delete from core_job where id = $1", job.id);
    });
    if (kind->second.after) kind->second.after();
  } catch (const Error& e) { failed(job, e.code); } catch (const std::exception&) {
    failed(job, "server.bug");
  }
}

// Recurring work never dies: it is tried again at its next turn at the latest.
void Jobs::failed(const Job& job, std::string_view code) {
  const int attempts = job.attempts + 1;
  const auto kind = kinds_.find(job.kind);
  const bool recurs = kind != kinds_.end() && kind->second.pause;
  const auto pause = first_pause * (1 << std::min(attempts, 12));
  logging::warn("job.failed", {{"job", job.id},
                               {"kind", logging::Code::of_program(job.kind)},
                               {"code", logging::Code::of_program(code)},
                               {"attempts", attempts}});
  db_.write_now([&](db::Connection& c) {
    const Time now = clock_();
    c.exec(
        "update core_job set attempts = $1, error = $2, run_at = $3, "
        "state = case when $4 or (attempts < $5 and expires_at > $6) then 'waiting' else 'dead' end where id = $7",
        attempts, code, now + pause, recurs, most_attempts - 1, now, job.id);
  });
}
