#include "people.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace load {
namespace {

struct Connection {
  explicit Connection(const Target& t) : fd(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(t.port));
    inet_pton(AF_INET, t.host.c_str(), &to.sin_addr);
    // The server counts requests by address; these stand for many people.
    static std::atomic<unsigned> turn = 0;
    sockaddr_in from{};
    from.sin_family = AF_INET;
    from.sin_addr.s_addr = htonl(0x7f000201 + turn++ % 200);
    ::bind(fd, reinterpret_cast<const sockaddr*>(&from), sizeof from);
    const timeval wait{60, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
      throw std::runtime_error("cannot connect to the server");
    if (t.tls) ssl = encrypted(fd);
  }
  ~Connection() { ::close(fd); }

  void write(std::string_view s) const {
    while (!s.empty()) {
      const long n = ssl ? SSL_write(ssl.get(), s.data(), static_cast<int>(s.size()))
                         : ::send(fd, s.data(), s.size(), MSG_NOSIGNAL);
      if (n <= 0) throw std::runtime_error("cannot send");
      s.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  std::string whole_answer() const {
    std::string all;
    char part[16384];
    for (long n; (n = ssl ? SSL_read(ssl.get(), part, sizeof part) : ::recv(fd, part, sizeof part, 0)) > 0;)
      all.append(part, static_cast<std::size_t>(n));
    return all;
  }
  int fd;
  Ssl ssl;
};

void one(const Target& target, const std::string& policy, Person& p) {
  const auto body = R"({"login":")" + p.login + R"(","password":")" + p.password + R"(","policy":")" + policy +
                    R"(","client":"program"})";
  const auto answer = request(target, "POST", "/identity/sessions", body);
  p.token = member_of(answer, "token");
  p.member = member_of(answer, "member");
}

}  // namespace

std::string member_of(const std::string& json, const std::string& key) {
  auto at = json.find("\"" + key + "\":");
  if (at == std::string::npos) return "";
  at += key.size() + 3;
  if (json[at] == '"') return json.substr(at + 1, json.find('"', at + 1) - at - 1);
  return json.substr(at, json.find_first_of(",}", at) - at);
}

std::string request(const Target& t, const std::string& method, const std::string& path, const std::string& body,
                    const std::string& token) {
  const Connection c(t);
  std::string text =
      method + " /api" + path + " HTTP/1.1\r\nHost: localhost:" + std::to_string(t.port) +
      "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
      "\r\n";
  if (!token.empty()) text += "Authorization: Bearer " + token + "\r\n";
  text += "\r\n" + body;
  c.write(text);
  const auto answer = c.whole_answer();
  const auto end = answer.find("\r\n\r\n");
  if (!answer.starts_with("HTTP/1.1 200") || end == std::string::npos)
    throw std::runtime_error(path + ": " + answer.substr(0, 300));
  return answer.substr(end + 4);
}

std::vector<Person> sign_in(const Target& target, const std::string& file, std::size_t n) {
  std::vector<Person> people;
  std::ifstream in(file);
  for (std::string line; people.size() < n && std::getline(in, line);) {
    std::stringstream words(line);
    Person p;
    words >> p.login >> p.password;
    people.push_back(std::move(p));
  }
  if (people.size() < n) throw std::runtime_error(file + " has fewer people than are needed");

  const auto kept = file + ".tokens";
  std::ifstream tokens(kept);
  std::map<std::string, std::pair<std::string, std::string>> known;
  for (std::string login, token, member; tokens >> login >> token >> member;) known[login] = {token, member};
  std::vector<Person*> waiting;
  for (auto& p : people) {
    if (const auto found = known.find(p.login); found != known.end()) std::tie(p.token, p.member) = found->second;
    else waiting.push_back(&p);
  }
  const auto policy = member_of(request(target, "GET", "/consent/policy", ""), "hash");
  std::vector<std::jthread> threads;
  for (std::size_t t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (auto i = t; i < waiting.size(); i += 4) one(target, policy, *waiting[i]);
    });
  threads.clear();
  std::ofstream out(kept, std::ios::app);
  ::chmod(kept.c_str(), 0600);
  for (const auto* p : waiting) out << p->login << ' ' << p->token << ' ' << p->member << '\n';
  return people;
}

}  // namespace load
