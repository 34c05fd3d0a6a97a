// The store and its declaration: are they the same, and does the declaration keep its promises?
#include <algorithm>
#include <set>

#include "db/append_only.hpp"
#include "privacy/inventory.hpp"
#include "privacy/prove.hpp"
#include "register/register.hpp"

namespace privacy {
namespace {

using schema::Column;
using schema::Table;
using schema::Type;

constexpr std::array own_tables{"db_column", "db_expiring"};  // of the database layer: names only

std::string named(const Table& t, const Column& c) { return std::string(t.name) + "." + std::string(c.name); }

// "phone_index" has the word "phone", "surface" not the word "face".
bool has_word(std::string_view name, std::string_view word) {
  return ("_" + std::string(name) + "_").find("_" + std::string(word) + "_") != std::string::npos;
}

// The first column for which `wrong` has words.
template <class Wrong>
Finding each_column(const Installation& in, Wrong wrong) {
  for (auto& t : in.tables)
    for (auto& c : t.columns)
      if (const std::string why = wrong(t, c); !why.empty()) return {named(t, c) + " " + why};
  return {};
}

Finding tables_as_declared(const Installation& in) {
  auto found = db::found_tables(in.data, in.dialect);
  std::map<std::string, std::string> recorded;
  in.data.generated("select table_name, column_name, item from db_column", {}, [&](const db::Row& r) {
    recorded[std::string(r.text(0)) + "." + std::string(r.text(1))] = r.text(2);
  });
  for (auto& t : in.tables)
    for (auto& c : t.columns) {
      if (!found[std::string(t.name)].contains(std::string(c.name)))
        return {named(t, c) + " is declared, but not in the database"};
      if (recorded[named(t, c)] != c.item.id) return {named(t, c) + " is recorded for another item of the register"};
    }
  for (auto& [table, columns] : found) {
    if (std::ranges::find(own_tables, table) != own_tables.end()) continue;
    for (auto& [column, type] : columns)
      if (!recorded.contains(table + "." + column))
        return {table + "." + column + " is in the database, but nobody declared it"};
  }
  return {};
}

Finding items_registered(const Installation& in) {
  return each_column(in, [](const Table&, const Column& c) -> std::string {
    if (c.item.id.empty()) return "";
    if (!reg::item(c.item.id)) return "holds an item that is not in the register";
    if (c.item.kept != Kept::server) return "holds what may not reach the server";
    return c.item.personal() && c.item.purposes.empty() ? "holds an item without a purpose" : "";
  });
}

Finding controllers_named(const Installation& in) {
  return each_column(in, [](const Table&, const Column& c) {
    const auto* registered = c.item.personal() ? reg::item(c.item.id) : &c.item;
    return registered && registered->controller == c.item.controller ? "" : "does not say who decides about it";
  });
}

const Retention* registered(const Retention& r) {
  const auto found = std::ranges::find(reg::retentions, r.code, [](auto* line) { return line->code; });
  return found == reg::retentions.end() ? nullptr : *found;
}

Finding periods_explained(const Installation& in) {
  return each_column(in, [](const Table& t, const Column& c) -> std::string {
    if (!c.item.personal()) return "";
    const auto* r = registered(kept(t, c));
    if (!r || r->says.en.empty()) return "has no period that the register knows";
    return r->because == Because::control && r->control.en.empty() ? "is kept for a control that nobody named" : "";
  });
}

Finding evidence_stays(const Installation& in) {
  const auto there = db::triggers(in.data, in.dialect);
  for (auto& t : in.tables)
    for (auto& statement : db::append_only_triggers(t, in.dialect))
      if (std::ranges::none_of(there, [&](auto& name) { return statement.find(" " + name + " ") != statement.npos; }))
        return {"rows of " + std::string(t.name) + " could be changed or removed: a trigger is gone"};
  return {};
}

Finding sensitive_sealed(const Installation& in) {
  auto found = db::found_tables(in.data, in.dialect);
  return each_column(in, [&](const Table& t, const Column& c) -> std::string {
    if (!c.item.sensitive()) return "";
    if (c.type != Type::sealed && c.type != Type::digest) return "is sensitive and not sealed";
    if (c.item.mask == Mask::none) return "is sensitive and not masked";
    const auto type = found[std::string(t.name)][std::string(c.name)];
    return type == "blob" || type == "bytea" ? "" : "is sensitive and stored as " + type;
  });
}

Finding phones_and_biometrics_sensitive(const Installation& in) {
  for (auto* i :
       {&data::phone, &data::directory_phone, &data::office_phone, &data::contact_details, &data::feedback_contact,
        &data::fingerprint_image, &data::fingerprint_feature, &data::face_image, &data::face_feature})
    if (!i->sensitive()) return {std::string(i->id) + " is not registered as sensitive"};
  return each_column(in, [](const Table&, const Column& c) -> std::string {
    for (auto word : {"phone", "mobile", "fingerprint", "face"})
      if (has_word(c.name, word) && !c.item.sensitive()) return "is named like something sensitive and is not";
    return "";
  });
}

bool held(const Installation& in, const Item& i) { return holdings(in.tables).contains(i.id); }

Finding no_hardware_codes(const Installation& in) {
  if (held(in, data::device_code)) return {"some table holds a hardware code"};
  return each_column(in, [](const Table&, const Column& c) -> std::string {
    for (auto word : {"imei", "imsi", "serial", "mac", "hardware"})
      if (has_word(c.name, word)) return "is named like a hardware code";
    return "";
  });
}

Finding places_stay_rough(const Installation& in) {
  for (auto* i : {&data::ip_address, &data::bluetooth, &data::wifi, &data::device_place})
    if (held(in, *i) && !i->serves(purpose::security) && !i->serves(purpose::attendance_place))
      return {std::string(i->id) + " tells a place and serves neither attendance nor security"};
  return {};
}

Finding purposes_typed(const Installation& in) {
  for (auto* p : {&purpose::search, &purpose::devices, &purpose::security, &purpose::operation, &purpose::improvement})
    if (std::ranges::find(reg::purposes, p) == reg::purposes.end())
      return {std::string(p->id) + " is not in the register"};
  for (auto& route : in.router.routes())
    if (std::ranges::none_of(reg::purposes, [&](auto* p) { return p->id == route->purpose->id; }))
      return {std::string(route->path) + " serves a purpose that is not in the register"};
  return {};
}

Finding improving_uses_nothing_personal(const Installation& in) {
  return each_column(in, [](const Table&, const Column& c) {
    return c.item.personal() && c.item.serves(purpose::improvement) ? "is personal and serves improvement" : "";
  });
}

Finding no_outside_components(const Installation& in) {
  for (auto* i : {&data::inbound, &data::security_signal, &data::membership, &data::partner_signal})
    if (held(in, *i)) return {std::string(i->id) + " is held, although no outside component is declared"};
  return {};
}

constexpr Check all[] = {
    {"tables_as_declared", "0-1 1.6-1 2.1.A-0 2.1.B-2 2.1.2.2-2 2.1.2.8-4 2.1.2.10-1 2.4.3-1", tables_as_declared},
    {"items_registered", "1.6-1 2.1.A-0 2.1.B-2 2.1.2.10-1", items_registered},
    {"controllers_named", "1.10-1", controllers_named},
    {"periods_explained", "2.4.3-5 2.4.3-6", periods_explained},
    {"evidence_stays", "0-1 0-10 2.8-1", evidence_stays},
    {"sensitive_sealed", "0-1 1.7-1 1.7-2", sensitive_sealed},
    {"phones_and_biometrics_sensitive", "1.7-2", phones_and_biometrics_sensitive},
    {"no_hardware_codes", "2.1.2.2-2 2.1.2.8-4 2.1.2.8-5", no_hardware_codes},
    {"places_stay_rough", "2.1.2.2-3", places_stay_rough},
    {"purposes_typed", "2.1.A-0 2.1.2.0-1 2.1.C-1", purposes_typed},
    {"improving_uses_nothing_personal", "2.1.C-1", improving_uses_nothing_personal},
    {"no_outside_components", "2.1.2.7-2", no_outside_components},
};

}  // namespace

std::span<const Check> checks_of_tables() { return all; }

}  // namespace privacy
