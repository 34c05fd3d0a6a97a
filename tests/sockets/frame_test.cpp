#include "net/frame.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace net {
namespace {

using namespace std::string_literals;

// One frame as a client sends it.
std::string sent(int first, std::string payload, const std::string& mask = "\x01\x02\x03\x04") {
  std::string out;
  append_frame_head(out, Opcode::more, payload.size());
  out[0] = static_cast<char>(first);
  out[1] = static_cast<char>(out[1] | 0x80);
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<char>(payload[i] ^ mask[i % 4]);
  return out + mask + payload;
}

struct Heard {
  std::vector<std::pair<Opcode, std::string>> messages;
  int broken;
  std::size_t left;
};

Heard hear(std::string bytes, std::size_t most = 1000) {
  FrameReader reader(most);
  Heard h{};
  std::span<char> rest = bytes;
  while (const auto m = reader.next(rest)) h.messages.emplace_back(m->kind, std::string(m->payload));
  h.broken = reader.broken();
  h.left = rest.size();
  return h;
}

TEST(Frame, IsRead) {
  for (const std::size_t size : {0u, 1u, 7u, 8u, 9u, 125u, 126u, 127u, 1000u, 65535u, 65536u, 70000u}) {
    const std::string payload(size, 'x');
    const auto h = hear(sent(0x81, payload), 100'000);
    ASSERT_EQ(h.messages.size(), 1u) << size;
    EXPECT_EQ(h.messages[0].second, payload);
    EXPECT_EQ(h.left, 0u);
  }
}

TEST(Frame, ThatIsNotWholeWaits) {
  const auto whole = sent(0x81, "hello") + sent(0x89, "p");
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    const auto h = hear(whole.substr(0, cut));
    EXPECT_EQ(h.messages.size(), cut >= 11 ? 1u : 0u) << cut;
    EXPECT_EQ(h.broken, 0);
    EXPECT_EQ(h.left, cut >= 11 ? cut - 11 : cut);
  }
}

TEST(Frame, FragmentsAreJoinedAroundControlFrames) {
  const auto h = hear(sent(0x01, "你"s.substr(0, 1)) + sent(0x89, "ping") + sent(0x00, "你"s.substr(1)) +
                      sent(0x80, "") + sent(0x81, "next"));
  ASSERT_EQ(h.messages.size(), 3u);
  EXPECT_EQ(h.messages[0], std::pair(Opcode::ping, "ping"s));
  EXPECT_EQ(h.messages[1], std::pair(Opcode::text, "你"s));
  EXPECT_EQ(h.messages[2], std::pair(Opcode::text, "next"s));
}

TEST(Frame, MistakesAreNamed) {
  const auto unmasked = "\x81\x02hi"s;
  EXPECT_EQ(hear(unmasked).broken, 1002);
  EXPECT_EQ(hear(sent(0xC1, "reserved bit")).broken, 1002);
  EXPECT_EQ(hear(sent(0x83, "unknown kind")).broken, 1002);
  EXPECT_EQ(hear(sent(0x8B, "unknown control")).broken, 1002);
  EXPECT_EQ(hear(sent(0x80, "continues nothing")).broken, 1002);
  EXPECT_EQ(hear(sent(0x01, "a") + sent(0x81, "another message in between")).broken, 1002);
  EXPECT_EQ(hear(sent(0x09, "a control frame in fragments")).broken, 1002);
  EXPECT_EQ(hear(sent(0x89, std::string(126, 'x'))).broken, 1002);
  EXPECT_EQ(hear("\x81\xfe\x00\x05"s + "maskhello").broken, 1002);  // a length in two bytes without need
  EXPECT_EQ(hear("\x81\xff\x00\x00\x00\x00\x00\x00\x01\x00"s + "mask").broken, 1002);  // in eight
  EXPECT_EQ(hear(sent(0x82, "binary")).broken, 1003);
  EXPECT_EQ(hear(sent(0x81, "\xff")).broken, 1007);
  EXPECT_EQ(hear(sent(0x01, "\xe4") + sent(0x80, "x")).broken, 1007);
  EXPECT_EQ(hear(sent(0x81, std::string(1001, 'x'))).broken, 1009);
  EXPECT_EQ(hear(sent(0x01, std::string(600, 'x')) + sent(0x80, std::string(600, 'x'))).broken, 1009);
  EXPECT_EQ(hear("\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff"s + "mask").broken, 1009);
}

TEST(Frame, ClosingSaysWhy) {
  EXPECT_EQ(hear(sent(0x88, "")).messages.size(), 1u);
  EXPECT_EQ(hear(sent(0x88,
                      "\x03\xe8"
                      "bye"))
                .messages[0]
                .second,
            "\x03\xe8"
            "bye");
  EXPECT_EQ(hear(sent(0x88, "\x03")).broken, 1002);
  EXPECT_EQ(hear(sent(0x88, "\x03\xe7")).broken, 1002);  // 999
  EXPECT_EQ(hear(sent(0x88, "\x03\xed")).broken, 1002);  // 1005 is never sent
  EXPECT_EQ(hear(sent(0x88, "\x03\xe8\xff")).broken, 1007);
  EXPECT_EQ(close_code("\x0f\xa1"
                       "over"),
            4001);
  EXPECT_EQ(close_code(""), 1000);
}

TEST(Frame, NothingFollowsAMistake) {
  auto bytes = sent(0x83, "x") + sent(0x81, "y");
  FrameReader reader(1000);
  std::span<char> rest = bytes;
  EXPECT_FALSE(reader.next(rest));
  EXPECT_FALSE(reader.next(rest));
}

}  // namespace
}  // namespace net
