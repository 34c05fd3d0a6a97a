#include "core/router.hpp"

#include <algorithm>
#include <stdexcept>

namespace {

std::string_view next(std::string_view& path) {
  path.remove_prefix(std::min(path.size(), path.find_first_not_of('/')));
  const auto head = path.substr(0, path.find('/'));
  path.remove_prefix(head.size());
  return head;
}

std::string_view first(std::string_view path) { return next(path); }

bool matches(std::string_view pattern, std::string_view path) {
  while (!pattern.empty() && !path.empty()) {
    const auto want = next(pattern), have = next(path);
    if (have.empty() || (!want.starts_with('{') && want != have)) return false;
  }
  return pattern.empty() && path.empty();
}

void fill(std::string_view pattern, std::string_view path, json::Document& input) {
  while (!pattern.empty()) {
    const auto want = next(pattern), have = next(path);
    if (want.starts_with('{')) input.set(want.substr(1, want.size() - 2), have);
  }
}

}  // namespace

void Router::keep(Route route) {
  if (!route.purpose) throw std::logic_error("a room says what its routes are for before the first one");
  routes_.push_back(std::make_unique<Route>(std::move(route)));
  rooms_[first(routes_.back()->path)].push_back(routes_.back().get());
}

const Route& Router::find(Request& request) const {
  const auto room = rooms_.find(first(request.path));
  bool elsewhere = false;
  if (room != rooms_.end())
    for (const Route* route : room->second) {
      if (!matches(route->path, request.path)) continue;
      if (route->method == request.method) {
        fill(route->path, request.path, request.input);
        return *route;
      }
      elsewhere = true;
    }
  if (elsewhere) throw Error{Error::Kind::not_allowed, "request.no_method", "This cannot be done here"};
  throw Error::missing("request.no_route", "There is nothing here");
}
