#pragma once
#include <array>

#include "register/items.hpp"
#include "register/permissions.hpp"
#include "register/purposes.hpp"
#include "register/retention.hpp"
#include "register/storage.hpp"

// The whole register, for those who loop over it.
// clang-format off: tables
namespace reg {

inline constexpr std::array items{
    &data::phone, &data::person_name, &data::org_mailbox, &data::directory_phone, &data::office_phone,
    &data::office_address, &data::office_mailbox, &data::org_login, &data::password, &data::org_structure,
    &data::staff_link, &data::position, &data::department, &data::employment, &data::contact_details,
    &data::identity_document, &data::message, &data::call, &data::ding, &data::device_model, &data::os_version,
    &data::device_settings, &data::install_id, &data::ip_address, &data::bluetooth, &data::wifi, &data::geolocation,
    &data::device_code, &data::device_place, &data::search_query, &data::browser, &data::carrier, &data::language,
    &data::access_time, &data::visited_page, &data::approval_log, &data::attendance_log, &data::market_log,
    &data::fingerprint_image, &data::fingerprint_feature, &data::face_image, &data::face_feature, &data::punch,
    &data::check_in, &data::approval_record, &data::work_report, &data::schedule, &data::drive_file, &data::mail,
    &data::feedback_contact, &data::feedback_text, &data::about_you, &data::inbound, &data::sms_code,
    &data::security_signal, &data::membership, &data::trade, &data::partner_signal, &data::camera_frame, &data::media,
    &data::local_cache, &data::cookie, &data::app_subject, &data::app_scope, &data::affiliate_account,
    &data::complaint_disclosure, &data::violation, &data::identity_proof, &data::request, &data::child, &data::guardian,
    &data::consent, &data::staff_evidence, &data::decision, &data::incident_notice};

inline constexpr std::array purposes{
    &purpose::communication, &purpose::directory, &purpose::operation, &purpose::improvement, &purpose::search,
    &purpose::devices, &purpose::security, &purpose::camera, &purpose::media, &purpose::attendance, &purpose::attendance_place,
    &purpose::attendance_biometrics, &purpose::approval,
    &purpose::feedback, &purpose::cookies, &purpose::third_party, &purpose::trade, &purpose::joint_service,
    &purpose::recommendation, &purpose::shared_detection, &purpose::shared_protection, &purpose::disclosure,
    &purpose::rights, &purpose::children, &purpose::staff, &purpose::decisions, &purpose::incidents,
    &purpose::lawful_keeping, &purpose::push, &purpose::sharing_out, &purpose::maps, &purpose::video};

inline constexpr std::array permissions{
    &permission::camera, &permission::album, &permission::storage, &permission::location, &permission::phone_state,
    &permission::notifications, &permission::microphone};

inline constexpr std::array retentions{
    &keep::account, &keep::invitation, &keep::biometric, &keep::location, &keep::nearby, &keep::attendance,
    &keep::approval, &keep::message, &keep::log, &keep::device, &keep::cookie, &keep::preference, &keep::visit,
    &keep::consent, &keep::policy, &keep::sharing, &keep::assessment, &keep::legal, &keep::notice, &keep::trade,
    &keep::feedback, &keep::request, &keep::proof, &keep::decision, &keep::audit, &keep::staff, &keep::incident,
    &keep::child, &keep::backup, &keep::ledger, &keep::code, &keep::cache, &keep::draft, &keep::transfer};

inline constexpr std::array stored{
    &stored::session, &stored::policy, &stored::signed_in, &stored::language, &stored::theme, &stored::width,
    &stored::outbox};

constexpr const Item* item(std::string_view id) {
  for (auto* i : items)
    if (i->id == id) return i;
  return nullptr;
}

}  // namespace reg
