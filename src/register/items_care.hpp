#pragma once
#include "register/purposes.hpp"
#include "register/retention.hpp"

// What comes from others, what goes to others, and what caring for people's rights needs.
// clang-format off: a table
namespace data {

inline constexpr Item feedback_contact{"D-50", {"反馈时留下的联系信息", "Contact left with feedback"}, Class::sensitive,
    Controller::operating, {purpose::feedback}, Basis::contract, {keep::feedback}, Mask::last_four};
inline constexpr Item feedback_text{"D-51", {"反馈的问题或建议", "Problems and suggestions"}, Class::personal,
    Controller::operating, {purpose::feedback}, Basis::contract, {keep::feedback}};

inline constexpr Item about_you{"D-52", {"他人操作中关于您的信息", "About you, from what others do"}, Class::personal,
    Controller::organisation, {purpose::communication}, Basis::contract, {keep::message}};
inline constexpr Item inbound{"D-53", {"从合法来源获得的信息", "Received from lawful sources"}, Class::personal,
    Controller::operating, {purpose::security}, Basis::consent, {keep::account}};
inline constexpr Item sms_code{"D-54", {"短信验证码", "Code sent by SMS"}, Class::personal, Controller::operating,
    {purpose::security}, Basis::contract, {keep::code}, Mask::whole, Export::no};
inline constexpr Item security_signal{"D-55", {"安全组件采集的信息", "Signals of security components"},
    Class::personal, Controller::operating, {purpose::security}, Basis::consent, {keep::log}};
inline constexpr Item membership{"D-56", {"会员信息", "Membership programme"}, Class::personal, Controller::operating,
    {purpose::security}, Basis::consent, {keep::account}};
inline constexpr Item trade{"D-57", {"交易商品、服务与交易信息", "Goods, services and transactions"}, Class::personal,
    Controller::operating, {purpose::trade, purpose::lawful_keeping}, Basis::law, {keep::trade}};
inline constexpr Item partner_signal{"D-58", {"关联方与合作方依法提供的信息", "Lawfully shared by affiliates and partners"},
    Class::personal, Controller::operating, {purpose::security}, Basis::consent, {keep::log}};

inline constexpr Item camera_frame{"D-59", {"相机画面", "Camera frames"}, Class::sensitive, Controller::operating,
    {purpose::camera}, Basis::permission, {keep::cache}, Mask::whole, Export::yes, Kept::device};
inline constexpr Item media{"D-60", {"图片、视频、语音与头像", "Pictures, video, voice and avatars"}, Class::personal,
    Controller::organisation, {purpose::media, purpose::communication}, Basis::permission,
    {keep::message, keep::account}};
inline constexpr Item local_cache{"D-61", {"设备上的缓存与下载", "Cache and downloads on the device"}, Class::personal,
    Controller::operating, {purpose::media}, Basis::permission, {keep::cache}, Mask::none, Export::yes, Kept::device};
inline constexpr Item cookie{"D-62", {"Cookie 与浏览器本地存储", "Cookies and local storage"}, Class::linked,
    Controller::operating, {purpose::cookies, purpose::security}, Basis::contract, {keep::cookie, keep::preference}};

inline constexpr Item app_subject{"D-63", {"UserID（每个应用各不相同）", "UserID (another one for every app)"},
    Class::personal, Controller::operating, {purpose::third_party}, Basis::consent, {keep::sharing}};
inline constexpr Item app_scope{"D-64", {"授予第三方应用的权限", "Rights given to a third-party app"}, Class::linked,
    Controller::operating, {purpose::third_party}, Basis::consent, {keep::sharing}};
inline constexpr Item affiliate_account{"D-65", {"向关联方提供的必要账号信息", "Account details given to affiliates"},
    Class::personal, Controller::operating,
    {purpose::joint_service, purpose::recommendation, purpose::shared_detection, purpose::shared_protection},
    Basis::consent, {keep::sharing}};
inline constexpr Item complaint_disclosure{"D-66", {"向投诉人提供的必要资料", "Details given to a complainant"},
    Class::personal, Controller::operating, {purpose::disclosure}, Basis::law, {keep::legal}};
inline constexpr Item violation{"D-67", {"违规行为及处理措施", "Violations and the measures taken"}, Class::personal,
    Controller::operating, {purpose::disclosure}, Basis::consent, {keep::notice, keep::legal}};

inline constexpr Item identity_proof{"D-68", {"办理请求时的身份证明", "Proof of identity for a request"},
    Class::sensitive, Controller::operating, {purpose::rights}, Basis::law, {keep::proof}, Mask::whole};
inline constexpr Item request{"D-69", {"权利请求与投诉", "Requests and complaints"}, Class::personal,
    Controller::operating, {purpose::rights}, Basis::law, {keep::request}};
inline constexpr Item child{"D-70", {"儿童个人信息", "A child's personal information"}, Class::sensitive,
    Controller::organisation, {purpose::children}, Basis::consent, {keep::child}, Mask::whole};
inline constexpr Item guardian{"D-71", {"监护人身份与关系", "A guardian's identity and relation"}, Class::sensitive,
    Controller::operating, {purpose::children}, Basis::consent, {keep::child}, Mask::whole};
inline constexpr Item consent{"D-72", {"同意与撤回的记录", "Records of consent and withdrawal"}, Class::personal,
    Controller::operating, {purpose::rights}, Basis::law, {keep::consent}};
inline constexpr Item staff_evidence{"D-73", {"操作、培训与保密的记录", "Records of acts, training and confidentiality"},
    Class::personal, Controller::operating, {purpose::staff, purpose::security}, Basis::law, {keep::staff, keep::audit}};
inline constexpr Item decision{"D-74", {"自动决策的依据与结果", "Automated decisions: inputs and results"},
    Class::personal, Controller::operating, {purpose::decisions}, Basis::law, {keep::decision}};
inline constexpr Item incident_notice{"D-75", {"事件受影响名单与送达证明", "People affected by an incident, and delivery"},
    Class::personal, Controller::operating, {purpose::incidents}, Basis::law, {keep::incident}};

}  // namespace data
