#pragma once
#include "register/purposes.hpp"
#include "register/retention.hpp"

// Who somebody is: account and directory. A telephone number is sensitive wherever it stands.
// clang-format off: a table
namespace data {

inline constexpr Item phone{"D-01", {"手机号码", "Mobile phone number"}, Class::sensitive, Controller::operating,
    {purpose::communication, purpose::security}, Basis::contract, {keep::account}, Mask::last_four};
inline constexpr Item person_name{"D-02", {"姓名", "Name"}, Class::personal, Controller::organisation,
    {purpose::communication, purpose::directory}, Basis::staff, {keep::account}};
inline constexpr Item org_mailbox{"D-03", {"组织邮箱", "Mail address in the organisation"}, Class::personal,
    Controller::organisation, {purpose::communication}, Basis::staff, {keep::account}};
inline constexpr Item directory_phone{"D-04", {"通讯录手机号", "Mobile phone number in the directory"}, Class::sensitive,
    Controller::organisation, {purpose::directory}, Basis::staff, {keep::account}, Mask::last_four};
inline constexpr Item office_phone{"D-05", {"办公电话", "Office telephone number"}, Class::sensitive,
    Controller::organisation, {purpose::directory}, Basis::staff, {keep::account}, Mask::last_four};
inline constexpr Item office_address{"D-06", {"办公地址", "Office address"}, Class::personal, Controller::organisation,
    {purpose::directory}, Basis::staff, {keep::account}};
inline constexpr Item office_mailbox{"D-07", {"办公邮箱", "Office mail address"}, Class::personal,
    Controller::organisation, {purpose::directory}, Basis::staff, {keep::account}};
inline constexpr Item org_login{"D-08", {"机构/组织账号", "Account name in the organisation"}, Class::personal,
    Controller::organisation, {purpose::directory, purpose::security}, Basis::contract, {keep::account}};
inline constexpr Item password{"D-09", {"密码", "Password"}, Class::sensitive, Controller::operating,
    {purpose::security}, Basis::contract, {keep::account}, Mask::whole, Export::no};
inline constexpr Item org_structure{"D-10", {"机构和单位信息", "Institutions and units"}, Class::organisation,
    Controller::organisation, {purpose::directory}};
inline constexpr Item staff_link{"D-11", {"工作人员信息", "Staff record"}, Class::personal, Controller::organisation,
    {purpose::directory, purpose::communication}, Basis::staff, {keep::account}};
inline constexpr Item position{"D-12", {"职位", "Position"}, Class::personal, Controller::organisation,
    {purpose::directory}, Basis::staff, {keep::account}};
inline constexpr Item department{"D-13", {"隶属部门", "Department"}, Class::personal, Controller::organisation,
    {purpose::directory}, Basis::staff, {keep::account}};
inline constexpr Item employment{"D-14", {"任职信息", "Employment"}, Class::personal, Controller::organisation,
    {purpose::directory}, Basis::staff, {keep::account}};
inline constexpr Item contact_details{"D-15", {"联系方式", "Contact details"}, Class::sensitive,
    Controller::organisation, {purpose::directory}, Basis::staff, {keep::account}, Mask::last_four};
inline constexpr Item identity_document{"D-16", {"身份证件等身份信息", "Identity documents and numbers"},
    Class::sensitive, Controller::organisation, {purpose::directory}, Basis::consent, {keep::account}, Mask::whole};

}  // namespace data
