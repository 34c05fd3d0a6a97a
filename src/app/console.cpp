#include "app/console.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>

#include "base/json.hpp"
#include "base/log.hpp"

namespace console {
namespace {

constexpr std::size_t largest_order = 64 * 1024, largest_reply = 4 * 1024 * 1024;
constexpr timeval patience_for_an_order{5, 0};
constexpr timeval patience_for_a_reply{600, 0};

// A socket's path holds 107 bytes; through the folder's descriptor any folder fits.
sockaddr_un address_in(int folder) {
  sockaddr_un a{};
  a.sun_family = AF_UNIX;
  const auto path = "/proc/self/fd/" + std::to_string(folder) + "/run.sock";
  std::memcpy(a.sun_path, path.data(), path.size());
  return a;
}

Descriptor open_folder(const std::string& data) {
  return Descriptor(::open(data.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}
Descriptor open_socket() { return Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

void be_patient(int socket, timeval patience) {
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

// The folder's mode keeps others out already; this holds where somebody opened it.
bool is_ours(int peer) {
  ucred who{};
  socklen_t size = sizeof who;
  return ::getsockopt(peer, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 && (who.uid == ::geteuid() || who.uid == 0);
}

// Everything up to the peer's end of sending.
std::string read_all(int socket, std::size_t most) {
  std::string all;
  std::array<char, 4096> piece{};
  for (;;) {
    const auto got = ::recv(socket, piece.data(), piece.size(), 0);
    if (got == 0) return all;
    if (got < 0) throw std::runtime_error("the other side of run.sock is silent");
    all.append(piece.data(), static_cast<std::size_t>(got));
    if (all.size() > most) throw std::runtime_error("this is too long for run.sock");
  }
}

void write_all(int socket, std::string_view text) {
  while (!text.empty()) {
    const auto sent = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent <= 0) throw std::runtime_error("the other side of run.sock has gone");
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
  ::shutdown(socket, SHUT_WR);
}

Reply carry_out(const Act& act, int peer) {
  try {
    return {true, act(json::parse<Order>(read_all(peer, largest_order)))};
  } catch (const Error& e) { return {false, e.sentence + " (" + e.code + ")"}; } catch (const std::exception& e) {
    return {false, e.what()};
  }
}

}  // namespace

Listener::Listener(const std::string& data, Act act)
    : act_(std::move(act)), folder_(open_folder(data)), socket_(open_socket()), stop_(::eventfd(0, EFD_CLOEXEC)) {
  const auto address = address_in(folder_.get());
  ::unlink(address.sun_path);  // of a server that was killed; the folder's lock is ours
  const auto* where = reinterpret_cast<const sockaddr*>(&address);
  if (!stop_ || ::bind(socket_.get(), where, sizeof address) != 0 || ::listen(socket_.get(), 8) != 0)
    throw std::runtime_error("cannot listen on " + data + "/run.sock");
  thread_ = std::thread([this] { listen(); });
}

Listener::~Listener() {
  ::eventfd_write(stop_.get(), 1);
  thread_.join();
  ::unlink(address_in(folder_.get()).sun_path);
}

void Listener::listen() {
  std::array<pollfd, 2> both{{{socket_.get(), POLLIN, 0}, {stop_.get(), POLLIN, 0}}};
  for (;;) {
    ::poll(both.data(), both.size(), -1);
    if (both[1].revents != 0) return;
    if (both[0].revents == 0) continue;
    const Descriptor peer(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (peer) answer(peer.get());
    else ::poll(&both[1], 1, 1000);  // no descriptor is free: not again at once
  }
}

void Listener::answer(int peer) {
  be_patient(peer, patience_for_an_order);
  if (!is_ours(peer)) return logging::warn("console.stranger");
  const auto reply = carry_out(act_, peer);
  try {
    write_all(peer, json::dump(reply));
  } catch (const std::exception&) { logging::warn("console.reply_lost", {{"done", static_cast<int>(reply.done)}}); }
}

std::optional<Reply> send(const std::string& data, const Order& order) {
  const auto folder = open_folder(data);
  const auto socket = open_socket();
  if (!folder) return std::nullopt;
  const auto address = address_in(folder.get());
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return std::nullopt;
  be_patient(socket.get(), patience_for_a_reply);
  write_all(socket.get(), json::dump(order));
  return json::parse<Reply>(read_all(socket.get(), largest_reply));
}

}  // namespace console
