#pragma once
#include <any>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/shape.hpp"
#include "core/service.hpp"

// Who may call a route. Deny unless granted: every route names one.
enum class Access {
  anyone,         // before sign-in: the policy, signing in
  signed_in,      // a session is enough: declining, rights, signing out
  member,         // and the current policy is accepted
  administrator,  // and the person administers the organisation
  operating,      // who runs the server
};

// A page for people rather than programs.
struct Html {
  std::string value;
};

struct Answer {
  std::string body;
  std::string_view type = "application/json";
  std::optional<Error> refused = {};  // answered, and yet committed
  std::optional<Download> file = {};
};

// What a step before the transaction may do: look something up, in a read of its own that is over
// before the CPU burns.
class Beforehand {
 public:
  virtual ~Beforehand() = default;
  template <class F>
  auto read(F look) {
    std::optional<std::invoke_result_t<F, Ctx&>> found;
    in_read([&](Ctx& c) { found.emplace(look(c)); });
    return std::move(*found);
  }
  virtual std::string_view bytes() const = 0;  // of a route that takes them

 private:
  virtual void in_read(const std::function<void(Ctx&)>&) = 0;
};

struct Route {
  std::string_view method;  // GET, POST, DELETE …
  std::string_view path;    // "/checkin/records/{id}"
  Access access;
  std::string_view says;
  const Purpose* purpose;
  Shape in, out;
  std::function<std::any(Beforehand&, json::Reader)>
      prepare;  // on its own threads, before the transaction; may be empty
  std::function<Answer(Ctx&, json::Reader, std::any&)> call;

  bool audited = false;      // a read that leaves a row
  bool takes_bytes = false;  // its body is no JSON, and its input comes in the address

  bool reads() const { return method == "GET"; }
  bool on_writer() const { return !reads() || audited; }
};

struct EventKind {
  std::string_view name, says;
  Shape shape;
};

// A route names a verb. Path and body are merged by field name into the verb's input.
class Router {
 public:
  // What the routes that follow are for.
  void serves(const Purpose& p) { purpose_ = &p; }

  template <class M, class... Verb>
  void get(std::string_view path, Access a, M& m, std::string_view says, Verb... verb) {
    add("GET", path, a, m, says, verb...);
  }
  // A read that opens what is sensitive about others: it runs on the writer, for its row in the audit.
  template <class M, class... Verb>
  void get_audited(std::string_view path, Access a, M& m, std::string_view says, Verb... verb) {
    get(path, a, m, says, verb...);
    routes_.back()->audited = true;
  }
  template <class M, class... Verb>
  void post(std::string_view path, Access a, M& m, std::string_view says, Verb... verb) {
    add("POST", path, a, m, says, verb...);
  }
  // One whose body is bytes, which its step beforehand gets.
  template <class M, class... Verb>
  void post_bytes(std::string_view path, Access a, M& m, std::string_view says, Verb... verb) {
    post(path, a, m, says, verb...);
    routes_.back()->takes_bytes = true;
  }
  template <class M, class... Verb>
  void remove(std::string_view path, Access a, M& m, std::string_view says, Verb... verb) {
    add("DELETE", path, a, m, says, verb...);
  }

  template <Described E>
  void event(std::string_view says) {
    events_.push_back({E::name, says, shapes::of<E>()});
  }

  // The route for a request, whose path parameters are put into its input; throws Error
  // request.no_route or request.no_method.
  const Route& find(Request&) const;

  const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }
  const std::vector<EventKind>& events() const { return events_; }

 private:
  template <class Out>
  static Answer answer(Out&& out) {
    using Bare = std::remove_cvref_t<Out>;
    if constexpr (std::is_same_v<Bare, Html>) return {std::move(out.value), "text/html; charset=utf-8"};
    else if constexpr (std::is_same_v<Bare, Download>) return {.body = {}, .file = std::move(out)};
    else return {json::dump(out)};
  }
  template <class Out>
  static Answer answer(std::expected<Out, Error>&& out) {
    if (out) return answer(std::move(*out));
    return {.body = {}, .refused = std::move(out.error())};
  }
  template <class Out>
  struct Bare {
    using Type = Out;
  };
  template <class Out>
  struct Bare<std::expected<Out, Error>> {
    using Type = Out;
  };
  template <class Out>
  static Shape out_shape() {
    if constexpr (std::is_same_v<Out, Html>) return {.kind = Shape::Kind::text, .name = "Html"};
    else if constexpr (std::is_same_v<Out, Download>) return {.kind = Shape::Kind::text, .name = "Bytes"};
    else return shapes::of<typename Bare<Out>::Type>();
  }

  template <class M, class Out, class In>
  void add(std::string_view method, std::string_view path, Access a, M& m, std::string_view says,
           Out (M::*verb)(Ctx&, In)) {
    static_assert(shapes::Limited<In>::value, "an input has limits: Line or Prose, Between, UpTo");
    keep({method,
          path,
          a,
          says,
          purpose_,
          shapes::of<In>(),
          out_shape<Out>(),
          {},
          [&m, verb](Ctx& c, json::Reader r, std::any&) {
            In in;
            json::read(r, in);
            return answer((m.*verb)(c, std::move(in)));
          }});
  }
  // With a step before the transaction: it may read and burn CPU, it writes nothing.
  template <class M, class Out, class In, class Made>
  void add(std::string_view method, std::string_view path, Access a, M& m, std::string_view says,
           Made (M::*prepare)(Beforehand&, const In&), Out (M::*verb)(Ctx&, In, Made)) {
    static_assert(shapes::Limited<In>::value, "an input has limits: Line or Prose, Between, UpTo");
    keep({method, path, a, says, purpose_, shapes::of<In>(), out_shape<Out>(),
          [&m, prepare](Beforehand& before, json::Reader r) {
            In in;
            json::read(r, in);
            return std::any((m.*prepare)(before, in));
          },
          [&m, verb](Ctx& c, json::Reader r, std::any& made) {
            In in;
            json::read(r, in);
            return answer((m.*verb)(c, std::move(in), std::any_cast<const Made&>(made)));
          }});
  }
  void keep(Route);

  const Purpose* purpose_ = nullptr;
  std::vector<std::unique_ptr<Route>> routes_;
  std::unordered_map<std::string_view, std::vector<const Route*>> rooms_;  // by the first part of the path
  std::vector<EventKind> events_;
};
