#pragma once
#include "register/purposes.hpp"

// What a device may be asked for. Each is asked at the moment of use, and refusing costs only that feature.
// clang-format off: a table
namespace permission {

inline constexpr Permission camera{"PM-01", {"相机", "Camera"}, {purpose::camera, purpose::communication}, Asked::not_yet,
    {"点按扫码、拍照、面部解锁，或在会议中打开摄像头时", "When you tap scan, photo or face unlock, or turn it on in a meeting"}};
inline constexpr Permission album{"PM-02", {"相册", "Photo album"}, {purpose::media}, Asked::not_yet,
    {"选取要发送的图片或视频时，只读取您选中的", "When you pick a picture or video to send; only what you picked is read"}};
inline constexpr Permission storage{"PM-03", {"存储", "Storage"}, {purpose::media}, Asked::not_yet,
    {"选取或保存文件时，只涉及该文件", "When you pick or save a file; only that file is touched"}};
inline constexpr Permission location{"PM-04", {"位置", "Location"}, {purpose::attendance_place}, Asked::not_yet,
    {"打卡或签到的那一刻，读取一次，从不在后台读取", "At the moment of clocking or checking in, once; never in the background"}};
inline constexpr Permission phone_state{"PM-05", {"电话状态", "Phone state"}, {}, Asked::never,
    {"不使用：账号安全不依赖硬件识别码", "Not used: account security needs no hardware code"}};
inline constexpr Permission notifications{"PM-06", {"通知", "Notifications"}, {purpose::push}, Asked::not_yet,
    {"您打开通知时", "When you turn notifications on"}};
inline constexpr Permission microphone{"PM-07", {"麦克风", "Microphone"}, {purpose::communication}, Asked::not_yet,
    {"通话或录制语音时", "When you are in a call or record a voice message"}};

}  // namespace permission
