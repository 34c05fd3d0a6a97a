#include "privacy/publish.hpp"

#include <algorithm>

#include "privacy/inventory.hpp"
#include "privacy/policies.hpp"
#include "privacy/policy_text.hpp"
#include "register/labels.hpp"
#include "register/register.hpp"

namespace privacy {
namespace {

constexpr std::string_view version = "0";
constexpr Words number{"编号", "No."}, information{"信息", "Information"}, kind{"类别", "Class"},
    controller{"由谁决定", "Who decides"}, use{"只用于", "Only for"}, ground{"依据", "Ground"}, period{"期限", "Kept"},
    see_period{"期限（见第四节）", "Kept (see section 4)"};

std::string replaced(std::string_view says, std::string_view name) {
  std::string out(says);
  constexpr std::string_view mark = "{operator}";
  for (auto at = out.find(mark); at != out.npos; at = out.find(mark, at + name.size()))
    out.replace(at, mark.size(), name);
  return out;
}

std::string joined(const std::vector<std::string>& words, Language l) {
  std::string all;
  for (auto& w : words) all += (all.empty() ? "" : l == Language::en ? ", " : "、") + w;
  return all;
}

// Renders one language of one policy; it holds what every list needs.
class Renderer {
 public:
  Renderer(std::span<const schema::Table> tables, const Operator& who, Language l)
      : held_(holdings(tables)), who_(who), l_(l) {}

  Policy policy() const {
    Policy p{std::string(version), {}, {}, l_ == Language::en ? "en" : "zh-CN", word(text::title), who_, {}};
    for (auto& chapter : text::chapters) p.sections.push_back(section(chapter));
    return p;
  }

 private:
  std::string word(const Words& w) const { return std::string(w.in(l_)); }
  Paragraph paragraph(const text::Sentence& s) const {
    return {replaced(s.says.in(l_), who_.name.empty() ? text::nameless.in(l_) : std::string_view(who_.name)), s.bold};
  }
  Listing listing(const Words& title, std::initializer_list<Words> head) const {
    Listing made{word(title), {}, {}};
    for (auto& h : head) made.head.push_back(word(h));
    return made;
  }
  std::string named(const Item& i) const {
    return word(i.name) + (l_ == Language::en ? " (" : "（") + std::string(i.id) + (l_ == Language::en ? ")" : "）");
  }

  bool held(const Item& i) const { return held_.contains(i.id); }
  bool in_use(const Purpose& p) const {
    return std::ranges::any_of(reg::items, [&](auto* i) { return held(*i) && i->serves(p); });
  }
  bool in_use(const Retention& r) const {
    return std::ranges::any_of(held_, [&](auto& h) { return h.second.contains(r.code); });
  }
  bool stands_out(const Item& i) const {
    return i.sensitive() || std::ranges::any_of(reg::retentions, [&](auto* r) {
             return !r->law.empty() && held_.at(i.id).contains(r->code);
           });
  }

  Section section(const text::Chapter& chapter) const {
    Section s{std::string(chapter.anchor), word(chapter.title), {}, {}};
    for (auto& sentence : chapter.sentences) s.paragraphs.push_back(paragraph(sentence));
    if (s.anchor == "collect") collect(s);
    else if (s.anchor == "cookies") s.tables = {stored()};
    else if (s.anchor == "protect") s.tables = {periods()};
    else if (s.anchor == "contact") contact(s);
    return s;
  }

  void collect(Section& s) const {
    const bool extras =
        std::ranges::any_of(reg::purposes, [&](auto* p) { return p->kind == Kind::additional && in_use(*p); });
    s.paragraphs.push_back(paragraph(extras ? text::extras : text::no_extras));
    std::vector<std::string> needed, special;
    for (auto* i : reg::items) {
      if (!held(*i)) continue;
      if (necessary(*i)) needed.push_back(named(*i));
      if (stands_out(*i)) special.push_back(named(*i));
    }
    const auto add = [&](const Words& lead, const std::vector<std::string>& list) {
      if (!list.empty())
        s.paragraphs.push_back({word(lead) + joined(list, l_) + (l_ == Language::en ? "." : "。"), true});
    };
    add(text::needed, needed);
    add(text::stand_out, special);
    s.tables = {collected(), not_yet(), purposes(), permissions()};
  }

