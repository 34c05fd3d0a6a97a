#pragma once
#include "register/purposes.hpp"
#include "register/retention.hpp"

namespace data {

inline constexpr Item person_name{"D-02", {"姓名", "Name"}, Class::personal, Controller::organisation,
    {purpose::communication, purpose::directory}, Basis::staff, {keep::account}};
inline constexpr Item org_login{"D-08", {"机构/组织账号", "Account name in the organisation"}, Class::personal,
    Controller::organisation, {purpose::directory, purpose::security}, Basis::contract, {keep::account}};
inline constexpr Item password{"D-09", {"密码", "Password"}, Class::sensitive, Controller::operating,
    {purpose::security}, Basis::contract, {keep::account}, Mask::whole, Export::no, true};
inline constexpr Item org_structure{"D-10", {"机构和单位信息", "Institutions and units"}, Class::organisation,
    Controller::organisation, {purpose::directory}};
inline constexpr Item staff_link{"D-11", {"工作人员信息", "Staff record"}, Class::personal, Controller::organisation,
    {purpose::directory, purpose::communication}, Basis::staff, {keep::account}};
inline constexpr Item position{"D-12", {"职位", "Position"}, Class::personal, Controller::organisation,
    {purpose::directory}, Basis::staff, {keep::account}};
inline constexpr Item department{"D-13", {"隶属部门", "Department"}, Class::personal, Controller::organisation,
    {purpose::directory}, Basis::staff, {keep::account}};
inline constexpr Item message{"D-17", {"您提交或产生的使用信息", "What you write and do in the service"}, Class::personal,
    Controller::organisation, {purpose::communication}, Basis::contract, {keep::message}};
inline constexpr Item device_model{"D-20", {"设备型号", "Device model"}, Class::linked, Controller::operating,
    {purpose::devices, purpose::security}, Basis::contract, {keep::device}};
inline constexpr Item install_id{"D-23", {"设备标识（随机生成，不取自硬件）", "Device identifier (random, never from the hardware)"},
    Class::personal, Controller::operating, {purpose::devices, purpose::security}, Basis::contract, {keep::device},
    Mask::last_four};
inline constexpr Item ip_address{"D-24", {"IP 地址", "IP address"}, Class::personal, Controller::operating,
    {purpose::security, purpose::lawful_keeping}, Basis::law, {keep::log}, Mask::none, Export::yes, true};
inline constexpr Item geolocation{"D-27", {"地理位置", "Location"}, Class::sensitive, Controller::organisation,
    {purpose::attendance}, Basis::consent, {keep::location}, Mask::whole};
inline constexpr Item access_time{"D-34", {"访问日期和时间", "Date and time of access"}, Class::linked,
    Controller::operating, {purpose::security, purpose::devices, purpose::lawful_keeping}, Basis::law, {keep::log},
    Mask::none, Export::yes, true};
inline constexpr Item check_in{"D-44", {"签到", "Check-in"}, Class::personal, Controller::organisation,
    {purpose::attendance}, Basis::staff, {keep::attendance, keep::location}};
inline constexpr Item about_you{"D-52", {"他人操作中关于您的信息", "About you, from what others do"}, Class::personal,
    Controller::organisation, {purpose::communication}, Basis::contract, {keep::message}};
inline constexpr Item cookie{"D-62", {"Cookie 与浏览器本地存储", "Cookies and local storage"}, Class::linked,
    Controller::operating, {purpose::cookies, purpose::security}, Basis::contract, {keep::cookie, keep::preference}};
inline constexpr Item consent{"D-72", {"同意与撤回的记录", "Records of consent and withdrawal"}, Class::personal,
    Controller::operating, {purpose::rights}, Basis::law, {keep::consent}, Mask::none, Export::yes, true};
inline constexpr Item staff_evidence{"D-73", {"工作人员的操作与培训记录", "Staff acts, training and confidentiality"},
    Class::personal, Controller::operating, {purpose::staff}, Basis::law, {keep::staff, keep::audit}, Mask::none,
    Export::yes, true};

}  // namespace data
