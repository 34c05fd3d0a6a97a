#pragma once
#include "register/item.hpp"

// What personal information may be used for. Nothing is collected outside one of these.
// clang-format off: a table
namespace purpose {

inline constexpr Purpose communication{"PU-01", Kind::basic, Aim::provide,
    {"与同事沟通协作：单聊、群聊、会议、DING、日程、云盘与邮件", "Talking and working with colleagues: chats, calls, DING, calendar, drive and mail"},
    {"D-01", "D-02"}};
inline constexpr Purpose directory{"PU-02", Kind::basic, Aim::provide,
    {"组织与通讯录管理：机构、单位与工作人员", "The organisation and its directory: institutions, units and staff"},
    {"D-02", "D-08", "D-11"}};
inline constexpr Purpose operation{"PU-03", Kind::basic, Aim::maintain,
    {"维持服务正常运行", "Keeping the service running"}};
inline constexpr Purpose improvement{"PU-04", Kind::additional, Aim::improve,
    {"改进服务，默认只用去标识化的数据", "Improving the service, with de-identified data unless you agree to more"}};
inline constexpr Purpose search{"PU-05", Kind::basic, Aim::provide,
    {"给出搜索结果并适配您的屏幕与硬件", "Showing search results and fitting your screen and hardware"}};
inline constexpr Purpose devices{"PU-06", Kind::basic, Aim::provide,
    {"让您的多台设备保持一致", "Keeping your devices in step"}};
inline constexpr Purpose security{"PU-07", Kind::basic, Aim::protect,
    {"保护账号安全：核验身份、发现并处置异常", "Protecting your account: checking identity, finding and handling what is unusual"},
    {"D-08", "D-09"}};
inline constexpr Purpose camera{"PU-08", Kind::additional, Aim::provide,
    {"扫码、拍照与面部解锁", "Scanning codes, taking photos and unlocking by face"}};
inline constexpr Purpose media{"PU-09", Kind::additional, Aim::provide,
    {"头像、聊天图片与文件的上传、缓存和下载", "Avatars, and sending, caching and saving pictures and files"}};
inline constexpr Purpose attendance{"PU-10", Kind::additional, Aim::provide,
    {"所在组织安排的考勤与签到", "Attendance and check-in that your organisation arranges"}, {"D-43"}};
inline constexpr Purpose approval{"PU-11", Kind::basic, Aim::provide,
    {"审批与工作日志", "Approvals and work reports"}, {"D-45"}};
inline constexpr Purpose feedback{"PU-12", Kind::basic, Aim::provide,
    {"处理并答复您的反馈", "Handling and answering your feedback"}, {"D-51"}};
inline constexpr Purpose cookies{"PU-13", Kind::basic, Aim::protect,
    {"保持登录并判断账号是否安全", "Keeping you signed in and judging whether your account is safe"}};
inline constexpr Purpose third_party{"PU-14", Kind::additional, Aim::provide,
    {"使用您或组织选用的第三方应用", "Using third-party apps that you or your organisation chose"}, {"D-63"}};
inline constexpr Purpose trade{"PU-15", Kind::basic, Aim::provide,
    {"应用市场中的付费与交易", "Paid apps and purchases in the app market"}, {"D-57"}};
inline constexpr Purpose joint_service{"PU-16.1", Kind::additional, Aim::provide,
    {"用同一账号使用关联方的服务", "Using an affiliate's service with the same account"}, {"D-65"}};
inline constexpr Purpose recommendation{"PU-16.2", Kind::additional, Aim::improve,
    {"向您推荐可能感兴趣的内容", "Recommending what may interest you"}};
inline constexpr Purpose shared_detection{"PU-16.3", Kind::additional, Aim::protect,
    {"与关联方共同识别异常账号", "Recognising unusual accounts together with affiliates"}};
inline constexpr Purpose shared_protection{"PU-16.4", Kind::additional, Aim::protect,
    {"与关联方共同保护人身与财产安全", "Protecting people and property together with affiliates"}};
inline constexpr Purpose disclosure{"PU-17", Kind::legal, Aim::law,
    {"依法配合调查、处理投诉与违规公示", "Lawful requests, complaints and notices of violations"}};
inline constexpr Purpose rights{"PU-18", Kind::legal, Aim::law,
    {"办理您的权利请求与投诉，保存同意凭证", "Your requests and complaints, and the evidence of your consent"}};
inline constexpr Purpose children{"PU-19", Kind::legal, Aim::law,
    {"保护儿童，并由监护人作主", "Protecting children, with their guardians deciding"}};
inline constexpr Purpose staff{"PU-20", Kind::legal, Aim::law,
    {"约束和记录工作人员的操作、培训与保密", "Staff who can reach data: their acts, training and confidentiality"}};
inline constexpr Purpose decisions{"PU-21", Kind::legal, Aim::law,
    {"解释自动作出的决定并接受申诉", "Explaining automated decisions and hearing appeals"}};
inline constexpr Purpose incidents{"PU-22", Kind::legal, Aim::law,
    {"通知与上报个人信息安全事件", "Notifying people and reporting incidents"}};
inline constexpr Purpose lawful_keeping{"PU-23", Kind::legal, Aim::law,
    {"按法律要求留存交易记录与网络日志", "Keeping trade records and network logs as the law asks"}};
inline constexpr Purpose push{"PU-24.1", Kind::additional, Aim::provide,
    {"在您离开时推送通知", "Push notifications while you are away"}};
inline constexpr Purpose sharing_out{"PU-24.2", Kind::additional, Aim::provide,
    {"分享到其他平台", "Sharing to another platform"}};
inline constexpr Purpose maps{"PU-24.3", Kind::additional, Aim::provide,
    {"显示地图", "Showing maps"}};
inline constexpr Purpose video{"PU-24.4", Kind::additional, Aim::provide,
    {"播放其他平台的视频", "Playing video from another platform"}};

}  // namespace purpose
