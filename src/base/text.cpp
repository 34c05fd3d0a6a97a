#include "base/text.hpp"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <mutex>
#include <stdexcept>

namespace text {
namespace {

template <class F>
bool each(std::string_view s, F f) {
  const auto size = static_cast<std::int32_t>(s.size());
  for (std::int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT(s.data(), i, size, c);
    if (c < 0) return false;
    f(c);
  }
  return true;
}

icu::UnicodeString utf16(std::string_view s) {
  return icu::UnicodeString::fromUTF8({s.data(), static_cast<std::int32_t>(s.size())});
}
std::string utf8(const icu::UnicodeString& s) {
  std::string out;
  s.toUTF8String(out);
  return out;
}

// Transliterators are slow to make and not for two threads at once.
icu::UnicodeString latin(icu::UnicodeString s) {
  static std::mutex one;
  static const std::unique_ptr<icu::Transliterator> rule = [] {
    UErrorCode ec = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(
        icu::Transliterator::createInstance("Han-Latin/Names; Latin-ASCII; Lower", UTRANS_FORWARD, ec));
    if (U_FAILURE(ec)) throw std::runtime_error("ICU has no Han-Latin/Names");
    return made;
  }();
  const std::lock_guard hold(one);
  rule->transliterate(s);
  return s;
}

}  // namespace

bool valid(std::string_view s) {
  return each(s, [](UChar32) {});
}

std::size_t characters(std::string_view s) {
  return static_cast<std::size_t>(std::ranges::count_if(s, [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string trimmed(std::string_view s) {
  auto u = utf16(s);
  int from = 0, to = u.length();
  while (from < to && u_isUWhiteSpace(u[from])) ++from;
  while (to > from && u_isUWhiteSpace(u[to - 1])) --to;
  return utf8(u.tempSubStringBetween(from, to));
}

bool has_control(std::string_view s, bool line_breaks_allowed) {
  bool found = false;
  each(s, [&](UChar32 c) {
    const bool line = c == '\n' || c == '\t' || c == '\r';
    if (u_iscntrl(c) && !(line && line_breaks_allowed)) found = true;
  });
  return found;
}

bool is_emoji(std::string_view s) {
  const auto wide = icu::UnicodeString::fromUTF8({s.data(), static_cast<int32_t>(s.size())});
  if (wide.isEmpty()) return false;
  const auto first = wide.char32At(0);
  if (!u_hasBinaryProperty(first, UCHAR_EXTENDED_PICTOGRAPHIC) && !u_hasBinaryProperty(first, UCHAR_REGIONAL_INDICATOR))
    return false;
  UErrorCode failed = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> cluster(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), failed));
  if (U_FAILURE(failed)) throw std::logic_error("ICU cannot tell characters apart");
  cluster->setText(wide);
  cluster->first();
  return cluster->next() == wide.length();
}

std::string folded(std::string_view s) {
  UErrorCode ec = U_ZERO_ERROR;
  const auto* rule = icu::Normalizer2::getNFKCCasefoldInstance(ec);
  const auto out = rule->normalize(utf16(s), ec);
  if (U_FAILURE(ec)) throw std::runtime_error("ICU cannot fold");
  return utf8(out);
}

Reading reading(std::string_view name) {
  Reading out;
  for (const char c : utf8(latin(utf16(name)))) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!letter) {
      if (!out.full.empty() && out.full.back() != ' ') out.full += ' ';
      continue;
    }
    if (out.full.empty() || out.full.back() == ' ') out.initials += c;
    out.full += c;
  }
  while (!out.full.empty() && out.full.back() == ' ') out.full.pop_back();
  return out;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    const auto b = static_cast<unsigned char>(c);
    out += {digits[b >> 4], digits[b & 15]};
  }
  return out;
}

std::string unhex(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    int byte = 0;
    const auto [end, error] = std::from_chars(digits.data() + i, digits.data() + i + 2, byte, 16);
    if (error != std::errc{} || end != digits.data() + i + 2) return "";
    out += static_cast<char>(byte);
  }
  return digits.size() % 2 ? "" : out;
}

}  // namespace text
