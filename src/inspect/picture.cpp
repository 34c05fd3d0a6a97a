#include "inspect/picture.hpp"

#include <exiv2/exiv2.hpp>

#include <array>
#include <stdexcept>

namespace inspect {
namespace {

constexpr auto orientation = "Exif.Image.Orientation";

[[noreturn]] void refuse() { throw std::runtime_error("this picture cannot be taken"); }

unsigned char byte_at(std::string_view s, std::size_t at) {
  if (at >= s.size()) refuse();
  return static_cast<unsigned char>(s[at]);
}
std::size_t big_endian(std::string_view s, std::size_t at, int bytes) {
  std::size_t n = 0;
  for (int i = 0; i < bytes; ++i) n = n << 8 | byte_at(s, at + static_cast<std::size_t>(i));
  return n;
}

// Exiv2 keeps the segments that it does not know, and everything behind the end: previews, films and
// notes of makers. Only what the picture itself needs goes on.
std::string bare_jpeg(std::string_view s) {
  constexpr unsigned char app0 = 0xe0, exif = 0xe1, icc = 0xe2, adobe = 0xee, app15 = 0xef, comment = 0xfe;
  constexpr unsigned char scan = 0xda, end = 0xd9;
  std::string out(s.substr(0, 2));
  for (std::size_t at = 2;;) {
    if (byte_at(s, at) != 0xff) refuse();
    const auto marker = byte_at(s, at + 1);
    if (marker == end) return out += s.substr(at, 2);
    const auto size = big_endian(s, at + 2, 2) + 2;
    const auto segment = s.substr(at, size);
    if (size < 4 || segment.size() != size) refuse();
    const bool is_icc = segment.substr(4, 12) == std::string_view("ICC_PROFILE\0", 12);
    const bool needed = marker == app0 || marker == exif || marker == adobe || (marker == icc && is_icc) ||
                        marker < app0 || (marker > app15 && marker != comment);
    if (needed) out += segment;
    at += size;
    if (marker != scan) continue;
    const auto from = at;  // the pixels, up to the next marker that is not part of them
    while (byte_at(s, at) != 0xff || byte_at(s, at + 1) == 0 || (byte_at(s, at + 1) & 0xf8) == 0xd0) ++at;
    out += s.substr(from, at - from);
  }
}

std::string bare_png(std::string_view s) {
  constexpr std::array<std::string_view, 16> needed{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB",
                                                    "iCCP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT", "cICP"};
  std::string out(s.substr(0, 8));
  for (std::size_t at = 8;;) {
    const auto chunk = s.substr(at, big_endian(s, at, 4) + 12);
    const auto name = chunk.substr(4, 4);
    if (chunk.size() != big_endian(s, at, 4) + 12) refuse();
    for (const auto n : needed)
      if (n == name) out += chunk;
    if (name == "IEND") return out;
    at += chunk.size();
  }
}

// Chunks of a WebP: the picture, its frames, its colours.
std::string bare_webp(std::string_view s) {
  constexpr std::array<std::string_view, 8> needed{"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP", "EXIF"};
  const auto number = [&](std::size_t at) {
    return std::size_t{byte_at(s, at)} | std::size_t{byte_at(s, at + 1)} << 8 | std::size_t{byte_at(s, at + 2)} << 16 |
           std::size_t{byte_at(s, at + 3)} << 24;
  };
  std::string out;
  const auto end = std::min(s.size(), number(4) + 8);
  for (std::size_t at = 12; at + 8 <= end;) {
    const auto size = number(at + 4) + 8, padded = size + size % 2;
    if (size > end - at) refuse();
    for (const auto n : needed)
      if (n == s.substr(at, 4)) (out += s.substr(at, size)) += std::string(size % 2, '\0');
    at += padded;
  }
  const auto all = out.size() + 4;
  std::string head = "RIFF";
  for (int i = 0; i < 4; ++i) head += static_cast<char>(all >> (8 * i));
  return head + "WEBP" + out;
}

// Frames, and how often they repeat; no remarks and no other applications' blocks.
std::string bare_gif(std::string_view s) {
  constexpr unsigned char frame = 0x2c, extension = 0x21, end = 0x3b, timing = 0xf9, application = 0xff;
  const auto colours = [&](std::size_t flags) {
    return byte_at(s, flags) & 0x80 ? std::size_t{3} << ((byte_at(s, flags) & 7) + 1) : 0;
  };
  const auto size = [&](std::size_t at) {
    return std::uint64_t{byte_at(s, at)} | std::uint64_t{byte_at(s, at + 1)} << 8;
  };
  if (size(6) * size(8) > most_pixels) refuse();
  std::size_t at = 13 + colours(10);
  std::string out(s.substr(0, at));
  for (;;) {
    const auto from = at, kind = std::size_t{byte_at(s, at)};
    if (kind == end) return out += static_cast<char>(end);
    if (kind == frame) at += 10 + colours(at + 9) + 1;
    else if (kind == extension) at += 2;
    else refuse();
    while (const auto block = byte_at(s, at)) at += std::size_t{1} + block;
    ++at;
    const bool repeats =
        kind == extension && byte_at(s, from + 1) == application && s.substr(from + 3, 11) == "NETSCAPE2.0";
    if (kind == frame || byte_at(s, from + 1) == timing || repeats) out += s.substr(from, at - from);
  }
}

std::string bare(const std::string& type, std::string_view bytes) {
  if (type == "image/jpeg") return bare_jpeg(bytes);
  return type == "image/png" ? bare_png(bytes) : bare_webp(bytes);
}

auto opened(const std::string& bytes) {
  auto image =
      Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(bytes.data()), static_cast<long>(bytes.size()));
  image->readMetadata();
  return image;
}

// The one thing that stays of what is written beside a picture: which way is up.
std::string without_metadata(const std::string& bytes) {
  auto image = opened(bytes);
  const auto w = image->pixelWidth(), h = image->pixelHeight();
  if (w <= 0 || h <= 0 || static_cast<std::uint64_t>(w) * static_cast<std::uint64_t>(h) > most_pixels) refuse();
  const auto found = image->exifData().findKey(Exiv2::ExifKey(orientation));
  const auto way_up = found == image->exifData().end() ? 1 : found->toLong();
  image->clearExifData();
  image->clearIptcData();
  image->clearXmpPacket();
  image->clearXmpData();
  image->clearComment();
  if (way_up > 1 && way_up <= 8) image->exifData()[orientation] = static_cast<std::uint16_t>(way_up);
  image->writeMetadata();
  auto& io = image->io();
  io.open();
  std::string out(io.size(), '\0');
  if (io.read(reinterpret_cast<Exiv2::byte*>(out.data()), static_cast<long>(out.size())) !=
      static_cast<long>(out.size()))
    refuse();
  return out;
}

void must_be_bare(const std::string& bytes) {
  auto image = opened(bytes);
  for (const auto& e : image->exifData())
    if (e.key() != orientation) refuse();
  if (!image->xmpPacket().empty() || !image->xmpData().empty() || !image->iptcData().empty() ||
      !image->comment().empty())
    refuse();
}

}  // namespace

// Drawings and icons are documents: they say nothing of where they were made.
bool is_picture(std::string_view type) {
  constexpr std::array<std::string_view, 8> documents{
      "image/svg+xml",  "image/vnd.dwg", "image/vnd.djvu",           "image/bmp",
      "image/x-ms-bmp", "image/x-icon",  "image/vnd.microsoft.icon", "image/x-xcf"};
  for (const auto d : documents)
    if (d == type) return false;
  return type.starts_with("image/");
}

std::string cleaned(const std::string& type, const std::string& bytes) {
  if (type == "image/gif") return bare_gif(bytes);
  if (type != "image/jpeg" && type != "image/png" && type != "image/webp") refuse();
  auto out = bare(type, without_metadata(bytes));
  must_be_bare(out);
  return out;
}

}  // namespace inspect
