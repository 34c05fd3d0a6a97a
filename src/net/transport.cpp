#include "net/transport.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <stdexcept>

#include "net/certificates.hpp"

namespace net {
namespace {

bool later() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

// As much of the pieces as one TLS record takes.
std::size_t copy(std::span<const iovec> from, std::size_t skip, std::span<char> to) {
  std::size_t n = 0;
  for (const auto& part : from) {
    if (skip >= part.iov_len) {
      skip -= part.iov_len;
      continue;
    }
    const auto size = std::min(part.iov_len - skip, to.size() - n);
    std::memcpy(to.data() + n, static_cast<const char*>(part.iov_base) + skip, size);
    n += size;
    skip = 0;
    if (n == to.size()) break;
  }
  return n;
}

}  // namespace

void SslClosed::operator()(SSL* s) const { SSL_free(s); }

Transport::Done Transport::after(int result) const {
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ: return {0, Wants::read};
    case SSL_ERROR_WANT_WRITE: return {0, Wants::write};
    default: ERR_clear_error(); return {0, Wants::end};
  }
}

Transport::Done Transport::read(std::span<char> into) {
  if (ssl_) {
    const int n = SSL_read(ssl_.get(), into.data(), static_cast<int>(into.size()));
    return n > 0 ? Done{static_cast<std::size_t>(n)} : after(n);
  }
  const auto n = ::recv(fd_, into.data(), into.size(), 0);
  if (n > 0) return {static_cast<std::size_t>(n)};
  return {0, n < 0 && later() ? Wants::read : Wants::end};
}

Transport::Done Transport::write(std::span<const iovec> parts) {
  std::size_t total = 0;
  for (const auto& p : parts) total += p.iov_len;
  if (!ssl_) {
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(parts.data());
    message.msg_iovlen = parts.size();
    const auto n = ::sendmsg(fd_, &message, MSG_NOSIGNAL);
    if (n < 0) return {0, later() ? Wants::write : Wants::end};
    const auto sent = static_cast<std::size_t>(n);
    return {sent, sent < total ? Wants::write : Wants::nothing};
  }
  thread_local std::array<char, 16 * 1024> record;
  std::size_t sent = 0;
  while (sent < total) {
    const auto size = copy(parts, sent, record);
    const int n = SSL_write(ssl_.get(), record.data(), static_cast<int>(size));
    if (n <= 0) {
      begun_ = size;
      return {sent, after(n).then};
    }
    sent += static_cast<std::size_t>(n);
    begun_ = 0;
  }
  return {sent};
}

void Transport::finish() {
  if (ssl_ && SSL_is_init_finished(ssl_.get())) SSL_shutdown(ssl_.get());
  ERR_clear_error();
  ::shutdown(fd_, SHUT_WR);
}

bool Transport::has_unread() const { return ssl_ && SSL_has_pending(ssl_.get()); }

TlsContext::TlsContext(std::string cert_file, std::string key_file)
    : cert_file_(std::move(cert_file)), key_file_(std::move(key_file)) {
  reload();
}

void TlsContext::reload() {
  const std::shared_ptr<SSL_CTX> made(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  auto* c = made.get();
  if (!c || SSL_CTX_use_certificate_chain_file(c, cert_file_.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(c, key_file_.c_str(), SSL_FILETYPE_PEM) != 1 || SSL_CTX_check_private_key(c) != 1) {
    ERR_clear_error();
    throw std::runtime_error("The certificate " + cert_file_ + " and the key " + key_file_ +
                             " cannot be used together");
  }
  SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION);
  SSL_CTX_set_options(c, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_cipher_list(c, "ECDHE+AESGCM:ECDHE+CHACHA20");
  // Idle connections give their buffers back; what is queued may move between two tries.
  SSL_CTX_set_mode(c, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
  const auto names = names_of(cert_file_);
  const std::lock_guard lock(mutex_);
  context_ = made;
  names_ = {names.begin(), names.end()};
}

bool TlsContext::names(const std::string& host) const {
  const std::lock_guard lock(mutex_);
  return names_.contains(host);
}

Ssl TlsContext::accept(int fd) {
  const std::lock_guard lock(mutex_);
  Ssl made(SSL_new(context_.get()));
  if (!made || SSL_set_fd(made.get(), fd) != 1) throw std::bad_alloc();
  SSL_set_accept_state(made.get());
  return made;
}

}  // namespace net
