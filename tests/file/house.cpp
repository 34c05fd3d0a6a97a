#include "house.hpp"

#include <algorithm>

namespace bj = boost::json;

std::string House::Answer::text(const char* name) const {
  const auto* found = body.if_contains(name);
  return found && found->is_string() ? std::string(found->get_string()) : "";
}

House::Answer House::ask(const std::string& method, const std::string& path, const std::string& body) {
  const auto answer = world.send(who, method, path, method == "GET" ? "" : body);
  return {answer.status, bj::parse(answer.body).as_object()};
}

std::string House::begin(const std::string& name, std::size_t size, const std::string& source) {
  const bj::object body{{"name", name}, {"size", size}, {"source", source}};
  return ask("POST", "/file/uploads", bj::serialize(body)).text("id");
}

House::Answer House::piece(const std::string& id, std::size_t offset, std::string_view bytes) {
  return ask("POST", "/file/uploads/" + id + "/pieces?offset=" + std::to_string(offset), "<" + std::string(bytes));
}

House::Answer House::upload(const std::string& name, const std::string& bytes, const std::string& source) {
  constexpr std::size_t size = 1 << 20;
  const auto id = begin(name, bytes.size(), source);
  for (std::size_t at = 0; at < bytes.size(); at += size)
    EXPECT_EQ(piece(id, at, std::string_view(bytes).substr(at, size)).status, 200);
  return end(id);
}

std::string House::content(const std::string& id) {
  const auto answer = world.send(who, "GET", "/file/files/" + id + "/content", "");
  return answer.status == 200 ? answer.body : std::to_string(answer.status);
}

int House::decide(const std::string& what, const std::string& permission, const std::string& more) {
  later(std::chrono::seconds{1});
  return ask("POST", "/consent/" + what, R"({"permission":")" + permission + R"(","surface":"centre")" + more + "}")
      .status;
}

void House::later(std::chrono::milliseconds pause) {
  world.now += pause;
  while (world.app.jobs.run_due() > 0) {}
}

std::int64_t House::count(const std::string& what) {
  std::int64_t n = 0;
  world.app.db.read_now([&](db::Connection& c) {
    c.generated("select count(*) from " + what, {}, [&](const db::Row& r) { n = r.integer(0); });
  });
  return n;
}

std::vector<std::string> House::blobs() const {
  std::vector<std::string> all;
  if (std::filesystem::exists(blob_folder()))
    for (const auto& file : std::filesystem::directory_iterator(blob_folder())) all.push_back(file.path().filename());
  std::ranges::sort(all);
  return all;
}

void InHouse::in_house(const std::function<void(House&)>& use) {
  in_world(GetParam(), [&](World& world) {
    House house(world);
    use(house);
    return true;
  });
}
