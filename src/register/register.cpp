#include "register/register.hpp"

// What the register promises about itself. A line that breaks a promise does not compile.
namespace {

template <class T>
consteval bool has(const T& lines, const auto& wanted) {
  for (auto* line : lines)
    if (line == &wanted) return true;
  return false;
}

consteval bool unique(const auto& lines, auto id) {
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (std::size_t j = i + 1; j < lines.size(); ++j)
      if (lines[i]->*id == lines[j]->*id) return false;
  return true;
}
static_assert(unique(reg::items, &Item::id));
static_assert(unique(reg::purposes, &Purpose::id));
static_assert(unique(reg::permissions, &Permission::id));
static_assert(unique(reg::retentions, &Retention::code));
static_assert(unique(reg::stored, &Stored::name));

consteval bool numbered() {  // D-01 to D-75 in order, none missing
  for (std::size_t i = 0; i < reg::items.size(); ++i) {
    const auto id = reg::items[i]->id;
    if (id.size() != 4 || id.substr(0, 2) != "D-" ||
        static_cast<std::size_t>((id[2] - '0') * 10 + id[3] - '0') != i + 1)
      return false;
  }
  return reg::items.size() == 75;
}
static_assert(numbered());

consteval bool complete(const Words& w) { return !w.zh.empty() && !w.en.empty(); }

consteval bool sound(const Item& i) {
  if (!complete(i.name)) return false;
  for (auto& p : i.purposes)
    if (!has(reg::purposes, p)) return false;
  for (auto& r : i.retention)
    if (!has(reg::retentions, r)) return false;
  if (!i.personal()) return true;
  const bool grounded = i.basis != Basis::none && !i.retention.empty();
  return !i.purposes.empty() && (grounded || i.kept == Kept::nowhere) && (!i.sensitive() || i.mask != Mask::none);
}

consteval bool sound(const Purpose& p) {
  for (auto need : p.needs)
    if (!reg::item(need) || !reg::item(need)->serves(p)) return false;
  return complete(p.name) && complete(p.says) && (p.kind == Kind::legal) == (p.aim == Aim::law);
}

consteval bool sound(const Permission& p) {
  for (auto& used : p.purposes)
    if (!has(reg::purposes, used)) return false;
  return complete(p.name) && complete(p.why) && p.purposes.empty() == (p.asked == Asked::never);
}

consteval bool sound(const Retention& r) {
  const bool by_time = r.until >= Until::minutes && r.until <= Until::chosen;
  return complete(r.says) && complete(r.control) == (r.because == Because::control) && by_time == r.ages() &&
         (r.until == Until::chosen) == (r.ceiling > 0) &&
         (r.ceiling == 0 || (r.floor <= r.amount && r.amount <= r.ceiling));
}

consteval bool sound(const Stored& s) {
  for (auto& p : s.purposes)
    if (!has(reg::purposes, p)) return false;
  return complete(s.what) && !s.purposes.empty() && !s.retention.empty();
}

consteval bool all_sound(const auto& lines) {
  for (auto* line : lines)
    if (!sound(*line)) return false;
  return true;
}
static_assert(all_sound(reg::items));
static_assert(all_sound(reg::purposes));
static_assert(all_sound(reg::permissions));
static_assert(all_sound(reg::retentions));
static_assert(all_sound(reg::stored));

}  // namespace
