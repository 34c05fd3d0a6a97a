// Every route as every kind of caller, with any body: an answer in words, and never a bug's.
#include <cstdint>
#include <cstdlib>
#include <semaphore>
#include <thread>

#include "../tests/world.hpp"

namespace {

// The application lives on a thread of its own for as long as the fuzzer runs.
class Home {
 public:
  Home() {
    thread_ = std::thread([this] {
      in_world("sqlite", [this](World& w) {
        world_ = &w;
        built_.release();
        over_.acquire();
        return true;
      });
    });
    built_.acquire();
  }
  ~Home() {
    over_.release();
    thread_.join();
  }
  World& world() { return *world_; }

 private:
  World* world_ = nullptr;
  std::binary_semaphore built_{0}, over_{0};
  std::thread thread_;
};

constexpr const char* callers[] = {"root", "ana", "ben", "eve", "kim", "nobody"};

// A path whose parameters are ids of this world, of one kind or another.
std::string filled(std::string_view path, const std::string& id) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '{') out += path[i];
    else {
      out += id;
      i = path.find('}', i);
    }
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Home home;
  if (size < 3) return 0;
  auto& world = home.world();
  const auto& routes = world.app.router.routes();
  const auto& route = *routes[data[1] % routes.size()];
  auto name = world.names.begin();
  std::advance(name, data[2] % world.names.size());
  Request request{
      .method = std::string(route.method), .path = filled(route.path, name->second), .address = "127.0.0.1"};
  try {
    request.input = json::Document(std::string_view(reinterpret_cast<const char*>(data) + 3, size - 3));
  } catch (const Error&) { return 0; }
  const auto answer = world.send(callers[data[0] % std::size(callers)], std::move(request), World::Mode::rehearsal);
  if (answer.status == 500) std::abort();
  return 0;
}
