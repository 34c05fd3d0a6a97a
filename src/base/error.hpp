#pragma once
#include <exception>
#include <map>
#include <string>

// "This request cannot be honoured." Thrown below a verb, caught once, in core/dispatch.cpp.
// A bug is not an Error: let it be a std::logic_error.
// What must survive the refusal (a counted failure, a spent code) is returned instead, as
// std::expected<Out, Error>: then the transaction commits and the caller still gets the error.
struct Error : std::exception {
  enum class Kind {
    bad_request = 400,
    unknown_caller = 401,
    forbidden = 403,
    missing = 404,
    not_allowed = 405,
    conflict = 409,
    too_large = 413,
    bad_range = 416,
    invalid = 422,
    something_first = 428,
    too_many = 429,
    internal = 500,
    unavailable = 503,
  };
  Kind kind;
  std::string code;                                // stable, for programs: "checkin.note_needed"
  std::string sentence;                            // for people
  std::string field = {};                          // the input it is about, if one
  std::map<std::string, std::string> values = {};  // what a translation of the sentence needs

  Error(Kind k, std::string c, std::string s) : kind(k), code(std::move(c)), sentence(std::move(s)) {}
  const char* what() const noexcept override { return code.c_str(); }
  int status() const { return static_cast<int>(kind); }

  Error at(std::string name) && {
    field = std::move(name);
    return std::move(*this);
  }
  Error with(std::string name, std::string value) && {
    values[std::move(name)] = std::move(value);
    return std::move(*this);
  }

  static Error invalid(std::string c, std::string s) { return {Kind::invalid, std::move(c), std::move(s)}; }
  static Error forbidden(std::string c, std::string s) { return {Kind::forbidden, std::move(c), std::move(s)}; }
  static Error missing(std::string c, std::string s) { return {Kind::missing, std::move(c), std::move(s)}; }
  static Error conflict(std::string c, std::string s) { return {Kind::conflict, std::move(c), std::move(s)}; }
  static Error unknown_caller(std::string c, std::string s) {
    return {Kind::unknown_caller, std::move(c), std::move(s)};
  }
  static Error first(std::string c, std::string s) { return {Kind::something_first, std::move(c), std::move(s)}; }
};
