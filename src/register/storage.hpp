#pragma once
#include "register/purposes.hpp"
#include "register/retention.hpp"

// The names that a browser is given to keep. No other name may be set, and none before the policy
// is accepted.
// clang-format off: a table
namespace stored {

inline constexpr Stored session{"carillon_session", Store::cookie, {purpose::cookies}, {keep::cookie}, true,
    {"认出已登录的您；页面里的脚本读不到它", "Recognises you while you are signed in; scripts of the page cannot read it"}};
inline constexpr Stored policy{"carillon.policy", Store::local, {purpose::rights}, {keep::preference}, true,
    {"记住您同意的是哪个版本的政策", "Remembers which version of the policy you accepted"}};
inline constexpr Stored signed_in{"carillon.signedIn", Store::local, {purpose::cookies}, {keep::preference}, true,
    {"下次打开时先显示登录页还是工作台", "Whether to open with the sign-in page or the workplace"}};
inline constexpr Stored language{"carillon.language", Store::local, {purpose::search}, {keep::preference}, false,
    {"您选择的语言", "The language you chose"}};
inline constexpr Stored theme{"carillon.theme", Store::local, {purpose::search}, {keep::preference}, false,
    {"您选择的浅色或深色外观", "The light or dark look you chose"}};
inline constexpr Stored width{"carillon.listWidth", Store::local, {purpose::search}, {keep::preference}, false,
    {"您调整过的列表宽度", "The width you gave the list"}};
inline constexpr Stored outbox{"carillon.visit.outbox", Store::visit, {purpose::communication}, {keep::visit}, true,
    {"还没发出去的消息，刷新页面时不会丢", "Messages still on their way, so that a reload loses none"}};

}  // namespace stored
