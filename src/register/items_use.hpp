#pragma once
#include "register/purposes.hpp"
#include "register/retention.hpp"

// What using the service leaves behind: content, devices, logs.
// clang-format off: a table
namespace data {

inline constexpr Item message{"D-17", {"使用内容（如聊天消息、已读位置）", "What you write and do (messages, how far you read)"},
    Class::personal, Controller::organisation, {purpose::communication}, Basis::contract, {keep::message}};
inline constexpr const Item& read_state = message;  // having read something is use of the service, too
inline constexpr Item call{"D-18", {"通话与会议记录、通话状态", "Calls and conferences, and their state"},
    Class::personal, Controller::organisation, {purpose::communication}, Basis::contract, {keep::log}};
inline constexpr Item ding{"D-19", {"DING 消息与回执", "DING messages and receipts"}, Class::personal,
    Controller::organisation, {purpose::communication}, Basis::contract, {keep::message}};

inline constexpr Item device_model{"D-20", {"设备型号", "Device model"}, Class::linked, Controller::operating,
    {purpose::devices, purpose::security}, Basis::contract, {keep::device, keep::cookie}};
inline constexpr Item os_version{"D-21", {"操作系统版本", "Operating system version"}, Class::linked,
    Controller::operating, {purpose::devices, purpose::security}, Basis::contract, {keep::device, keep::cookie}};
inline constexpr Item device_settings{"D-22", {"设备设置", "Device settings"}, Class::linked, Controller::operating,
    {purpose::devices}, Basis::permission, {keep::device}};
inline constexpr Item install_id{"D-23", {"设备标识（随机生成，不取自硬件）", "Device identifier (random, never read from hardware)"},
    Class::personal, Controller::operating, {purpose::devices, purpose::security}, Basis::contract,
    {keep::device, keep::cookie}, Mask::last_four};
inline constexpr Item bluetooth{"D-25", {"蓝牙", "Bluetooth devices nearby"}, Class::sensitive,
    Controller::organisation, {purpose::attendance_place}, Basis::consent, {keep::nearby}, Mask::whole};
inline constexpr Item wifi{"D-26", {"WIFI", "Wi-Fi networks nearby"}, Class::sensitive, Controller::organisation,
    {purpose::attendance_place}, Basis::consent, {keep::nearby}, Mask::whole};
inline constexpr Item geolocation{"D-27", {"地理位置", "Location"}, Class::sensitive, Controller::organisation,
    {purpose::attendance_place}, Basis::consent, {keep::location}, Mask::whole};
inline constexpr Item device_code{"D-28", {"本机识别码", "Hardware identification code"}, Class::personal,
    Controller::operating, {purpose::security}, Basis::none, {}, Mask::whole, Export::yes, Kept::nowhere};
inline constexpr Item device_place{"D-29", {"设备所在位置", "Where the device is"}, Class::sensitive,
    Controller::operating, {purpose::attendance_place}, Basis::consent, {keep::location}, Mask::whole};

inline constexpr Item ip_address{"D-24", {"IP 地址", "IP address"}, Class::personal, Controller::operating,
    {purpose::security}, Basis::law, {keep::log, keep::cookie}};
inline constexpr Item search_query{"D-30", {"搜索查询内容", "What you search for"}, Class::personal,
    Controller::operating, {purpose::search}, Basis::contract, {keep::log}};
inline constexpr Item browser{"D-31", {"浏览器类型", "Kind of browser"}, Class::linked, Controller::operating,
    {purpose::devices, purpose::security}, Basis::contract, {keep::log}};
inline constexpr Item carrier{"D-32", {"电信运营商", "Carrier"}, Class::linked, Controller::operating,
    {purpose::devices}, Basis::contract, {keep::log}};
inline constexpr Item language{"D-33", {"使用的语言", "Language"}, Class::linked, Controller::operating,
    {purpose::devices}, Basis::contract, {keep::log, keep::account}};
inline constexpr Item access_time{"D-34", {"访问日期和时间", "Date and time of access"}, Class::linked,
    Controller::operating, {purpose::security, purpose::devices}, Basis::law,
    {keep::log, keep::cookie}};
inline constexpr Item visited_page{"D-35", {"访问的页面记录", "Pages visited"}, Class::personal, Controller::operating,
    {purpose::search, purpose::devices}, Basis::contract, {keep::log}};
inline constexpr Item approval_log{"D-36", {"审批日志信息", "Log of approvals"}, Class::personal,
    Controller::organisation, {purpose::approval}, Basis::staff, {keep::log, keep::approval}};
inline constexpr Item attendance_log{"D-37", {"考勤日志信息", "Log of attendance"}, Class::personal,
    Controller::organisation, {purpose::attendance}, Basis::staff, {keep::log, keep::attendance}};
inline constexpr Item market_log{"D-38", {"应用市场日志信息", "Log of the app market"}, Class::personal,
    Controller::operating, {purpose::trade}, Basis::contract, {keep::log, keep::trade}};

}  // namespace data
