#pragma once
#include <concepts>
#include <cstddef>
#include <string_view>

#include "base/few.hpp"

// The lines of the privacy register: what is kept, who decides about it, what for, on what ground
// and how long. Every column points at one; the policy, the inventory and the engines read them.

enum class Language { zh_CN, en };

struct Words {
  std::string_view zh, en;
  constexpr std::string_view in(Language l) const { return l == Language::en ? en : zh; }
};

// A few lines of the register, by address: a line is declared once and never copied.
template <class T>
class Lines {
 public:
  constexpr Lines() = default;
  template <std::same_as<T>... U>
  constexpr Lines(const U&... line) : lines_{&line...}, count_(sizeof...(line)) {}

  struct Iterator {
    const T* const* at;
    constexpr const T& operator*() const { return **at; }
    constexpr Iterator& operator++() {
      ++at;
      return *this;
    }
    constexpr bool operator==(const Iterator&) const = default;
  };
  constexpr Iterator begin() const { return {lines_}; }
  constexpr Iterator end() const { return {lines_ + count_}; }
  constexpr bool empty() const { return count_ == 0; }

 private:
  const T* lines_[8]{};
  std::size_t count_ = 0;
};

enum class Kind { basic, additional, legal };                 // additional: refusing it costs only its own feature
enum class Aim { law, provide, maintain, improve, protect };  // the four aims a purpose serves, or a duty

struct Purpose {
  std::string_view id;  // "PU-02"
  Kind kind = Kind::basic;
  Aim aim = Aim::provide;
  Words name, says;
  Few<std::string_view> needs = {};  // the items it cannot do without
  int version = 1;                   // one more when it changes so that people must be asked again
};

// How long a row or a column lives, counted from the column that its table names.
enum class Until { none, minutes, days, months, chosen, account, consent, forever };
enum class From { start, end };  // of what the row records: its own moment, or when the matter closed

// Why a period is as long as it is: the service or its records need it, a control does, the person
// agreed to it, or an agreement says so.
enum class Because { service, control, agreed, agreement };

struct Retention {
  std::string_view code;  // "R-LOC"
  Until until = Until::none;
  int amount = 0;   // minutes, days or months; for an organisation that has not chosen, months
  int floor = 0;    // months it lives at least
  int ceiling = 0;  // months an organisation may choose at most
  From from = From::start;
  std::string_view law = "";  // the law that keeps it against a request for erasure
  Words says = {};
  Because because = Because::service;
  Words control = {};  // which one

  constexpr bool ages() const { return amount > 0; }  // by time, not by an event
};

// linked: says nothing about a person alone; kept beside one, it is treated as personal.
enum class Class { none, organisation, linked, personal, sensitive };
enum class Controller { operating, organisation };
enum class Basis { none, contract, staff, law, consent, permission };
enum class Mask { none, last_four, whole };
enum class Export { yes, no };
enum class Kept { server, device, nowhere };  // the furthest place it may be kept

struct Item {
  std::string_view id;  // "D-27", the number the published policy uses
  Words name = {};
  Class kind = Class::none;
  Controller controller = Controller::organisation;
  Lines<Purpose> purposes = {};
  Basis basis = Basis::none;
  Lines<Retention> retention = {};  // the codes a table that holds it may use
  Mask mask = Mask::none;
  Export exported = Export::yes;
  Kept kept = Kept::server;

  constexpr bool personal() const { return kind >= Class::linked; }
  constexpr bool sensitive() const { return kind == Class::sensitive; }
  constexpr bool granted() const { return basis == Basis::consent || basis == Basis::permission; }
  constexpr bool bound_by_law() const {
    for (auto& r : retention)
      if (!r.law.empty()) return true;
    return false;
  }
  constexpr bool bold() const { return sensitive() || bound_by_law(); }  // the policy must make these stand out
  constexpr bool may_be_kept(const Retention& period) const {
    for (auto& r : retention)
      if (r.code == period.code) return true;
    return false;
  }
  constexpr bool serves(const Purpose& wanted) const {
    for (auto& p : purposes)
      if (p.id == wanted.id) return true;
    return false;
  }
};
inline constexpr Item not_personal{};

// What a device is asked for, and when.
enum class Asked { never, not_yet, when_used };

struct Permission {
  std::string_view id;  // "PM-04"
  Words name;
  Lines<Purpose> purposes = {};
  Asked asked = Asked::not_yet;
  Words why = {};
  int version = 1;
};

// What a browser is given to keep.
enum class Store { cookie, local, visit };  // visit: until the tab is closed

struct Stored {
  std::string_view name;
  Store store = Store::cookie;
  Lines<Purpose> purposes = {};
  Lines<Retention> retention = {};
  bool necessary = true;
  Words what = {};
};
