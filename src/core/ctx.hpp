#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/gate.hpp"
#include "db/tx.hpp"

// Who an event is for. Who of them is online is not a verb's business.
struct Audience {
  enum class Kind { person, conversation, administrators } kind;
  std::int64_t id;
  static Audience person(MemberId m) { return {Kind::person, m.value}; }
  static Audience administrators(OrgId o) { return {Kind::administrators, o.value}; }
  template <Literal K>
  static Audience conversation(Id<K> c) {
    return {Kind::conversation, c.value};
  }
  friend auto operator<=>(const Audience&, const Audience&) = default;
};

struct Event {
  Audience to;
  std::string_view name;
  std::string body;
};

// A token on its way to the browser or out of it (empty), and how long it lives.
struct Cookie {
  Secret<std::string> token;
  std::chrono::seconds age;
};

// What a verb says happened. It leaves after the commit, or not at all.
struct Outbox {
  std::vector<Event> events;
  std::vector<Audience> changed;        // audiences that are not who they were
  std::vector<AccountId> reconsidered;  // accounts whose sessions, roles or acceptance changed
  std::vector<SessionId> ended;         // sessions to cut off
  std::optional<Cookie> cookie;
  bool jobs = false;           // a job row was written
  std::int64_t request = 0;    // what its rows in the audit share, once there is one
  std::vector<Denial> denied;  // what the gate refused; kept whatever becomes of the verb
};

// The moment something happens in: who asks, for which organisation, now, what for, inside which transaction.
struct Moment {
  const Actor& who;
  OrgId org;
  Time now;
  const Purpose& purpose;
  db::Tx& db;
  Ids& ids;
  Outbox& out;

  template <class AnyId>
  AnyId fresh() const {
    return {ids.next(now)};
  }

  template <Literal K>
  void lock(Id<K> id) const {
    db.lock(id.value);
  }
};

// What a verb gets: its moment, and the gate to what is guarded.
struct Ctx : Moment {
  Gate& gate;

  template <Described E>
  void emit(Audience to, const E& e) {
    out.events.push_back({to, E::name, json::dump(e)});
  }  // delivered after commit
};
