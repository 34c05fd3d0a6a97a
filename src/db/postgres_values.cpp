#include "db/postgres_values.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>

namespace db {
namespace {

enum Kind : Oid {  // the server's own types have fixed numbers
  boolean = 16,
  bytea = 17,
  name = 19,
  int8 = 20,
  int2 = 21,
  int4 = 23,
  text = 25,
  float4 = 700,
  float8 = 701,
  bpchar = 1042,
  varchar = 1043,
  numeric = 1700,
};

[[noreturn]] void differ() { throw std::logic_error("a column and its field differ in type"); }

// Numbers arrive with their highest byte first.
template <class T>
T number(std::string_view raw) {
  if (raw.size() < sizeof(T)) differ();
  T value;
  std::memcpy(&value, raw.data(), sizeof value);
  return std::byteswap(value);
}

// What sum() and avg() give: digits of base 10,000, the first one counting 10,000^weight.
struct Numeric {
  explicit Numeric(std::string_view raw)
      : digits(number<std::uint16_t>(raw)),
        weight(number<std::int16_t>(raw.substr(2))),
        sign(number<std::uint16_t>(raw.substr(4))),
        rest(raw.substr(8)) {
    if (sign != 0 && sign != 0x4000) differ();  // not a number, or infinite
  }
  int digit(int i) const { return i < digits ? number<std::int16_t>(rest.substr(static_cast<std::size_t>(i) * 2)) : 0; }

  std::int64_t integer() const {
    if (digits > weight + 1) differ();
    std::int64_t sum = 0;
    for (int i = 0; i <= weight; ++i)
      if (__builtin_mul_overflow(sum, 10'000, &sum) || __builtin_sub_overflow(sum, digit(i), &sum)) differ();
    if (sign == 0 && __builtin_sub_overflow(std::int64_t{0}, sum, &sum)) differ();
    return sum;
  }
  double real() const {
    double sum = 0;
    for (int i = 0; i < digits; ++i) sum += digit(i) * std::pow(10'000.0, weight - i);
    return sign ? -sum : sum;
  }

  int digits, weight, sign;
  std::string_view rest;
};

}  // namespace

Parameters::Parameters(std::span<const Arg> args) {
  held_.reserve(args.size());  // what is added points into it
  for (auto& arg : args) std::visit([&](auto v) { add(v); }, arg.value);
}

void Parameters::add(double v) { add_text(fmt::format("{}", v)); }

void Parameters::add(std::string_view v) {
  if (v.contains('\0')) throw std::logic_error("a text with a zero byte");
  add_text(std::string(v));
}

// A null pointer would be NULL, also with length 0.
void Parameters::add(BytesView v) { put(v.empty() ? "" : reinterpret_cast<const char*>(v.data()), v.size(), true); }

void Parameters::add_text(std::string v) {
  held_.push_back(std::move(v));
  put(held_.back().c_str(), held_.back().size(), false);
}

void Parameters::put(const char* value, std::size_t length, bool binary) {
  if (!std::in_range<int>(length)) throw std::logic_error("a value too large for a statement");
  values_.push_back(value);
  lengths_.push_back(static_cast<int>(length));
  formats_.push_back(binary);
}

std::string_view PostgresRow::raw(int i) const {
  if (null(i)) throw std::logic_error("a null where the row has a value");
  return {PQgetvalue(r_, row_, i), static_cast<std::size_t>(PQgetlength(r_, row_, i))};
}

std::int64_t PostgresRow::integer(int i) const {
  const auto value = raw(i);
  switch (PQftype(r_, i)) {
    case Kind::boolean: return value[0];
    case Kind::int2: return number<std::int16_t>(value);
    case Kind::int4: return number<std::int32_t>(value);
    case Kind::int8: return number<std::int64_t>(value);
    case Kind::numeric: return Numeric(value).integer();
    default: differ();
  }
}

double PostgresRow::real(int i) const {
  const auto value = raw(i);
  switch (PQftype(r_, i)) {
    case Kind::float4: return std::bit_cast<float>(number<std::uint32_t>(value));
    case Kind::float8: return std::bit_cast<double>(number<std::uint64_t>(value));
    case Kind::numeric: return Numeric(value).real();
    default: return static_cast<double>(integer(i));
  }
}

std::string_view PostgresRow::text(int i) const {
  const auto value = raw(i);
  switch (PQftype(r_, i)) {
    case Kind::name:
    case Kind::text:
    case Kind::bpchar:
    case Kind::varchar: return value;
    default: differ();
  }
}

BytesView PostgresRow::bytes(int i) const {
  const auto value = raw(i);
  if (PQftype(r_, i) != Kind::bytea) differ();
  return {reinterpret_cast<const unsigned char*>(value.data()), value.size()};
}

}  // namespace db
