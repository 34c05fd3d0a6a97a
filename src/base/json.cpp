#include "base/json.hpp"

#include <boost/json.hpp>
#include <boost/json/src.hpp>

namespace bj = boost::json;
namespace json {

struct DocumentImpl {
  bj::value value = bj::object{};
  bool words = false;
};

namespace {

constexpr std::size_t deepest = 32;
const bj::value* node(const void* p) { return static_cast<const bj::value*>(p); }

template <class Number>
std::optional<Number> number_in(std::string_view word) {
  Number n{};
  const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), n);
  return error == std::errc{} && stop == word.data() + word.size() ? std::optional(n) : std::nullopt;
}

std::string_view view(const bj::string& s) { return {s.data(), s.size()}; }

}  // namespace

void Writer::comma() {
  if (!fresh_) out_ += ',';
  fresh_ = false;
}
void Writer::begin(char b) {
  comma();
  out_ += b;
  fresh_ = true;
}
void Writer::end(char b) {
  out_ += b;
  fresh_ = false;
}
void Writer::key(std::string_view k) {
  comma();
  quote(k);
  out_ += ':';
  fresh_ = true;
}
void Writer::quote(std::string_view s) {
  constexpr char hex[] = "0123456789abcdef";
  out_ += '"';
  for (const char c : s) {
    const auto u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') (out_ += '\\') += c;
    else if (c == '\n') out_ += "\\n";
    else if (c == '\r') out_ += "\\r";
    else if (c == '\t') out_ += "\\t";
    else if (u < 0x20) ((out_ += "\\u00") += hex[u >> 4]) += hex[u & 15];
    else out_ += c;
  }
  out_ += '"';
}
void Writer::null() {
  comma();
  out_ += "null";
}
void Writer::put(std::string_view v) {
  comma();
  quote(v);
}
void Writer::put(std::int64_t v) {
  comma();
  out_ += std::to_string(v);
}
void Writer::put(double v) {
  comma();
  out_ += bj::serialize(bj::value(v));
}
void Writer::put(bool v) {
  comma();
  out_ += v ? "true" : "false";
}
void Writer::raw(std::string_view v) {
  comma();
  out_ += v;
}

void Reader::missing() const { throw Error::invalid("request.missing_field", "This is needed").at(std::string(name_)); }
void Reader::wrong(std::string_view wanted) const {
  if (absent()) missing();
  throw Error::invalid("request.bad_field", "This must be " + std::string(wanted)).at(std::string(name_));
}
bool Reader::absent() const { return !node_ || node(node_)->is_null(); }
Reader Reader::at(std::string_view key) const {
  const auto* o = node_ ? node(node_)->if_object() : nullptr;
  if (node_ && !o) wrong("an object");
  return Reader{o ? o->if_contains({key.data(), key.size()}) : nullptr, key, words_};
}
std::vector<Reader> Reader::items() const {
  std::vector<Reader> out;
  if (absent() || !node(node_)->is_array()) wrong("a list");
  for (const auto& v : node(node_)->get_array()) out.emplace_back(&v, name_);
  return out;
}
std::vector<std::pair<std::string, Reader>> Reader::members() const {
  std::vector<std::pair<std::string, Reader>> out;
  if (absent() || !node(node_)->is_object()) wrong("an object");
  for (const auto& [key, v] : node(node_)->get_object()) out.emplace_back(std::string(key), Reader(&v, name_));
  return out;
}
std::string Reader::text() const {
  if (absent() || !node(node_)->is_string()) wrong("a text");
  return std::string(view(node(node_)->get_string()));
}
std::int64_t Reader::integer() const {
  if (absent()) missing();
  if (words_ && node(node_)->is_string())
    if (const auto n = number_in<std::int64_t>(view(node(node_)->get_string()))) return *n;
  if (!node(node_)->is_int64()) wrong("a whole number");
  return node(node_)->get_int64();
}
double Reader::real() const {
  if (absent()) missing();
  if (words_ && node(node_)->is_string())
    if (const auto n = number_in<double>(view(node(node_)->get_string()))) return *n;
  bj::error_code ec;
  auto n = node(node_)->to_number<double>(ec);
  if (ec) wrong("a number");
  return n;
}
bool Reader::boolean() const {
  if (absent()) missing();
  if (words_ && node(node_)->is_string()) {
    const auto word = view(node(node_)->get_string());
    if (word == "true" || word == "false") return word == "true";
  }
  if (!node(node_)->is_bool()) wrong("true or false");
  return node(node_)->get_bool();
}
std::string Reader::dump() const { return node_ ? bj::serialize(*node(node_)) : "null"; }

Document::Document() : impl_(new DocumentImpl) { impl_->words = true; }
Document::Document(std::string_view text) : Document() {
  if (text.empty()) return;
  impl_->words = false;
  bj::error_code ec;
  bj::parse_options options;
  options.max_depth = deepest;
  impl_->value = bj::parse({text.data(), text.size()}, ec, {}, options);
  if (ec || !impl_->value.is_object())
    throw Error{Error::Kind::bad_request, "request.bad_json", "The body must be one JSON object"};
}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;
Reader Document::root() const { return Reader{&impl_->value, {}, impl_->words}; }
void Document::set(std::string_view key, std::string_view value) {
  if (!text::valid(value)) throw Error::invalid("request.bad_text", "This is not a text").at(std::string(key));
  impl_->value.as_object()[bj::string_view{key.data(), key.size()}] = bj::string_view{value.data(), value.size()};
}
Document Document::take(std::string_view key) {
  Document out;
  auto* found = impl_->value.as_object().if_contains({key.data(), key.size()});
  if (!found || found->is_null()) return out;
  if (!found->is_object()) throw Error::invalid("request.bad_field", "This must be an object").at(std::string(key));
  out.impl_->value = std::move(*found);
  out.impl_->words = false;
  return out;
}

void check_typed(Reader r, std::string& v, std::size_t least, std::size_t most, bool breaks) {
  const auto refuse = [&](std::string code, std::string sentence) {
    return Error::invalid(std::move(code), std::move(sentence)).at(std::string(r.name()));
  };
  if (!text::valid(v) || text::has_control(v, breaks))
    throw refuse("request.bad_text", "This has characters that are not text");
  v = text::trimmed(v);
  const auto size = text::characters(v);
  if (size < least && size == 0) r.missing();
  if (size < least) throw refuse("request.too_short", "This is too short").with("least", std::to_string(least));
  if (size > most) throw refuse("request.too_long", "This is too long").with("most", std::to_string(most));
}

void check_number(Reader r, std::size_t most) {
  if (r.items().size() <= most) return;
  throw Error::invalid("request.too_many_items", "This is too many at once")
      .at(std::string(r.name()))
      .with("most", std::to_string(most));
}

void check_bounds(Reader r, std::int64_t v, std::int64_t least, std::int64_t most) {
  if (v >= least && v <= most) return;
  throw Error::invalid("request.out_of_bounds", "This number is too small or too large")
      .at(std::string(r.name()))
      .with("least", std::to_string(least))
      .with("most", std::to_string(most));
}

}  // namespace json
