#include "privacy/publish.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "privacy/inventory.hpp"
#include "register/register.hpp"

namespace {
using namespace schema;
using enum schema::Type;
using privacy::Operator, privacy::Policy, privacy::publish;

// clang-format off
constexpr auto people = table("people",
    {.org = "org_id", .subjects = {{"id", Erase::delete_row}}, .kept = keep::account},
    Column{"id",       key,    data::staff_link},
    Column{"org_id",   id,     not_personal},
    Column{"name",     text,   data::person_name},
    Column{"login",    text,   data::org_login},
    Column{"password", digest, data::password});
constexpr auto choices = table("choices",
    {.org = "org_id", .subjects = {{"who", Erase::retain}}, .kept = keep::consent, .age = "at"},
    Column{"org_id", id,   not_personal},
    Column{"who",    id,   data::consent},
    Column{"at",     time, data::consent});
constexpr auto places = table("places",
    {.org = "org_id", .subjects = {{"who", Erase::delete_row}}, .kept = keep::attendance, .age = "at"},
    Column{"org_id", id,     not_personal},
    Column{"who",    id,     data::staff_link},
    Column{"at",     time,   data::check_in},
    Column{"where",  sealed, data::geolocation}.nullable().kept_for(keep::location));
constexpr auto people_with_position = table("people",
    {.org = "org_id", .subjects = {{"id", Erase::delete_row}}, .kept = keep::account},
    Column{"id",       key,    data::staff_link},
    Column{"org_id",   id,     not_personal},
    Column{"name",     text,   data::person_name},
    Column{"login",    text,   data::org_login},
    Column{"password", digest, data::password},
    Column{"position", text,   data::position}.nullable());
// clang-format on
constexpr Table small[] = {people, choices};
constexpr Table grown[] = {people_with_position, choices};
constexpr Table placed[] = {people, choices, places};

const Operator bureau{"City Data Bureau", "Privacy desk", "1 Lake Road", "310000", "privacy@example.org", "0571-1"};

Policy english(std::span<const Table> tables, const Operator& who = bureau) {
  return publish(tables, who, Language::en, Time{});
}
Policy chinese(std::span<const Table> tables, const Operator& who = bureau) {
  return publish(tables, who, Language::zh_CN, Time{});
}

const privacy::Section& section(const Policy& p, std::string_view anchor) {
  return *std::ranges::find(p.sections, anchor, &privacy::Section::anchor);
}
std::set<std::string> first_column(const privacy::Listing& list) {
  std::set<std::string> all;
  for (auto& row : list.rows) all.insert(row.at(0));
  return all;
}
const privacy::Listing& list(const Policy& p, std::string_view anchor, std::string_view title) {
  return *std::ranges::find(section(p, anchor).tables, title, &privacy::Listing::title);
}
std::set<std::string> collected(const Policy& p) {
  return first_column(list(p, "collect", "Personal information collected"));
}
std::string bold(const privacy::Section& s) {
  std::string all;
  for (auto& p : s.paragraphs)
    if (p.bold) all += p.text + "\n";
  return all;
}
bool has_han(std::string_view s) {  // a character of U+3000 to U+9FFF
  return std::ranges::any_of(
      s, [](char c) { return static_cast<unsigned char>(c) >= 0xE3 && static_cast<unsigned char>(c) <= 0xE9; });
}
void each_text(const Policy& p, auto f) {
  f(p.title);
  for (auto& s : p.sections) {
    f(s.title);
    for (auto& x : s.paragraphs) f(x.text);
    for (auto& t : s.tables) {
      f(t.title);
      for (auto& h : t.head) f(h);
    }
  }
}

TEST(Policy, HasItsNineSectionsInOrder) {
  std::vector<std::string> anchors;
  for (auto& s : english(small).sections) anchors.push_back(s.anchor);
  EXPECT_EQ(anchors, (std::vector<std::string>{"collect", "cookies", "share", "protect", "manage", "minors", "location",
                                               "updates", "contact"}));
}

TEST(Policy, SaysTheSameInBothLanguages) {
  const auto zh = chinese(placed), en = english(placed);
  ASSERT_EQ(zh.sections.size(), en.sections.size());
  for (std::size_t i = 0; i < zh.sections.size(); ++i) {
    const auto &a = zh.sections[i], &b = en.sections[i];
    EXPECT_EQ(a.anchor, b.anchor);
    ASSERT_EQ(a.paragraphs.size(), b.paragraphs.size()) << a.anchor;
    for (std::size_t j = 0; j < a.paragraphs.size(); ++j) EXPECT_EQ(a.paragraphs[j].bold, b.paragraphs[j].bold);
    ASSERT_EQ(a.tables.size(), b.tables.size()) << a.anchor;
    for (std::size_t j = 0; j < a.tables.size(); ++j) {
      EXPECT_EQ(a.tables[j].rows.size(), b.tables[j].rows.size());
      for (auto& row : a.tables[j].rows) EXPECT_EQ(row.size(), a.tables[j].head.size());
      for (auto& row : b.tables[j].rows) EXPECT_EQ(row.size(), b.tables[j].head.size());
    }
  }
}

TEST(Policy, EachLanguageIsItsOwn) {
  each_text(english(placed), [](auto& text) {
    EXPECT_FALSE(text.empty());
    EXPECT_FALSE(has_han(text)) << text;
  });
  each_text(chinese(placed), [](auto& text) {
    EXPECT_FALSE(text.empty());
    EXPECT_TRUE(has_han(text) || text == "Cookie") << text;
  });
}

TEST(Policy, CollectsExactlyWhatSomeTableHolds) {
  EXPECT_EQ(collected(english(small)), (std::set<std::string>{"D-02", "D-08", "D-09", "D-11", "D-72"}));
  EXPECT_EQ(collected(english(placed)),
            (std::set<std::string>{"D-02", "D-08", "D-09", "D-11", "D-27", "D-44", "D-72"}));
}

TEST(Policy, NamesEveryPersonalItemOnceAsCollectedOrNot) {
  const auto p = english(placed);
  const auto not_yet = first_column(list(p, "collect", "Not collected"));
  const auto held = collected(p);
  for (auto* i : reg::items)
    EXPECT_EQ(held.contains(std::string(i->id)) + not_yet.contains(std::string(i->id)), i->personal() ? 1 : 0) << i->id;
}

TEST(Policy, StatesThePeriodsOfWhatItHoldsAndNoOthers) {
  EXPECT_EQ(first_column(list(english(small), "protect", "How long information is kept")),
            (std::set<std::string>{"R-ACCT", "R-CONS"}));
  EXPECT_EQ(first_column(list(english(placed), "protect", "How long information is kept")),
            (std::set<std::string>{"R-ACCT", "R-ATT", "R-CONS", "R-LOC"}));
}

TEST(Policy, ListsThePurposesOfWhatItHolds) {
  const auto uses = first_column(list(english(small), "collect", "Purposes"));
  EXPECT_TRUE(uses.contains("PU-02") && uses.contains("PU-18"));
  EXPECT_FALSE(uses.contains("PU-10"));
  EXPECT_TRUE(first_column(list(english(placed), "collect", "Purposes")).contains("PU-10"));
}

TEST(Policy, MakesSensitiveItemsAndThoseTheLawKeepsStandOut) {
  const auto text = bold(section(english(placed), "collect"));
  for (auto id : {"Password (D-09)", "Location (D-27)", "Records of consent and withdrawal (D-72)"})
    EXPECT_NE(text.find(id), text.npos) << id;
  EXPECT_EQ(text.find("(D-11), Location"), text.npos);
  EXPECT_EQ(bold(section(english(small), "collect")).find("D-27"), std::string::npos);
}

TEST(Policy, SaysWhatItCannotDoWithout) {
  const auto text = bold(section(english(small), "collect"));
  const auto needed = text.find("Name (D-02), Account name in the organisation (D-08), Password (D-09)");
  EXPECT_NE(needed, text.npos) << text;
}

TEST(Policy, SpeaksOfAdditionalFeaturesOnlyWhenThereAreSome) {
  const auto says = [](const Policy& p, std::string_view words) {
    return std::ranges::any_of(section(p, "collect").paragraphs,
                               [&](auto& x) { return x.text.find(words) != x.text.npos; });
  };
  EXPECT_TRUE(says(english(small), "basic features only"));
  EXPECT_FALSE(says(english(placed), "basic features only"));
  EXPECT_TRUE(says(english(placed), "Additional features are off until"));
}

TEST(Policy, ListsTheOneCookie) {
  EXPECT_TRUE(first_column(list(english(small), "cookies", "What your browser keeps")).contains("carillon_session"));
}

TEST(Policy, NamesItsOperatorAndHowToReachThem) {
  const auto p = english(small);
  EXPECT_EQ(p.operator_.name, "City Data Bureau");
  EXPECT_EQ(section(p, "collect").paragraphs[0].text.find("City Data Bureau"), 0u);
  EXPECT_EQ(section(p, "contact").tables.at(0).rows.size(), 5u);
}

TEST(Policy, WithoutAContactSaysSoInBold) {
  const auto p = english(small, {"City Data Bureau", "", "", "", "", ""});
  EXPECT_TRUE(section(p, "contact").tables.empty());
  EXPECT_NE(bold(section(p, "contact")).find("administrator"), std::string::npos);
}

TEST(Policy, AnOperatorWithoutANameLeavesNoGap) {
  for (auto& p : {english(small, {}), chinese(small, {})})
    each_text(p, [](auto& text) { EXPECT_EQ(text.find("{operator}"), text.npos) << text; });
}

TEST(PolicyHash, IsTheSameForBothLanguagesAndEveryTime) {
  const auto hash = english(small).hash;
  EXPECT_EQ(hash.size(), 64u);
  EXPECT_EQ(hash, chinese(small).hash);
  EXPECT_EQ(hash, english(small).hash);
  EXPECT_EQ(hash, publish(small, bureau, Language::en, Time{std::chrono::days{1}}).hash);
}

TEST(PolicyHash, ChangesWithTheTablesAndWithTheOperator) {
  auto renamed = bureau, moved = bureau;
  renamed.name += " and Archive";
  moved.address = "2 Lake Road";
  const std::set<std::string> hashes{english(small).hash, english(grown).hash, english(placed).hash,
                                     english(small, renamed).hash, english(small, moved).hash};
  EXPECT_EQ(hashes.size(), 5u);
}

TEST(Policy, IsWrittenAsJson) {
  const auto text = json::dump(english(small));
  EXPECT_EQ(text.find(R"({"version":"0","hash":")"), 0u);
  EXPECT_NE(text.find(R"("language":"en","title":"Privacy policy","operator":{"name":"City Data Bureau")"), text.npos);
  EXPECT_NE(chinese(small).language, english(small).language);
}

TEST(Inventory, ListsEveryColumnWithItsItem) {
  const auto md = privacy::inventory(placed, Language::en);
  for (auto& t : placed) {
    EXPECT_NE(md.find("## " + std::string(t.name)), md.npos);
    for (auto& c : t.columns) EXPECT_NE(md.find("| `" + std::string(c.name) + "` | "), md.npos) << c.name;
  }
  EXPECT_NE(
      md.find("| `where` | D-27 Location | Sensitive | Your organisation | PU-10.1 | Your separate consent | Sealed | "
              "Not shown | Yes | R-LOC | who: Row deleted |"),
      md.npos)
      << md;
}

TEST(Inventory, ListsWhatIsNotCollectedYet) {
  const auto md = privacy::inventory(placed, Language::en);
  const auto rest = md.substr(md.find("## Items not collected yet"));
  EXPECT_NE(rest.find("| D-28 Hardware identification code |"), rest.npos);
  EXPECT_NE(rest.find("| Never collected |"), rest.npos);
  EXPECT_EQ(rest.find("| D-27 "), rest.npos);
}

TEST(Inventory, SpeaksChinese) {
  const auto md = privacy::inventory(small, Language::zh_CN);
  EXPECT_NE(
      md.find(
          "| `password` | D-09 密码 | 敏感个人信息 | 运营者 | PU-07 | 提供您使用的服务 | 单向摘要 | 不显示 | 不导出 | "
          "R-ACCT | id: 删除整行 |"),
      md.npos)
      << md;
}

}  // namespace
