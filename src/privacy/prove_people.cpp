// What people decided: is there a row for everything that was done in their name?
#include <algorithm>

#include "db/tx.hpp"
#include "privacy/choices.hpp"
#include "privacy/policies.hpp"
#include "privacy/prove.hpp"

namespace privacy {
namespace {

template <class... Args>
std::int64_t count(const Installation& in, const std::string& sql, const Args&... args) {
  std::int64_t n = 0;
  in.data.generated(sql, std::array<db::Arg, sizeof...(Args)>{db::to_arg(args)...},
                    [&](const db::Row& r) { n = r.integer(0); });
  return n;
}

Finding none(std::int64_t n, const char* what) { return n == 0 ? Finding{} : Finding{std::to_string(n) + " " + what}; }

Finding sessions_rest_on_acceptance(const Installation& in) {
  return none(count(in,
                    "select count(*) from identity_session s where s.expires_at > $1 and not exists "
                    "(select 1 from privacy_acceptance a where a.account_id = s.account_id)",
                    in.now),
              "sessions belong to accounts that never accepted a policy");
}

Finding acceptances_name_kept_policies(const Installation& in) {
  return none(count(in,
                    "select count(*) from privacy_acceptance a where not exists "
                    "(select 1 from privacy_policy p where p.hash = a.policy_hash and p.version = a.policy_version)"),
              "acceptances name a policy that was never in force here");
}

// The decisions are numbered without gaps, and what holds now is the last of them.
Finding choices_rest_on_decisions(const Installation& in) {
  const auto wrong =
      count(in,
            "select count(*) from privacy_choice c where not exists (select 1 from privacy_decision d where d.org_id = "
            "c.org_id and "
            "d.member_id = c.member_id and d.matter = c.matter and d.number = c.number and d.version = c.version and "
            "(d.action = 'grant') = c.granted) or c.number <> (select count(*) from privacy_decision d where d.org_id "
            "= c.org_id and "
            "d.member_id = c.member_id and d.matter = c.matter)");
  return none(wrong, "choices do not rest on the decisions that led to them");
}

Finding decisions_about_known_matters(const Installation& in) {
  const auto known = matters();
  std::string stray;
  in.data.generated("select distinct matter from privacy_decision", {}, [&](const db::Row& r) {
    if (std::ranges::none_of(known, [&](auto& m) { return m.id == r.text(0); })) stray = r.text(0);
  });
  return stray.empty() ? Finding{} : Finding{"there are decisions about " + stray + ", which nobody can decide about"};
}

// A value that needs a consent belongs to somebody who gave it, at some time, for one of its purposes.
Finding granted_values_have_grants(const Installation& in) {
  for (auto& t : in.tables)
    for (auto& c : t.columns) {
      if (!c.item.granted() || t.about.subjects.empty()) continue;
      std::string matters_of_item;
      const auto add = [&](std::string_view id) {
        matters_of_item += (matters_of_item.empty() ? "'" : ", '") + std::string(id) + "'";
      };
      for (auto& p : c.item.purposes) {
        add(p.id);
        if (c.item.basis == Basis::permission)
          for (auto& m : permissions_for(p)) add(m.id);
      }
      const auto subject = std::string(t.about.subjects.begin()->column), table = std::string(t.name),
                 column = std::string(c.name);
      const auto n =
          count(in, "select count(*) from " + table + " v where v." + column + " is not null and v." + subject +
                        " is not null and not exists (select 1 from privacy_decision d where d.member_id = v." +
                        subject + " and d.action = 'grant' and d.matter in (" + matters_of_item + "))");
      if (n > 0) return {std::to_string(n) + " values in " + table + "." + column + " rest on no consent"};
    }
  return {};
}

Finding one_duty_each(const Installation& in) {
  return none(count(in, "select count(*) from identity_membership where roles not in (0, 1, 2, 4)"),
              "people have more than one of the offices that watch each other");
}

constexpr Check all[] = {
    {"sessions_rest_on_acceptance", "0-10 2.1.B-5", sessions_rest_on_acceptance},
    {"acceptances_name_kept_policies", "0-10 1.1-1", acceptances_name_kept_policies},
    {"choices_rest_on_decisions", "2.1.A-3 2.1.B-0 2.1.B-5 2.1.2.9-4", choices_rest_on_decisions},
    {"decisions_about_known_matters", "2.1.B-0", decisions_about_known_matters},
    {"granted_values_have_grants", "2.1.B-5 2.1.A-3 2.1.2.10-1 2.1.2.2-1 2.1.2.8-1d 2.1.2.9-5",
     granted_values_have_grants},
    {"one_duty_each", "2.4.1-6", one_duty_each},
};

}  // namespace

std::span<const Check> checks_of_people() { return all; }

}  // namespace privacy
