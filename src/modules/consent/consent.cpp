#include "modules/consent/consent.hpp"

namespace consent {
namespace {

std::string matter(const std::optional<Line<10>>& purpose, const std::optional<Line<10>>& permission) {
  if (purpose.has_value() == permission.has_value())
    throw Error::invalid("consent.one_matter", "Name a purpose or a permission").at("purpose");
  return purpose ? purpose->value : permission->value;
}

// The person's other devices show it, too.
Changed tell(Ctx& c, Changed changed) {
  c.emit(Audience::person(c.who.member), changed);
  return changed;
}

Language language(const Reading& in) {
  return in.language && in.language->value == "en" ? Language::en : Language::zh_CN;
}

}  // namespace

privacy::Policy Consent::policy(Ctx&, Reading in) {
  return language(in) == Language::en ? published_.en : published_.zh;
}

Accepted Consent::accept(Ctx& c, Decision in) {
  if (in.policy.value != in_force_.hash)
    throw Error::conflict("consent.policy_changed", "The policy has changed; please read it again").at("policy");
  privacy::accept(c, in_force_, c.who.account, in.language ? in.language->value : "zh-CN");
  return {in_force_.version, c.now};
}

// Nothing of the session stays; what was accepted before, under another text, remains evidence.
Nothing Consent::refuse(Ctx& c, Nothing) {
  identity_.sign_out(c, {});
  return {};
}

privacy::Choices Consent::permissions(Ctx& c, Reading in) { return privacy::grants(c, language(in)); }

Takings Consent::taken(Ctx& c, Reading in) { return {privacy::what_was_taken_30_days(c, language(in))}; }

Changed Consent::grant(Ctx& c, Grant in) {
  const auto about = matter(in.purpose, in.permission);
  privacy::grant(c, about, static_cast<int>(in.version.value), in.surface);
  return tell(c, {about, true});
}

Changed Consent::withdraw(Ctx& c, Withdrawal in) {
  const auto about = matter(in.purpose, in.permission);
  privacy::withdraw(c, about, in.surface);
  for (const auto& then : then_) then(c);
  return tell(c, {about, false});
}

}  // namespace consent
