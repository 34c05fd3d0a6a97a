#pragma once
#include "register/item.hpp"

// How long things are kept. A period never says more than what the purpose, a law or the
// organisation's own choice needs.
// clang-format off: a table
namespace keep {

inline constexpr Retention account{
    .code = "R-ACCT", .until = Until::account, .from = From::end,
    .says = {"账号或成员关系存续期间；结束后十五个工作日内删除",
             "While the account or membership lasts; gone within 15 working days of its end"}};
inline constexpr Retention invitation{
    .code = "R-ACCT-INVITE", .until = Until::days, .amount = 30,
    .says = {"邀请发出后三十天内未接受即删除", "30 days, unless the invitation is accepted"}};
inline constexpr Retention biometric{
    .code = "R-BIO", .until = Until::consent, .from = From::end,
    .says = {"撤回同意、功能关闭或离开组织为止；届时立即销毁密钥，一天内删除",
             "Until consent is withdrawn, the feature is off or the person leaves; then the key goes at once and the row within a day"},
    .because = Because::agreed};
inline constexpr Retention location{
    .code = "R-LOC", .until = Until::days, .amount = 30,
    .says = {"三十天，之后只留是否在范围内的结论", "30 days; then only whether it was within range"}};
inline constexpr Retention nearby{
    .code = "R-LOC-RADIO", .until = Until::days, .amount = 7, .says = {"七天", "7 days"}};
inline constexpr Retention attendance{
    .code = "R-ATT", .until = Until::chosen, .amount = 24, .floor = 6, .ceiling = 36,
    .says = {"由所在组织在六个月至三年之间选定，未选定时为两年",
             "As the organisation chooses between 6 months and 3 years; 2 years if it has not chosen"},
    .because = Because::agreement};
inline constexpr Retention approval{
    .code = "R-APPR", .until = Until::chosen, .amount = 60, .ceiling = 360,
    .says = {"由所在组织选定，未选定时为五年", "As the organisation chooses; 5 years if it has not chosen"},
    .because = Because::agreement};
inline constexpr Retention message{
    .code = "R-MSG", .until = Until::chosen, .amount = 36, .floor = 6, .ceiling = 60,
    .says = {"由所在组织在半年至五年之间选定，未选定时为三年",
             "As the organisation chooses between half a year and 5 years; 3 years if it has not chosen"},
    .because = Because::agreement};
inline constexpr Retention log{
    .code = "R-LOG", .until = Until::days, .amount = 200, .floor = 6, .law = "CSL 23",
    .says = {"二百天；法律要求不少于六个月", "200 days; the law asks for at least 6 months"},
    .because = Because::control, .control = {"追查攻击与故障", "tracing attacks and faults"}};
inline constexpr Retention device{
    .code = "R-DEV", .until = Until::days, .amount = 30, .from = From::end,
    .says = {"退出登录或解除绑定后三十天", "30 days after signing out or unlinking the device"},
    .because = Because::control, .control = {"认出您常用的设备", "recognising the devices you use"}};
inline constexpr Retention cookie{
    .code = "R-CK", .until = Until::days, .amount = 30,
    .says = {"最长三十天，退出登录即失效", "At most 30 days; it ends when you sign out"}};
inline constexpr Retention preference{
    .code = "R-CK-PREF", .until = Until::account,
    .says = {"由您的浏览器保存，直到您清除；拒绝本政策时自动清除", "Kept by your browser until you clear it; cleared when you decline this policy"}};
inline constexpr Retention visit{
    .code = "R-CK-VISIT", .until = Until::account,
    .says = {"关闭页面或退出登录时清除", "Cleared when you close the page or sign out"}};
inline constexpr Retention consent{
    .code = "R-CONS", .until = Until::months, .amount = 36, .from = From::end, .law = "PIPL 69",
    .says = {"处理结束后三年，用于证明您的选择", "3 years after the processing ends, as evidence of the choice made"}};
inline constexpr Retention policy{
    .code = "R-POL", .until = Until::forever,
    .says = {"永久；其中没有个人信息", "For ever; there is nothing personal in it"}};
inline constexpr Retention sharing{
    .code = "R-SHARE", .until = Until::months, .amount = 36, .from = From::end, .law = "NDSR 12",
    .says = {"提供或委托结束后三年", "3 years after the sharing ends"}};
inline constexpr Retention assessment{
    .code = "R-PIA", .until = Until::months, .amount = 36, .law = "PIPL 56",
    .says = {"至少三年", "At least 3 years"}};
inline constexpr Retention legal{
    .code = "R-LEGAL", .until = Until::months, .amount = 36, .from = From::end,
    .says = {"事项办结后三年", "3 years after the matter ends"},
    .because = Because::agreement};
inline constexpr Retention notice{
    .code = "R-LEGAL-NOTICE", .until = Until::days, .amount = 180,
    .says = {"公示一百八十天", "Shown for 180 days"}};
inline constexpr Retention trade{
    .code = "R-TRADE", .until = Until::months, .amount = 37, .floor = 36, .from = From::end, .law = "ECL 31",
    .says = {"交易完成后三年零一个月；法律要求不少于三年", "3 years and a month from completion; the law asks for at least 3 years"}};
inline constexpr Retention feedback{
    .code = "R-FB", .until = Until::days, .amount = 180, .from = From::end,
    .says = {"反馈办结后一百八十天", "180 days after the feedback is answered"}};
inline constexpr Retention request{
    .code = "R-DSR", .until = Until::months, .amount = 36, .from = From::end,
    .says = {"办结后三年", "3 years after the request is closed"}};
inline constexpr Retention proof{
    .code = "R-DSR-PROOF", .until = Until::days, .amount = 30, .from = From::end,
    .says = {"办结后三十天", "30 days after the request is closed"}};
inline constexpr Retention decision{
    .code = "R-ADM", .until = Until::months, .amount = 12, .from = From::end,
    .says = {"决定失效后一年", "1 year after the decision stops having effect"}};
inline constexpr Retention audit{
    .code = "R-AUD", .until = Until::months, .amount = 36, .floor = 6, .law = "CSL 23",
    .says = {"三年；法律要求不少于六个月", "3 years; the law asks for at least 6 months"},
    .because = Because::control, .control = {"查清谁看过什么", "finding out who looked at what"}};
inline constexpr Retention staff{
    .code = "R-STAFF", .until = Until::months, .amount = 36, .from = From::end,
    .says = {"离岗后三年", "3 years after the engagement ends"},
    .because = Because::control, .control = {"查清谁看过什么", "finding out who looked at what"}};
inline constexpr Retention incident{
    .code = "R-INC", .until = Until::months, .amount = 36, .from = From::end,
    .says = {"事件办结后三年", "3 years after the incident is closed"}};
inline constexpr Retention child{
    .code = "R-CHILD", .until = Until::consent, .from = From::end,
    .says = {"监护人撤回同意为止；届时七十二小时内删除", "Until the guardian withdraws; then gone within 72 hours"},
    .because = Because::agreed};
inline constexpr Retention backup{
    .code = "R-BK", .until = Until::days, .amount = 35,
    .says = {"备份三十五天内轮换；密钥的备份七天", "Backups rotate within 35 days; those of the keys within 7"},
    .because = Because::control, .control = {"丢失后恢复", "restoring after a loss"}};
inline constexpr Retention ledger{
    .code = "R-LEDGER", .until = Until::forever,
    .says = {"永久；只留无法还原的摘要", "For ever; it holds only digests that cannot be reversed"},
    .because = Because::control, .control = {"证明该删的已经删除", "proving that what was due is gone"}};
inline constexpr Retention code{
    .code = "R-OTP", .until = Until::minutes, .amount = 10, .says = {"十分钟", "10 minutes"}};
inline constexpr Retention cache{
    .code = "R-CACHE", .until = Until::days, .amount = 30,
    .says = {"只在您的设备上，最长三十天，退出登录即清除", "On your device only, at most 30 days; cleared when you sign out"}};
inline constexpr Retention draft{
    .code = "R-DRAFT", .until = Until::days, .amount = 1, .says = {"一天", "1 day"}};
inline constexpr Retention transfer{
    .code = "R-EXPORT", .until = Until::days, .amount = 7, .says = {"七天", "7 days"}};

}  // namespace keep
