#pragma once
#include "register/item.hpp"

// What personal information may be used for. Nothing is collected outside one of these.
// clang-format off: a table
namespace purpose {

inline constexpr Purpose communication{"PU-01", Kind::basic, Aim::provide,
    {"沟通协作", "Communication"},
    {"与同事沟通、协作", "Talking and working with colleagues"}, {"D-01", "D-02"}};
inline constexpr Purpose directory{"PU-02", Kind::basic, Aim::provide,
    {"组织与通讯录", "Organisation and directory"},
    {"管理机构、单位与工作人员，让同事彼此找得到", "Managing institutions, units and staff, so that colleagues find each other"}, {"D-02", "D-08", "D-11"}};
inline constexpr Purpose operation{"PU-03", Kind::basic, Aim::maintain,
    {"正常运行", "Operation"},
    {"维持服务正常运行", "Keeping the service running"}};
inline constexpr Purpose improvement{"PU-04", Kind::additional, Aim::improve,
    {"改进服务", "Improvement"},
    {"了解使用情况以改进服务，默认只用去标识化的数据", "Learning how the service is used, from de-identified data unless you agree to more"}};
inline constexpr Purpose search{"PU-05", Kind::basic, Aim::provide,
    {"搜索与适配", "Search and fitting"},
    {"给出搜索结果并适配您的屏幕与硬件", "Showing search results and fitting your screen and hardware"}};
inline constexpr Purpose devices{"PU-06", Kind::basic, Aim::provide,
    {"多设备一致", "Several devices"},
    {"让您的多台设备保持一致", "Keeping your devices in step"}};
inline constexpr Purpose security{"PU-07", Kind::basic, Aim::protect,
    {"账号安全", "Account security"},
    {"核验身份，发现并处置异常", "Checking identity, finding and handling what is unusual"}, {"D-08", "D-09"}};
inline constexpr Purpose camera{"PU-08", Kind::additional, Aim::provide,
    {"相机", "Camera"},
    {"扫码、拍照与面部解锁", "Scanning codes, taking photos and unlocking by face"}};
inline constexpr Purpose media{"PU-09", Kind::additional, Aim::provide,
    {"图片与文件", "Pictures and files"},
    {"头像、聊天图片与文件的上传、缓存和下载", "Avatars, and sending, caching and saving pictures and files"}};
inline constexpr Purpose attendance{"PU-10", Kind::basic, Aim::provide,
    {"考勤与签到", "Attendance and check-in"},
    {"记录所在组织安排的考勤与签到", "Recording the attendance and check-in that your organisation arranges"}, {"D-43"}};
inline constexpr Purpose attendance_place{"PU-10.1", Kind::additional, Aim::provide,
    {"考勤定位", "Place of attendance"},
    {"打卡或签到时确认地点", "Confirming the place when you clock or check in"}};
inline constexpr Purpose attendance_biometrics{"PU-10.2", Kind::additional, Aim::provide,
    {"考勤生物识别", "Biometrics for attendance"},
    {"用指纹或人脸打卡；始终可以改用其他方式", "Clocking by fingerprint or face; there is always another way"}};
inline constexpr Purpose approval{"PU-11", Kind::basic, Aim::provide,
    {"审批与工作日志", "Approvals and reports"},
    {"办理审批，提交与查看工作日志", "Deciding approvals, writing and reading work reports"}, {"D-45"}};
inline constexpr Purpose feedback{"PU-12", Kind::basic, Aim::provide,
    {"反馈", "Feedback"},
    {"处理并答复您的反馈", "Handling and answering your feedback"}, {"D-51"}};
inline constexpr Purpose cookies{"PU-13", Kind::basic, Aim::protect,
    {"保持登录", "Staying signed in"},
    {"保持登录并判断账号是否安全", "Keeping you signed in, and judging whether your account is safe"}};
inline constexpr Purpose third_party{"PU-14", Kind::additional, Aim::provide,
    {"第三方应用", "Third-party apps"},
    {"使用您或组织选用的第三方应用", "Using third-party apps that you or your organisation chose"}, {"D-63"}};
inline constexpr Purpose trade{"PU-15", Kind::basic, Aim::provide,
    {"付费与交易", "Purchases"},
    {"应用市场中的付费与交易", "Paid apps and purchases in the app market"}, {"D-57"}};
inline constexpr Purpose joint_service{"PU-16.1", Kind::additional, Aim::provide,
    {"关联方共同服务", "Joint service with affiliates"},
    {"用同一账号使用关联方的服务", "Using an affiliate's service with the same account"}, {"D-65"}};
inline constexpr Purpose recommendation{"PU-16.2", Kind::additional, Aim::improve,
    {"推荐", "Recommendation"},
    {"向您推荐可能感兴趣的内容", "Recommending what may interest you"}};
inline constexpr Purpose shared_detection{"PU-16.3", Kind::additional, Aim::protect,
    {"关联方异常识别", "Detection with affiliates"},
    {"与关联方共同识别异常账号", "Recognising unusual accounts together with affiliates"}};
inline constexpr Purpose shared_protection{"PU-16.4", Kind::additional, Aim::protect,
    {"关联方安全保护", "Protection with affiliates"},
    {"与关联方共同保护人身与财产安全", "Protecting people and property together with affiliates"}};
inline constexpr Purpose disclosure{"PU-17", Kind::legal, Aim::law,
    {"依法提供与公示", "Lawful disclosure"},
    {"依法配合调查、处理投诉与违规公示", "Lawful requests, complaints and notices of violations"}};
inline constexpr Purpose rights{"PU-18", Kind::legal, Aim::law,
    {"权利与同意凭证", "Rights and consent"},
    {"办理您的权利请求与投诉，保存同意凭证", "Your requests and complaints, and the evidence of your consent"}};
inline constexpr Purpose children{"PU-19", Kind::legal, Aim::law,
    {"儿童保护", "Protecting children"},
    {"保护儿童，并由监护人作主", "Protecting children, with their guardians deciding"}};
inline constexpr Purpose staff{"PU-20", Kind::legal, Aim::law,
    {"人员管理", "Staff who reach data"},
    {"约束并记录能接触信息的工作人员：操作、培训与保密", "Those who can reach data: their acts, training and confidentiality"}};
inline constexpr Purpose decisions{"PU-21", Kind::legal, Aim::law,
    {"自动决策", "Automated decisions"},
    {"解释自动作出的决定并接受申诉", "Explaining automated decisions and hearing appeals"}};
inline constexpr Purpose incidents{"PU-22", Kind::legal, Aim::law,
    {"安全事件", "Incidents"},
    {"通知受影响的人，并向主管部门报告", "Telling those affected, and reporting to the authority"}};
inline constexpr Purpose lawful_keeping{"PU-23", Kind::legal, Aim::law,
    {"依法留存", "Keeping under law"},
    {"按法律要求留存交易记录与网络日志", "Keeping trade records and network logs as the law asks"}};
inline constexpr Purpose push{"PU-24.1", Kind::additional, Aim::provide,
    {"推送", "Push"},
    {"在您离开时推送通知", "Push notifications while you are away"}};
inline constexpr Purpose sharing_out{"PU-24.2", Kind::additional, Aim::provide,
    {"对外分享", "Sharing out"},
    {"分享到其他平台", "Sharing to another platform"}};
inline constexpr Purpose maps{"PU-24.3", Kind::additional, Aim::provide,
    {"地图", "Maps"},
    {"显示地图", "Showing maps"}};
inline constexpr Purpose video{"PU-24.4", Kind::additional, Aim::provide,
    {"外部视频", "Outside video"},
    {"播放其他平台的视频", "Playing video from another platform"}};

}  // namespace purpose
