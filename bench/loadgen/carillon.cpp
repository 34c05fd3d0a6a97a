#include "carillon.hpp"

#include <stdexcept>

namespace load {
namespace {

bool is_entry(std::string_view text) { return text.starts_with(R"({"event":"chat.entry")"); }
bool is_answer(std::string_view text) { return text.starts_with(R"({"id":)"); }

// The payload of the first whole frame, and where it ends; 0 if it is not whole yet.
struct Frame {
  int kind = 0;
  std::string_view text;
  std::size_t end = 0;
};
Frame first_frame(std::string_view bytes) {
  if (bytes.size() < 2) return {};
  const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
  std::size_t size = byte(1) & 0x7f, head = 2;
  if (size == 126) head = 4;
  else if (size == 127) head = 10;
  if (bytes.size() < head) return {};
  if (head > 2) size = 0;
  for (std::size_t i = 2; i < head; ++i) size = size << 8 | byte(i);
  if (bytes.size() < head + size) return {};
  return {static_cast<int>(byte(0) & 0x0f), bytes.substr(head, size), head + size};
}

// The mask is zero: it is legal, and the generator's time is not what is measured.
std::string masked(std::string_view text) {
  std::string out = "\x81";
  if (text.size() < 126) {
    out += static_cast<char>(0x80 | text.size());
  } else {
    out += static_cast<char>(0x80 | 126);
    out += static_cast<char>(text.size() >> 8);
    out += static_cast<char>(text.size());
  }
  out.append(4, '\0');
  return out += text;
}

}  // namespace

std::unique_ptr<Wire> carillon(const Plan& plan) { return std::make_unique<Carillon>(plan); }

Carillon::Carillon(const Plan& plan) : plan_(plan), run_("r" + std::to_string(now_ns()) + "-") {}

void Carillon::set_up(Work work, int people) {
  work_ = work;
  people_ = sign_in(plan_.target, plan_.people, static_cast<std::size_t>(people));
  if (work == Work::pairs) {
    for (std::size_t i = 0; i + 1 < people_.size(); i += 2) {
      const auto answer = request(plan_.target, "POST", "/chat/conversations",
                                  R"({"member":")" + people_[i + 1].member + R"("})", people_[i].token);
      chats_.push_back({member_of(answer, "id"), std::stoll(member_of(answer, "head"))});
    }
  } else if (work == Work::group) {
    std::string members;
    for (std::size_t i = 1; i < people_.size(); ++i) members += (i > 1 ? ",\"" : "\"") + people_[i].member + "\"";
    const auto answer = request(plan_.target, "POST", "/chat/groups", R"({"name":"load","members":[)" + members + "]}",
                                people_[0].token);
    chats_.push_back({member_of(answer, "id"), 0});
  }
}

const Carillon::Log& Carillon::chat(int socket) const {
  return chats_[work_ == Work::group ? 0 : static_cast<std::size_t>(socket / 2)];
}

void Carillon::begin(Socket& s) {
  s.send("GET /api/socket HTTP/1.1\r\nHost: localhost:" + std::to_string(plan_.target.port) +
         "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " +
         people_[static_cast<std::size_t>(s.number())].token + "\r\n\r\n");
}

void Carillon::ask(Socket& s, std::string_view json) { s.send(masked(json)); }

void Carillon::say(Socket& s, std::int64_t id, const std::string& text) {
  ask(s, R"({"id":)" + std::to_string(id) + R"(,"post":"/chat/messages","body":{"conversation":")" +
             chat(s.number()).id + R"(","token":")" + run_ + std::to_string(id) + R"(","text":")" + text + R"("}})");
}

std::size_t Carillon::take(Socket& s, std::string_view bytes) {
  const auto used = s.state() == Socket::State::open ? 0 : answered(s, bytes);
  return s.state() == Socket::State::open ? used + frames(s, bytes.substr(used)) : used;
}

std::size_t Carillon::answered(Socket& s, std::string_view bytes) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == bytes.npos) return 0;
  if (!bytes.starts_with("HTTP/1.1 101")) throw std::runtime_error(std::string(bytes.substr(0, 300)));
  s.opened();
  return end + 4;
}

std::size_t Carillon::frames(Socket& s, std::string_view bytes) {
  std::size_t at = 0;
  for (Frame f; (f = first_frame(bytes.substr(at))).end; at += f.end)
    if (f.kind == 1) read(s, f.text);
  return at;
}

void Carillon::read(Socket& s, std::string_view text) {
  if (is_entry(text)) {
    constexpr std::string_view mark = R"("text":")";
    const auto at = text.find(mark);
    if (at != text.npos) on_delivery(s, text.substr(at + mark.size()));
  } else if (is_answer(text)) {
    if (text.find(R"("status":200)") == text.npos) throw std::runtime_error(std::string(text));
    on_answer(s);
  }
}

}  // namespace load
