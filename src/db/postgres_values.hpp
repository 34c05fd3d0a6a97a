#pragma once
#include <libpq-fe.h>

#include "db/value.hpp"

// How values travel to PostgreSQL (as text, bytes as they are) and back (binary).
namespace db {

// The parameters of one statement; looks at the caller's bytes.
class Parameters {
 public:
  explicit Parameters(std::span<const Arg>);
  int size() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void add(std::monostate) { put(nullptr, 0, false); }
  void add(std::int64_t v) { add_text(std::to_string(v)); }
  void add(double);
  void add(bool v) { add_text(v ? "1" : "0"); }
  void add(std::string_view);
  void add(BytesView);
  void add_text(std::string);
  void put(const char* value, std::size_t length, bool binary);

  std::vector<std::string> held_;
  std::vector<const char*> values_;
  std::vector<int> lengths_, formats_;
};

// One row of a result in binary format.
class PostgresRow final : public Row {
 public:
  PostgresRow(const PGresult* r, int row) : r_(r), row_(row) {}
  int size() const override { return PQnfields(r_); }
  bool null(int i) const override { return PQgetisnull(r_, row_, i) != 0; }
  std::int64_t integer(int i) const override;
  double real(int i) const override;
  std::string_view text(int i) const override;
  BytesView bytes(int i) const override;

 private:
  std::string_view raw(int i) const;
  const PGresult* r_;
  int row_;
};

}  // namespace db
