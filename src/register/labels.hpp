#pragma once
#include <utility>

#include "register/item.hpp"

// What the register's own words are called where people read them.
constexpr Words words(Class c) {
  switch (c) {
    case Class::none: return {"非个人信息", "Not personal"};
    case Class::organisation: return {"组织信息", "About the organisation"};
    case Class::linked: return {"与您关联时属于个人信息", "Personal while linked to you"};
    case Class::personal: return {"个人信息", "Personal"};
    case Class::sensitive: return {"敏感个人信息", "Sensitive"};
  }
  std::unreachable();
}

constexpr Words words(Controller c) {
  switch (c) {
    case Controller::operating: return {"运营者", "The operator"};
    case Controller::organisation: return {"您所在的组织", "Your organisation"};
  }
  std::unreachable();
}

constexpr Words words(Basis b) {
  switch (b) {
    case Basis::none: return {"—", "—"};
    case Basis::contract: return {"提供您使用的服务", "Providing the service you use"};
    case Basis::staff: return {"组织的人事管理", "Managing the organisation's staff"};
    case Basis::law: return {"法律义务", "A duty under law"};
    case Basis::consent: return {"您的单独同意", "Your separate consent"};
    case Basis::permission: return {"您开启的设备权限", "A device permission you turned on"};
  }
  std::unreachable();
}

constexpr Words words(Mask m) {
  switch (m) {
    case Mask::none: return {"完整", "In full"};
    case Mask::last_four: return {"仅后四位", "Last four"};
    case Mask::whole: return {"不显示", "Not shown"};
  }
  std::unreachable();
}

constexpr Words words(Export e) {
  switch (e) {
    case Export::yes: return {"可导出", "Yes"};
    case Export::no: return {"不导出", "No"};
  }
  std::unreachable();
}

constexpr Words words(Kind k) {
  switch (k) {
    case Kind::basic: return {"基本", "Basic"};
    case Kind::additional: return {"附加", "Additional"};
    case Kind::legal: return {"法定", "Legal"};
  }
  std::unreachable();
}

constexpr Words words(Because b) {
  switch (b) {
    case Because::service: return {"服务与记录所需", "The service and its records"};
    case Because::control: return {"安全与质量", "Safety and quality"};
    case Because::agreed: return {"本人同意", "The person agreed"};
    case Because::agreement: return {"专门约定", "An agreement"};
  }
  std::unreachable();
}

constexpr Words words(Asked a) {
  switch (a) {
    case Asked::never: return {"从不询问", "Never asked for"};
    case Asked::not_yet: return {"本版本不询问", "Not asked for in this version"};
    case Asked::when_used: return {"使用时询问", "Asked for when used"};
  }
  std::unreachable();
}

constexpr Words words(Store s) {
  switch (s) {
    case Store::cookie: return {"Cookie", "Cookie"};
    case Store::local: return {"本地存储", "Local storage"};
    case Store::visit: return {"页面存储", "Storage of the page"};
  }
  std::unreachable();
}

// Why an item that the register names is not collected.
constexpr Words not_collected(const Item& i) {
  switch (i.kept) {
    case Kept::server: return {"本版本不收集", "Not collected in this version"};
    case Kept::device: return {"只留在您的设备上", "Stays on your device"};
    case Kept::nowhere: return {"从不收集", "Never collected"};
  }
  std::unreachable();
}
