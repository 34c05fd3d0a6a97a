#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// The server's side of RFC 6455: bytes in, whole messages out, and frames to send. Does no I/O.
namespace net {

enum class Opcode : unsigned char { more = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

struct Message {
  Opcode kind;
  std::string_view payload;  // until the next call
};

// Reads what one client sends. It keeps bytes of its own only while a message comes in fragments.
class FrameReader {
 public:
  explicit FrameReader(std::size_t most) : most_(most) {}

  // The next message of `bytes`, which are unmasked in place and then begin behind it. Nothing:
  // what is left is not a whole frame yet, or the client broke the protocol.
  std::optional<Message> next(std::span<char>& bytes);
  int broken() const { return broken_; }  // the code to close with; 0 while all is well

 private:
  struct Frame {
    Opcode kind;
    bool last;
    std::span<char> payload;
  };
  std::optional<Frame> frame(std::span<char>& bytes);
  std::optional<Message> control(const Frame&);
  std::optional<Message> joined(const Frame&);
  std::optional<Message> whole(Opcode, std::string_view);
  std::nullopt_t refuse(int code) {
    broken_ = code;
    return std::nullopt;
  }

  std::size_t most_;  // bytes in a message
  std::string fragments_;
  Opcode kind_ = Opcode::more;  // of the message that is coming in fragments
  bool joined_ = false;         // the fragments were given away; the next call drops them
  int broken_ = 0;
};

// The head of a frame as the server sends it, unmasked and whole.
void append_frame_head(std::string& out, Opcode, std::size_t payload);
std::string frame(Opcode, std::string_view payload);
std::string close_frame(int code, std::string_view reason = {});
int close_code(std::string_view payload);  // of a close message; 1000 if it says none

// What the client's key is answered with.
std::string accept_key(std::string_view key);

}  // namespace net
