// The judges of the scripts and of the sweep: what they let pass, and what they must not.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.hpp"
#include "fits.hpp"
#include "sweep/mutants.hpp"
#include "sweep/strangers.hpp"

namespace bj = boost::json;

namespace {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)
struct Answer {
  Id<"chk"> id;
  std::optional<std::string> note;
  Colour colour;
  std::vector<std::int64_t> numbers;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (id, note, colour, numbers))
struct Input {
  Id<"chk"> id;
  Line<5> name;
  std::optional<Between<1, 9>> times;
  UpTo<2, Id<"chk">> others;
};
BOOST_DESCRIBE_STRUCT(Input, (), (id, name, times, others))

std::string answer_differs(const char* json) { return differs(shapes::of<Answer>(), bj::parse(json)); }

std::vector<Mutant> all_mutants(Place place) {
  const auto input = bj::parse(R"({"id":"chk_1","name":"x","times":3,"others":["chk_2"]})").as_object();
  return mutants(shapes::of<Input>(), input,
                 [&](const std::string& field) { return field == "id" ? Place::path : place; });
}

bool has(const std::vector<Mutant>& all, const std::string& what) {
  return std::ranges::find(all, what, &Mutant::what) != all.end();
}

TEST(Fits, AnAnswerAsDescribed) {
  EXPECT_EQ(answer_differs(R"({"id":"chk_1","note":null,"colour":"red","numbers":[1,2]})"), "");
  EXPECT_EQ(answer_differs(R"({"id":"chk_1","note":"hello","colour":"green","numbers":[]})"), "");
}

TEST(Fits, WhatDiffersIsNamed) {
  EXPECT_EQ(answer_differs(R"({"id":"chk_1","note":null,"colour":"red"})"), "answer.numbers is missing");
  EXPECT_EQ(answer_differs(R"({"id":"chk_1","note":null,"colour":"red","numbers":[],"more":1})"),
            "answer.more is in no description");
  for (const char* json : {R"({"id":"mbr_1","note":null,"colour":"red","numbers":[]})",
                           R"({"id":null,"note":null,"colour":"red","numbers":[]})",
                           R"({"id":"chk_1","note":7,"colour":"red","numbers":[]})",
                           R"({"id":"chk_1","note":null,"colour":"blue","numbers":[]})",
                           R"({"id":"chk_1","note":null,"colour":"red","numbers":["1"]})", R"([])"})
    EXPECT_NE(answer_differs(json), "") << json;
}

TEST(Fits, ARefusalIsWhole) {
  EXPECT_EQ(bad_refusal(R"({"code":"chat.no_conversation","message":"No","field":null,"values":{}})"), "");
  for (const char* body : {"", "oops", R"({"code":"Chat","message":"No","values":{}})",
                           R"({"code":"a.b","message":"","values":{}})", R"({"code":"a.b","message":"No"})"})
    EXPECT_NE(bad_refusal(body), "") << body;
}

TEST(Strangers, FindsWhatIsNotTheirs) {
  Strangers s;
  s.learn("org_1", shapes::of<Answer>(),
          bj::parse(R"({"id":"chk_1","note":"the secret plan","colour":"red","numbers":[]})"), true);
  EXPECT_EQ(s.leak("org_1", R"({"id":"chk_1"})", ""), "");
  EXPECT_EQ(s.leak("org_2", R"({"id":"chk_1"})", ""), "chk_1");
  EXPECT_EQ(s.leak("org_2", R"({"id":"chk_12"})", ""), "");
  EXPECT_EQ(s.leak("org_2", R"({"note":"the secret plan"})", ""), "\"the secret plan\"");
  EXPECT_EQ(s.leak("org_2", R"({"note":"the secret plan"})", R"({"note":"the secret plan"})"), "");
  EXPECT_EQ(s.foreign_id("org_2", "chk"), "chk_1");
  EXPECT_EQ(s.foreign_id("org_1", "chk"), "");
}

TEST(Strangers, TheRegisterIsEverybodys) {
  Strangers s;
  s.learn("org_1", shapes::of<Answer>(), bj::parse(R"({"id":"chk_1","note":"PU-01","colour":"red","numbers":[]})"),
          true);
  EXPECT_EQ(s.leak("org_2", R"({"note":"PU-01"})", ""), "");
}

TEST(Mutants, SpoilEveryFieldOfABody) {
  const auto all = all_mutants(Place::body);
  for (const char* what : {"id: an id of another kind", "name: one Chinese character too many", "name: a zero byte",
                           "name: missing", "name: an object", "times: one too many", "times: null",
                           "others: one item too many", "others: an item, an id of nothing", "others: a text"})
    EXPECT_TRUE(has(all, what)) << what;
  const auto missing = std::ranges::find(all, "name: missing", &Mutant::what);
  EXPECT_FALSE(missing->input.contains("name"));
  EXPECT_EQ(missing->answer, Mutant::Answer::refused);
}

TEST(Mutants, APartOfThePathIsAWordAndThere) {
  for (const auto& m : all_mutants(Place::body)) {
    ASSERT_TRUE(m.input.contains("id") && m.input.at("id").is_string()) << m.what;
    EXPECT_NE(m.input.at("id").as_string(), "") << m.what;
  }
}

}  // namespace
