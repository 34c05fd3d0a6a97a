// The policy: is the one in force the one this program makes, and does it say what is so?
#include <algorithm>

#include "privacy/inventory.hpp"
#include "privacy/policies.hpp"
#include "privacy/prove.hpp"
#include "register/labels.hpp"
#include "register/register.hpp"

namespace privacy {
namespace {

constexpr std::array anchors{"collect", "cookies",  "share",   "protect", "manage",
                             "minors",  "location", "updates", "contact"};

// What people are shown is what was kept: this is the kept text, read back.
struct Shown {
  Policy zh, en;
};

Shown shown(const Installation& in) {
  for (auto& row : policies_kept(in.data))
    if (row.hash == in.en.hash) return {json::parse<Policy>(row.zh), json::parse<Policy>(row.en)};
  throw std::runtime_error("the policy in force was never kept here");
}

const Section& section(const Policy& p, std::string_view anchor) {
  const auto found = std::ranges::find(p.sections, anchor, &Section::anchor);
  if (found == p.sections.end()) throw std::runtime_error("the policy has no section " + std::string(anchor));
  return *found;
}

// The list of a section whose first column names this.
const std::vector<std::string>* row_of(const Section& s, std::string_view first, std::size_t cells) {
  for (auto& list : s.tables)
    for (auto& row : list.rows)
      if (row.size() == cells && row.front() == first) return &row;
  return nullptr;
}
constexpr std::size_t collected = 7, not_collected_cells = 3, permission_cells = 4, stored_cells = 5;

std::string bold(const Section& s) {
  std::string all;
  for (auto& p : s.paragraphs)
    if (p.bold) all += p.text + "\n";
  return all;
}
bool says(const Section& s, std::string_view words) {
  return std::ranges::any_of(s.paragraphs, [&](auto& p) { return p.text.find(words) != p.text.npos; });
}

Finding policies_unaltered(const Installation& in) {
  const auto kept = policies_kept(in.data);
  for (auto& row : kept)
    if (hash_of_words(row.zh, row.en) != row.hash)
      return {"the kept policy " + row.hash.substr(0, 12) + " is not the text that it was"};
  if (kept.empty() || std::ranges::none_of(kept, [&](auto& row) { return row.hash == in.en.hash; }))
    return {"the policy that this program makes (" + in.en.hash.substr(0, 12) + ") was never put in force here"};
  return {};
}

Finding operator_named(const Installation& in) {
  if (in.en.operator_.name.empty()) return {"the operator has no name: set operator_name"};
  return shown(in).en.operator_.name == in.en.operator_.name ? Finding{} : Finding{"the policy names another operator"};
}

Finding nine_sections(const Installation& in) {
  const auto [zh, en] = shown(in);
  for (auto* p : {&zh, &en}) {
    if (p->sections.size() != anchors.size())
      return {"the policy has " + std::to_string(p->sections.size()) + " sections"};
    for (auto anchor : anchors)
      if (section(*p, anchor).title.empty() || section(*p, anchor).paragraphs.empty())
        return {"section " + std::string(anchor) + " is empty"};
  }
  return {};
}

Finding lists_what_is_held(const Installation& in) {
  const auto policy = shown(in).en;
  const auto& s = section(policy, "collect");
  const auto held = holdings(in.tables);
  for (auto* i : reg::items) {
    if (!i->personal()) continue;
    const bool listed = row_of(s, i->id, collected) != nullptr;
    if (listed != held.contains(i->id))
      return {std::string(i->id) + (listed ? " is listed and not held" : " is held and not listed")};
    if (!listed && !row_of(s, i->id, not_collected_cells)) return {std::string(i->id) + " is on no list"};
  }
  return {};
}

Finding sensitive_stands_out(const Installation& in) {
  const auto policy = shown(in).en;
  const auto words = bold(section(policy, "collect"));
  for (auto& [id, codes] : holdings(in.tables))
    if (const auto* i = reg::item(id); i && i->sensitive() && words.find("(" + std::string(id) + ")") == words.npos)
      return {std::string(id) + " is sensitive and does not stand out"};
  return {};
}

Finding says_who_decides(const Installation& in) {
  const auto policy = shown(in).en;
  for (auto& [id, codes] : holdings(in.tables)) {
    const auto* i = reg::item(id);
    if (!i || !i->personal()) continue;
    const auto* row = row_of(section(policy, "collect"), id, collected);
    if (!row || (*row)[3] != words(i->controller).en)
      return {"the policy does not say who decides about " + std::string(id)};
  }
  return {};
}

Finding permissions_listed(const Installation& in) {
  const auto policy = shown(in).en;
  for (auto* p : reg::permissions) {
    const auto* row = row_of(section(policy, "collect"), p->id, permission_cells);
    if (!row || (*row)[2] != words(p->asked).en) return {std::string(p->id) + " is not listed as the register has it"};
  }
  for (auto* p : {&purpose::camera, &purpose::media, &purpose::attendance_place})
    if (p->kind != Kind::additional) return {std::string(p->id) + " is not a purpose of its own choice"};
  return permission::phone_state.asked == Asked::never ? Finding{} : Finding{"phone state is asked for"};
}

Finding storage_listed(const Installation& in) {
  const auto policy = shown(in).en;
  std::size_t necessary = 0;
  for (auto* s : reg::stored) {
    const auto* row = row_of(section(policy, "cookies"), s->name, stored_cells);
    if (!row || (*row)[3] != (s->necessary ? "Yes" : "No"))
      return {std::string(s->name) + " is not listed as the register has it"};
    if (s->purposes.empty() || s->retention.empty()) return {std::string(s->name) + " has no purpose or no period"};
    necessary += s->necessary;
  }
  return necessary < reg::stored.size() ? Finding{} : Finding{"everything is called necessary"};
}

// Signing in, one's own choices, what is on its way, and what was decided: nothing that counts or follows.
Finding storage_serves_its_uses(const Installation&) {
  for (auto* s : reg::stored)
    for (auto& p : s->purposes)
      if (p.id != purpose::cookies.id && p.id != purpose::search.id && p.id != purpose::communication.id &&
          p.id != purpose::rights.id)
        return {std::string(s->name) + " serves " + std::string(p.id)};
  return std::ranges::count(reg::stored, Store::cookie, [](auto* s) { return s->store; }) == 1
             ? Finding{}
             : Finding{"there is another cookie than the one for signing in"};
}

Finding refusing_storage_explained(const Installation& in) {
  const auto [zh, en] = shown(in);
  const bool said = says(section(en, "cookies"), "if you block it, you cannot sign in") &&
                    says(section(zh, "cookies"), "阻止它就无法登录");
  return said ? Finding{} : Finding{"the policy does not say what refusing costs"};
}

Finding honest_about_protection(const Installation& in) {
  const auto [zh, en] = shown(in);
  if (!says(section(en, "protect"), "No protection is absolute") ||
      !says(section(zh, "protect"), "没有哪种保护是绝对的"))
    return {"the policy does not say that no protection is perfect"};
  for (auto* p : {&zh, &en})
    for (auto& s : p->sections)
      for (auto claim : {"绝对安全", "百分之百安全", "completely secure", "100% secure", "fully secure"})
        if (says(s, claim)) return {"the policy claims absolute protection"};
  return {};
}

Finding minors_advised(const Installation& in) {
  const auto [zh, en] = shown(in);
  const bool said = says(section(en, "minors"), "with a guardian") && says(section(zh, "minors"), "监护人");
  return said ? Finding{} : Finding{"the policy does not advise minors"};
}

Finding no_recipient_named(const Installation& in) {
  const auto policy = shown(in).en;
  return says(section(policy, "share"), "no third party receives your information")
             ? Finding{}
             : Finding{"the policy names no state of sharing"};
}

constexpr Check all[] = {
    {"policies_unaltered", "0-2 0-9 0-10 1.1-1 2.1.B-2 2.8-1", policies_unaltered},
    {"operator_named", "0-2 1.1-1", operator_named},
    {"nine_sections", "2.0-0 2.0-1 2.0-2 2.0-3 2.0-4 2.0-5 2.0-6 2.0-7 2.0-8 2.0-9", nine_sections},
    {"lists_what_is_held", "0-9 2.1.B-2 2.1.2.10-1 2.1.2.2-3", lists_what_is_held},
    {"sensitive_stands_out", "0-9", sensitive_stands_out},
    {"says_who_decides", "1.10-1 2.1.2.4-5", says_who_decides},
    {"permissions_listed", "2.1.2.8-0a 2.1.2.8-4 2.1.2.8-5 2.1.2.9-1", permissions_listed},
    {"storage_listed", "2.2.1-1 2.2.1-2 2.2.1-3 2.2.1-5 2.2.1-7", storage_listed},
    {"storage_serves_its_uses", "2.2.1-2 2.2.1-3 2.2.1-6", storage_serves_its_uses},
    {"refusing_storage_explained", "2.2.1-6 2.2.1-7", refusing_storage_explained},
    {"honest_about_protection", "2.4.7-1", honest_about_protection},
    {"minors_advised", "2.4.6-2", minors_advised},
    {"no_recipient_named", "2.3.1-0 2.3.2-0", no_recipient_named},
};

}  // namespace

std::span<const Check> checks_of_policy() { return all; }

}  // namespace privacy
