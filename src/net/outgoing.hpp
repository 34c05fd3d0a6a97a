#pragma once
#include <sys/uio.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace net {

// Bytes on their way to one peer, owned together with everybody else they go to.
struct Piece {
  std::shared_ptr<const void> owner;  // none: the bytes live as long as the program
  const char* data = nullptr;
  std::uint32_t size = 0;
  bool event = false;  // may be dropped: the peer can ask for what it missed

  static Piece lasting(std::string_view s) { return {nullptr, s.data(), static_cast<std::uint32_t>(s.size())}; }
  static Piece of(std::string s) { return shared(std::make_shared<const std::string>(std::move(s)), false); }
  static Piece shared(std::shared_ptr<const std::string> s, bool event) {
    const auto* data = s->data();
    const auto size = static_cast<std::uint32_t>(s->size());
    return {std::move(s), data, size, event};
  }
};

// What one connection has still to send, in order.
class Outgoing {
 public:
  bool empty() const { return pieces_.empty(); }
  std::size_t bytes() const { return bytes_; }
  void push(Piece p) {
    if (p.size == 0) return;
    if (pieces_.capacity() == 0) pieces_.reserve(usual);
    bytes_ += p.size;
    pieces_.push_back(std::move(p));
  }

  std::size_t gather(std::span<iovec> room) const {
    std::size_t n = 0;
    for (std::size_t i = first_; i < pieces_.size() && n < room.size(); ++i, ++n)
      room[n] = {const_cast<char*>(pieces_[i].data), pieces_[i].size};
    if (n > 0) room[0] = {static_cast<char*>(room[0].iov_base) + offset_, room[0].iov_len - offset_};
    return n;
  }
  void sent(std::size_t n) {
    bytes_ -= n;
    for (n += offset_; first_ < pieces_.size() && n >= pieces_[first_].size; ++first_) {
      n -= pieces_[first_].size;
      pieces_[first_].owner.reset();
    }
    offset_ = n;
    if (first_ == pieces_.size()) clear();
    else if (first_ > most_kept && first_ > pieces_.size() / 2) compact();
  }
  // Forgets the events, but for those of which the transport has begun to send so many bytes.
  void drop_events(std::size_t begun) {
    std::vector<Piece> kept;
    std::size_t before = 0;
    begun += offset_;
    bytes_ = 0;
    for (std::size_t i = first_; i < pieces_.size(); ++i) {
      const bool started = before < begun;
      before += pieces_[i].size;
      if (pieces_[i].event && !started) continue;
      bytes_ += pieces_[i].size;
      kept.push_back(std::move(pieces_[i]));
    }
    bytes_ -= kept.empty() ? 0 : offset_;
    first_ = 0;
    pieces_ = std::move(kept);
  }

 private:
  static constexpr std::size_t usual = 8, most_kept = 16;
  void clear() {
    first_ = offset_ = 0;
    pieces_.clear();
    if (pieces_.capacity() > most_kept) std::vector<Piece>().swap(pieces_);
  }

  // For a reader that never catches up: what is sent takes no room.
  void compact() {
    pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }

  std::vector<Piece> pieces_;
  std::size_t first_ = 0, offset_ = 0, bytes_ = 0;  // where the unsent begins, and how much it is
};

}  // namespace net
