#pragma once
#include <chrono>
#include <cstdint>
#include <memory>

namespace net {

// Refers to a connection without keeping it: a slot is used again, its generation is not.
struct Handle {
  std::uint32_t slot = 0, generation = 0;
};

// What one thread waits for: descriptors that are ready, the tick, being woken. Asio is behind it.
class Reactor {
 public:
  class Events {
   public:
    virtual ~Events() = default;
    virtual void readable(Handle) = 0;
    virtual void writable(Handle) = 0;
    virtual void tick() = 0;
  };

  explicit Reactor(Events&);
  ~Reactor();

  void add(Handle, int fd);  // from now on the descriptor is the reactor's
  void remove(Handle);       // closes it; its handlers may still come, with the old generation
  void await_read(Handle);   // once
  void await_write(Handle);  // once

  void tick_every(std::chrono::milliseconds);
  void wake();  // from any thread: the pass under way or the next one takes another turn
  void pass();  // waits until something happens, then handles what is ready

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace net
