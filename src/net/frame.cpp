#include "net/frame.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <cstring>
#include <utility>

#include "base/text.hpp"

namespace net {
namespace {

constexpr int protocol_error = 1002, unsupported = 1003, not_text = 1007, too_big = 1009;
constexpr std::size_t most_control = 125;

bool is_control(Opcode kind) { return static_cast<unsigned char>(kind) & 8; }
bool known(unsigned kind) { return kind <= 2 || (kind >= 8 && kind <= 10); }

std::uint64_t number(std::string_view bytes) {
  std::uint64_t n = 0;
  for (const char c : bytes) n = n << 8 | static_cast<unsigned char>(c);
  return n;
}

void unmask(std::span<char> payload, const char* key) {
  std::uint64_t wide, part;
  std::memcpy(&wide, key, 4);
  std::memcpy(reinterpret_cast<char*>(&wide) + 4, key, 4);
  std::size_t i = 0;
  for (; i + 8 <= payload.size(); i += 8) {
    std::memcpy(&part, payload.data() + i, 8);
    part ^= wide;
    std::memcpy(payload.data() + i, &part, 8);
  }
  for (; i < payload.size(); ++i) payload[i] = static_cast<char>(payload[i] ^ key[i % 4]);
}

bool may_close_with(std::uint64_t code) {
  return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006) ||
         (code >= 3000 && code <= 4999);
}

}  // namespace

std::optional<Message> FrameReader::next(std::span<char>& bytes) {
  if (joined_) {
    joined_ = false;
    fragments_ = {};
  }
  while (!broken_) {
    const auto got = frame(bytes);
    if (!got) return std::nullopt;
    const auto message = is_control(got->kind) ? control(*got) : joined(*got);
    if (message || broken_) return message;
  }
  return std::nullopt;
}

std::optional<FrameReader::Frame> FrameReader::frame(std::span<char>& bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const auto first = static_cast<unsigned char>(bytes[0]), second = static_cast<unsigned char>(bytes[1]);
  if ((first & 0x70) || !known(first & 15) || !(second & 0x80)) return refuse(protocol_error);
  std::uint64_t size = second & 0x7f;
  const int more = size == 126 ? 2 : size == 127 ? 8 : 0;
  const std::size_t head = 2 + static_cast<std::size_t>(more) + 4;
  if (bytes.size() < head) return std::nullopt;
  if (more) {
    size = number({bytes.data() + 2, static_cast<std::size_t>(more)});
    if (size < (more == 2 ? 126 : 65536)) return refuse(protocol_error);  // the short form is a must
  }
  const auto kind = static_cast<Opcode>(first & 15);
  if (is_control(kind) && (size > most_control || !(first & 0x80))) return refuse(protocol_error);
  if (size > most_ - std::min(most_, fragments_.size())) return refuse(too_big);
  if (bytes.size() - head < size) return std::nullopt;
  const auto payload = bytes.subspan(head, size);
  unmask(payload, bytes.data() + head - 4);
  bytes = bytes.subspan(head + size);
  return Frame{kind, (first & 0x80) != 0, payload};
}

std::optional<Message> FrameReader::control(const Frame& f) {
  const std::string_view payload{f.payload.data(), f.payload.size()};
  if (f.kind != Opcode::close || payload.empty()) return Message{f.kind, payload};
  if (payload.size() < 2 || !may_close_with(number(payload.substr(0, 2)))) return refuse(protocol_error);
  if (!text::valid(payload.substr(2))) return refuse(not_text);
  return Message{f.kind, payload};
}

std::optional<Message> FrameReader::joined(const Frame& f) {
  const bool begun = kind_ != Opcode::more;
  if (begun != (f.kind == Opcode::more)) return refuse(protocol_error);
  if (f.kind == Opcode::binary) return refuse(unsupported);
  const std::string_view payload{f.payload.data(), f.payload.size()};
  if (!begun && f.last) return whole(f.kind, payload);
  if (!begun) kind_ = f.kind;
  fragments_ += payload;
  if (!f.last) return std::nullopt;
  joined_ = true;
  return whole(std::exchange(kind_, Opcode::more), fragments_);
}

std::optional<Message> FrameReader::whole(Opcode kind, std::string_view payload) {
  if (!text::valid(payload)) return refuse(not_text);
  return Message{kind, payload};
}

void append_frame_head(std::string& out, Opcode kind, std::size_t payload) {
  out += static_cast<char>(0x80 | static_cast<unsigned char>(kind));
  const int bytes = payload < 126 ? 0 : payload < 65536 ? 2 : 8;
  out += static_cast<char>(bytes == 0 ? payload : bytes == 2 ? 126 : 127);
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(payload >> (8 * i) & 0xff);
}

std::string frame(Opcode kind, std::string_view payload) {
  std::string out;
  out.reserve(payload.size() + 10);
  append_frame_head(out, kind, payload.size());
  return out += payload;
}

std::string close_frame(int code, std::string_view reason) {
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
  return frame(Opcode::close, payload += reason);
}

int close_code(std::string_view payload) {
  return payload.size() < 2 ? 1000 : static_cast<int>(number(payload.substr(0, 2)));
}

std::string accept_key(std::string_view key) {
  const auto text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  unsigned char digest[SHA_DIGEST_LENGTH], encoded[4 * ((SHA_DIGEST_LENGTH + 2) / 3) + 1];
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  const int size = EVP_EncodeBlock(encoded, digest, SHA_DIGEST_LENGTH);
  return {reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size)};
}

}  // namespace net
