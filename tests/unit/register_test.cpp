#include "register/register.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "register/labels.hpp"

// register.cpp proves at compile time that every line is complete and refers only to lines that
// exist; here stands what the lines must say.
namespace {

std::vector<std::string> ids_where(auto condition) {
  std::vector<std::string> ids;
  for (auto* i : reg::items)
    if (condition(*i)) ids.emplace_back(i->id);
  return ids;
}

TEST(Register, TelephoneNumbersAndBiometricsAreSensitive) {
  for (auto* i :
       {&data::phone, &data::directory_phone, &data::office_phone, &data::contact_details, &data::feedback_contact,
        &data::fingerprint_image, &data::fingerprint_feature, &data::face_image, &data::face_feature})
    EXPECT_TRUE(i->sensitive()) << i->id;
}

TEST(Register, BiometricsAndPlacesNeedConsent) {
  for (auto* i : {&data::fingerprint_image, &data::fingerprint_feature, &data::face_image, &data::face_feature,
                  &data::geolocation, &data::bluetooth, &data::wifi, &data::device_place, &data::identity_document})
    EXPECT_EQ(i->basis, Basis::consent) << i->id;
}

TEST(Register, HardwareCodesAreNeverCollected) {
  EXPECT_EQ(ids_where([](auto& i) { return i.kept == Kept::nowhere; }), std::vector<std::string>{"D-28"});
  EXPECT_EQ(permission::phone_state.asked, Asked::never);
}

TEST(Register, SensitiveItemsAndThoseTheLawKeepsStandOut) {
  EXPECT_TRUE(data::password.bold());
  EXPECT_TRUE(data::trade.bold());
  EXPECT_FALSE(data::person_name.bold());
}

TEST(Register, SecretsAreNotExported) {
  EXPECT_EQ(ids_where([](auto& i) { return i.exported == Export::no; }), (std::vector<std::string>{"D-09", "D-54"}));
}

TEST(Register, ConsentIsAskedOnlyForWhatIsNotBasic) {
  for (auto* i : reg::items) {
    if (!i->granted() || i->kept == Kept::nowhere) continue;
    const bool needed = std::ranges::any_of(reg::purposes, [&](auto* p) {
      return p->kind == Kind::basic && std::ranges::find(p->needs, i->id) != p->needs.end();
    });
    EXPECT_FALSE(needed) << i->id << " may be refused, so no basic purpose may need it";
  }
}

TEST(Register, LegalMinimumsAreKept) {
  EXPECT_GE(keep::trade.floor, 36);
  EXPECT_GE(keep::log.floor, 6);
  EXPECT_GE(keep::log.amount, 185) << "200 days never end before six calendar months";
  EXPECT_GE(keep::sharing.amount, 36);
  EXPECT_GE(keep::assessment.amount, 36);
}

TEST(Register, APeriodForSafetyNamesTheControlThatNeedsIt) {
  for (auto* r : reg::retentions) EXPECT_EQ(r->because == Because::control, !r->control.en.empty()) << r->code;
  EXPECT_EQ(keep::log.because, Because::control);
}

TEST(Register, PlaceAndBiometricsAreApartFromAttendanceItself) {
  EXPECT_EQ(purpose::attendance.kind, Kind::basic);
  EXPECT_FALSE(data::geolocation.serves(purpose::attendance));
  EXPECT_FALSE(data::face_feature.serves(purpose::attendance));
  EXPECT_EQ(purpose::attendance_place.kind, Kind::additional);
  EXPECT_EQ(purpose::attendance_biometrics.kind, Kind::additional);
}

TEST(Register, EveryWordHasBothLanguages) {
  const auto whole = [](const Words& w) { EXPECT_FALSE(w.zh.empty() || w.en.empty()) << w.zh << w.en; };
  for (auto* i : reg::items) {
    whole(i->name), whole(words(i->kind)), whole(words(i->controller)), whole(words(i->basis));
    whole(words(i->mask)), whole(words(i->exported)), whole(not_collected(*i));
  }
  for (auto* p : reg::purposes) whole(p->says), whole(words(p->kind));
  for (auto* p : reg::permissions) whole(p->name), whole(p->why), whole(words(p->asked));
  for (auto* r : reg::retentions) whole(r->says), whole(words(r->because));
  for (auto* s : reg::stored) whole(s->what), whole(words(s->store));
}

TEST(Register, FindsAnItemByItsNumber) {
  EXPECT_EQ(reg::item("D-27"), &data::geolocation);
  EXPECT_EQ(reg::item("D-76"), nullptr);
}

}  // namespace
