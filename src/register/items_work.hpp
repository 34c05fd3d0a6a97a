#pragma once
#include "register/purposes.hpp"
#include "register/retention.hpp"

// What an organisation's work produces: attendance, approvals, calendar, files.
// Biometrics stay on the device; only an organisation's terminals may hold them, each by consent.
// clang-format off: a table
namespace data {

inline constexpr Item fingerprint_image{"D-39", {"指纹底图", "Base image of a fingerprint"}, Class::sensitive,
    Controller::organisation, {purpose::attendance_biometrics}, Basis::consent, {keep::biometric}, Mask::whole};
inline constexpr Item fingerprint_feature{"D-40", {"指纹特征", "Features of a fingerprint"}, Class::sensitive,
    Controller::organisation, {purpose::attendance_biometrics}, Basis::consent, {keep::biometric}, Mask::whole};
inline constexpr Item face_image{"D-41", {"人脸识别底图、人脸照片", "Base image or photo of a face"}, Class::sensitive,
    Controller::organisation, {purpose::attendance_biometrics, purpose::camera}, Basis::consent, {keep::biometric}, Mask::whole};
inline constexpr Item face_feature{"D-42", {"面部特征", "Features of a face"}, Class::sensitive,
    Controller::organisation, {purpose::attendance_biometrics, purpose::camera}, Basis::consent, {keep::biometric}, Mask::whole};

inline constexpr Item punch{"D-43", {"考勤打卡信息", "Clocking in and out"}, Class::personal, Controller::organisation,
    {purpose::attendance}, Basis::staff, {keep::attendance}};
inline constexpr Item check_in{"D-44", {"签到", "Check-in"}, Class::personal, Controller::organisation,
    {purpose::attendance}, Basis::staff, {keep::attendance, keep::location}};
inline constexpr Item approval_record{"D-45", {"审批记录", "Approval records"}, Class::personal,
    Controller::organisation, {purpose::approval}, Basis::staff, {keep::approval}};
inline constexpr Item work_report{"D-46", {"工作日志", "Work reports"}, Class::personal, Controller::organisation,
    {purpose::approval}, Basis::staff, {keep::message}};
inline constexpr Item schedule{"D-47", {"日程信息", "Calendar"}, Class::personal, Controller::organisation,
    {purpose::communication}, Basis::staff, {keep::message}};
inline constexpr Item drive_file{"D-48", {"云盘文件", "Files in the drive"}, Class::personal, Controller::organisation,
    {purpose::communication, purpose::media}, Basis::staff, {keep::message, keep::draft}};
inline constexpr Item mail{"D-49", {"邮件", "Mail"}, Class::personal, Controller::organisation,
    {purpose::communication}, Basis::staff, {keep::message}};

}  // namespace data