  bool necessary(const Item& i) const {
    return std::ranges::any_of(reg::purposes, [&](auto* p) {
      return p->kind == Kind::basic && in_use(*p) && std::ranges::find(p->needs, i.id) != p->needs.end();
    });
  }

  Listing collected() const {
    auto list = listing({"收集的个人信息", "Personal information collected"},
                        {number, information, kind, controller, use, ground, see_period});
    for (auto* i : reg::items) {
      if (!i->personal() || !held(*i)) continue;
      std::vector<std::string> uses, codes;
      for (auto& p : i->purposes) uses.push_back(word(p.name));
      for (auto code : held_.at(i->id)) codes.emplace_back(code);
      list.rows.push_back({std::string(i->id), word(i->name), word(words(i->kind)), word(words(i->controller)),
                           joined(uses, l_), word(words(i->basis)), joined(codes, l_)});
    }
    return list;
  }

  Listing not_yet() const {
    auto list = listing({"没有收集的信息", "Not collected"}, {number, information, {"说明", "Note"}});
    for (auto* i : reg::items)
      if (i->personal() && !held(*i)) list.rows.push_back({std::string(i->id), word(i->name), word(not_collected(*i))});
    return list;
  }

  Listing purposes() const {
    auto list =
        listing({"用途", "Purposes"}, {number, {"用途", "Purpose"}, {"说明", "What it means"}, {"类型", "Kind"}});
    for (auto* p : reg::purposes)
      if (in_use(*p)) list.rows.push_back({std::string(p->id), word(p->name), word(p->says), word(words(p->kind))});
    return list;
  }

  Listing permissions() const {
    auto list = listing({"设备权限", "Device permissions"},
                        {number, {"权限", "Permission"}, {"状态", "State"}, {"何时、怎样使用", "When and how"}});
    for (auto* p : reg::permissions)
      list.rows.push_back({std::string(p->id), word(p->name), word(words(p->asked)), word(p->why)});
    return list;
  }

  Listing stored() const {
    auto list = listing({"浏览器保存的内容", "What your browser keeps"},
                        {{"名称", "Name"}, {"形式", "Form"}, {"作用", "What it does"}, {"必需", "Necessary"}, period});
    for (auto* s : reg::stored) {
      std::vector<std::string> periods;
      for (auto& r : s->retention) periods.push_back(word(r.says));
      list.rows.push_back({std::string(s->name), word(words(s->store)), word(s->what),
                           word(s->necessary ? Words{"是", "Yes"} : Words{"否", "No"}), joined(periods, l_)});
    }
    return list;
  }

  Listing periods() const {
    auto list = listing({"保存期限", "How long information is kept"}, {number, period});
    for (auto* r : reg::retentions)
      if (in_use(*r)) list.rows.push_back({std::string(r->code), word(r->says)});
    return list;
  }

  void contact(Section& s) const {
    auto list = listing({"联系方式", "Contact"}, {{"途径", "Way"}, {"内容", "Details"}});
    const auto add = [&](const Words& way, const std::string& value) {
      if (!value.empty()) list.rows.push_back({word(way), value});
    };
    add({"部门", "Department"}, who_.department);
    add({"地址", "Address"}, who_.address);
    add({"邮编", "Postcode"}, who_.postcode);
    add({"邮箱", "Mail"}, who_.email);
    add({"电话", "Telephone"}, who_.phone);
    if (list.rows.empty()) s.paragraphs = {paragraph(text::no_contact)};
    else s.tables = {list};
  }

  Holdings held_;
  const Operator& who_;
  Language l_;
};

}  // namespace

Policy publish(std::span<const schema::Table> tables, const Operator& who, Language language, Time effective_at) {
  const auto zh = Renderer(tables, who, Language::zh_CN).policy(), en = Renderer(tables, who, Language::en).policy();
  auto policy = language == Language::en ? en : zh;
  policy.hash = hash_of_words(words_of(zh), words_of(en));
  policy.effective_at = effective_at;
  return policy;
}

}  // namespace privacy
