#include "privacy/inventory.hpp"

#include <algorithm>

#include "register/labels.hpp"
#include "register/register.hpp"

namespace privacy {
namespace {

using schema::Erase;
using schema::Type;

Words words(Erase e) {
  switch (e) {
    case Erase::delete_row: return {"删除整行", "Row deleted"};
    case Erase::blank: return {"清空个人信息", "Personal columns blanked"};
    case Erase::anonymise: return {"匿名化", "Anonymised"};
    case Erase::detach: return {"解除关联", "Link cut"};
    case Erase::retain: return {"依法保留至到期", "Kept by law until due"};
  }
  std::unreachable();
}

Words stored_as(Type t) {
  switch (t) {
    case Type::digest: return {"单向摘要", "One-way digest"};
    case Type::sealed: return {"加密", "Sealed"};
    case Type::blob: return {"加密文件", "Sealed file"};
    default: return {"明文列", "Plain column"};
  }
}

// Writes one language of the inventory.
class Writer {
 public:
  explicit Writer(Language l) : l_(l) {}

  void line(std::initializer_list<std::string> cells) {
    for (auto& cell : cells) md_ += "| " + cell + " ";
    md_ += "|\n";
  }
  void table(std::initializer_list<Words> head) {
    md_ += "\n";
    for (auto& h : head) md_ += "| " + word(h) + " ";
    md_ += "|\n";
    for (std::size_t i = 0; i < head.size(); ++i) md_ += "|---";
    md_ += "|\n";
  }
  void title(std::string_view level, const Words& w) {
    md_ += (md_.empty() ? "" : "\n") + std::string(level) + " " + word(w) + "\n";
  }
  void say(const Words& w) { md_ += "\n" + word(w) + "\n"; }
  std::string word(const Words& w) const { return std::string(w.in(l_)); }
  std::string named(const Item& i) const { return i.id.empty() ? "—" : std::string(i.id) + " " + word(i.name); }
  std::string purposes(const Item& i) const {
    std::string all;
    for (auto& p : i.purposes) all += (all.empty() ? "" : " ") + std::string(p.id);
    return all.empty() ? "—" : all;
  }
  std::string take() { return std::move(md_); }

 private:
  Language l_;
  std::string md_;
};

// What erasure does to a column: the deed of each subject of its row.
std::string erased(const schema::Table& t, const Writer& w) {
  std::string all;
  for (auto& s : t.about.subjects)
    all += (all.empty() ? "" : "; ") + std::string(s.column) + ": " + w.word(words(s.erase));
  return all.empty() ? "—" : all;
}

// What is one way says nothing, so it is neither shown nor exported.
void column(Writer& w, const schema::Table& t, const schema::Column& c) {
  const Item& i = c.item;
  const bool mine = i.personal(), digest = c.type == Type::digest;
  const auto only_mine = [&](std::string says) { return mine ? std::move(says) : std::string("—"); };
  w.line({"`" + std::string(c.name) + "`", w.named(i), w.word(words(i.kind)), only_mine(w.word(words(i.controller))),
          w.purposes(i), w.word(words(i.basis)), w.word(stored_as(c.type)),
          only_mine(w.word(words(digest ? Mask::whole : i.mask))),
          only_mine(w.word(words(digest ? Export::no : i.exported))), only_mine(std::string(kept(t, c).code)),
          only_mine(erased(t, w))});
}

}  // namespace

const Retention& kept(const schema::Table& t, const schema::Column& c) {
  return c.kept.code.empty() ? t.about.kept : c.kept;
}

Holdings holdings(std::span<const schema::Table> tables) {
  Holdings all;
  for (auto& t : tables)
    for (auto& c : t.columns)
      if (!c.item.id.empty()) {
        auto& codes = all[c.item.id];
        if (c.item.personal()) codes.insert(kept(t, c).code);
      }
  return all;
}

std::string inventory(std::span<const schema::Table> tables, Language language) {
  Writer w(language);
  w.title("#", {"数据清单", "Data inventory"});
  w.say(
      {"由 `carillon schema --inventory` 从表的声明和隐私登记表生成，请勿手工修改。",
       "Made by `carillon schema --inventory` from the declared tables and the privacy register; not edited by hand."});
  const auto held = holdings(tables);
  for (auto& t : tables) {
    w.title("##", {t.name, t.name});
    w.table({{"列", "Column"},
             {"登记项", "Item"},
             {"类别", "Class"},
             {"由谁决定", "Controller"},
             {"用途", "Purposes"},
             {"依据", "Ground"},
             {"存储", "Stored as"},
             {"显示", "Shown"},
             {"导出", "Exported"},
             {"期限", "Kept"},
             {"删除时", "On erasure"}});
    for (auto& c : t.columns) column(w, t, c);
  }
  w.title("##", {"尚未收集的登记项", "Items not collected yet"});
  w.table({{"登记项", "Item"},
           {"类别", "Class"},
           {"由谁决定", "Controller"},
           {"用途", "Purposes"},
           {"依据", "Ground"},
           {"说明", "Note"}});
  for (auto* i : reg::items)
    if (!held.contains(i->id))
      w.line({w.named(*i), w.word(words(i->kind)), w.word(words(i->controller)), w.purposes(*i),
              w.word(words(i->basis)), w.word(not_collected(*i))});
  w.title("##", {"用途", "Purposes"});
  w.table({{"编号", "No."}, {"用途", "Purpose"}, {"类型", "Kind"}});
  for (auto* p : reg::purposes)
    w.line({std::string(p->id), w.word(p->name) + w.word({"：", ": "}) + w.word(p->says), w.word(words(p->kind))});
  w.title("##", {"期限", "Periods"});
  w.table({{"编号", "Code"}, {"期限", "Period"}, {"理由", "Because of"}, {"法律依据", "Law"}});
  for (auto* r : reg::retentions) {
    const auto control = r->control.zh.empty() ? "" : w.word({"：", ": "}) + w.word(r->control);
    w.line({std::string(r->code), w.word(r->says), w.word(words(r->because)) + control, std::string(r->law)});
  }
  return w.take();
}

}  // namespace privacy
