// carillon_inspect: what a file is, and a picture without what it tells about people.
//
// Reads a file from standard input and answers on it, a socket: one line with the type, and for a picture
// that can be cleaned all of its bytes. Shut in before the first byte is read: files that come from
// outside are opened nowhere else. Ends with 1 when the file is refused, without a type.
#include <magic.h>
#include <sys/socket.h>
#include <unistd.h>

#include <exiv2/exiv2.hpp>

#include "inspect/confine.hpp"
#include "inspect/picture.hpp"

namespace {

constexpr std::size_t head_size = 1 << 20, part = 1 << 16;

// Reads up to so many bytes in all.
void read_into(std::string& bytes, std::size_t most) {
  while (bytes.size() < most) {
    const auto had = bytes.size();
    bytes.resize(std::min(most, had + part));
    const auto n = ::read(STDIN_FILENO, bytes.data() + had, bytes.size() - had);
    bytes.resize(had + static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    if (n <= 0) return;
  }
}

bool send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = ::write(STDIN_FILENO, bytes.data(), bytes.size());
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

int answer(magic_t sniffer) {
  std::string bytes;
  read_into(bytes, head_size);
  const char* found = bytes.empty() ? nullptr : magic_buffer(sniffer, bytes.data(), bytes.size());
  if (!found) return 1;
  const std::string type = found;
  if (!inspect::is_picture(type)) return send(type + "\n") ? 0 : 1;
  bytes.reserve(inspect::largest_picture + 1);
  read_into(bytes, inspect::largest_picture + 1);
  if (bytes.size() > inspect::largest_picture) return 1;
  return send(type + "\n") && send(inspect::cleaned(type, bytes)) ? 0 : 1;
}

}  // namespace

int main() {
  const magic_t sniffer = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_ERROR);
  if (!sniffer || magic_load(sniffer, nullptr) != 0) return 2;
  Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
  Exiv2::XmpParser::initialize();
  if (!inspect::confine()) return 2;
  try {
    ::_exit(answer(sniffer));
  } catch (const std::exception&) { ::_exit(1); }
}
