#pragma once
#include <span>

#include "register/item.hpp"

// The policy's own sentences. Lists, periods and names come from the register, the tables and the
// operator; a sentence stands here only if the program as it is makes it true.
// {operator} is the operator's name.
// clang-format off: prose
namespace privacy::text {

struct Sentence { Words says; bool bold = false; };
struct Chapter { std::string_view anchor; Words title; std::span<const Sentence> sentences; };

inline constexpr Words title{"隐私政策", "Privacy policy"};
inline constexpr Words nameless{"本平台的运营者", "The operator of this workplace"};

inline constexpr Sentence collect[] = {
    {{"{operator}运行这个工作平台，并为其中的个人信息负责。下文的“我们”就是{operator}，“组织”是为您开通账号的单位。",
      "{operator} runs this workplace and answers for the personal information in it. “We” means {operator}; “your organisation” is the body that opened your account."}},
    {{"在您选择同意之前，我们不向您收集信息；您选择拒绝，我们不会留下您的任何信息。两个选择同样显眼，不会替您预先选好。",
      "We collect nothing from you before you choose to accept. If you decline, nothing about you is kept. Both choices stand out equally, and neither is made for you."}, true},
    {{"姓名、部门和职位这类通讯录信息由组织先行录入，与您是否同意本政策无关；想更正或移除，请找组织的管理员，也可以找我们。",
      "Directory entries such as name, department and position are written by your organisation beforehand, whether or not you accept. To have them corrected or removed, ask its administrator, or us."}},
    {{"下面的清单按照数据库的实际结构生成，每一栏都注明用途、依据和期限。清单以外的个人信息，程序没有地方可放。",
      "The lists below are made from the structure of the database itself; every entry names its purposes, its ground and its period. What is not listed has no place in the program."}},
    {{"标为“您所在的组织”的信息，由组织决定怎样使用，我们照它的安排处理；其余由我们决定。",
      "Where the list says “your organisation”, the organisation decides about the use and we act on its behalf; we decide about the rest."}},
};
inline constexpr Sentence no_extras{
    {"这个版本只有基本功能，不需要任何设备权限。将来增加相机、位置一类的附加功能时，会先写进本政策，并逐项问您；不同意，也不影响聊天和通讯录。",
     "This version has basic features only and needs no device permission. When features such as camera or location are added, they will first be written here, and you will be asked about each; declining them will not touch chats or the directory."}};
inline constexpr Sentence extras{
    {"附加功能默认关闭，逐项由您打开；不打开，也不影响聊天和通讯录。",
     "Additional features are off until you turn each of them on; leaving them off does not touch chats or the directory."}};
inline constexpr Words stand_out{"请特别留意这些敏感的、或依法须留存的信息：", "Please note what is sensitive, or kept because the law asks for it: "};
inline constexpr Words needed{"没有这些信息，对应的基本功能就无法使用：", "Without these, the basic feature they belong to cannot work: "};

inline constexpr Sentence cookies[] = {
    {{"浏览器里只保存下表列出的内容，而且都在您同意之后才写入。没有统计、广告或跨网站跟踪，也不采集浏览器指纹。",
      "Your browser keeps only what this table lists, and nothing of it before you accept. Nothing counts you, advertises to you or follows you to other sites, and no browser fingerprint is taken."}},
    {{"您可以在浏览器里阻止或清除它们；清除登录用的 Cookie 之后需要重新登录，阻止它就无法登录。",
      "You can block or clear them in your browser. After clearing the sign-in cookie you have to sign in again; if you block it, you cannot sign in."}, true},
    {{"页面不含第三方的 SDK，也不加载其他网站的脚本、字体或图片。",
      "The pages contain no third-party SDK and load no script, font or picture from other sites."}},
};

inline constexpr Sentence share[] = {
    {{"目前没有任何第三方接收您的信息。这个版本没有短信、邮件、推送和第三方应用，也没有关联方共享。",
      "At present no third party receives your information. This version has no SMS, mail, push or third-party apps, and shares nothing with affiliates."}},
    {{"组织里的同事能在通讯录里看到您的姓名、部门和职位；一对一聊天只有您和对方能看到，对方还能看到您读到了哪里。",
      "Colleagues in your organisation see your name, department and position in the directory. A direct chat is seen by you and the other person, who can also see how far you have read."}},
    {{"我们不出售、不转让、也不公开您的信息。只有法律强制要求时才会例外，那时只交出必须交出的部分。若运营者更换，会先告诉您新的运营者是谁，再请您重新决定。",
      "We do not sell, transfer or publish your information. Only where the law compels us will there be an exception, and then only for what it compels. Should the operator change, you will first be told who the new one is and asked again."}},
};

inline constexpr Sentence protect[] = {
    {{"密码只留下 Argon2id 摘要，登录凭证只留下散列值，谁也无法从中还原。连续输错五次，该账号名的登录会关闭五分钟。",
      "Of a password only an Argon2id digest is kept, of a session only a hash; nobody can turn either back. After five wrong tries, signing in with that name is closed for five minutes."}},
    {{"服务器配好证书（TLS）之后才接受其他设备的连接；不加密的连接只限于服务器本机。为了挡住过于频繁的访问，程序在内存里按来源地址计数，不写入磁盘。",
      "The server accepts other devices only with a certificate (TLS); what is not encrypted stays within the machine itself. To hold off too frequent requests the program counts them by address in memory and writes none of it to disk."}},
    {{"聊天内容和通讯录以可检索的文字存放，靠访问规则保护，并不是端到端加密；能够管理服务器的人在技术上可以接触到。",
      "Chats and the directory are stored as searchable text, protected by access rules. They are not encrypted end to end; those who administer the server are technically able to reach them."}, true},
    {{"组织之间彼此隔离：程序会拒绝越过组织边界的请求，也会拒绝越过模块边界的数据库语句。运行日志只写编号、数字和代码，不写姓名、密码和消息。",
      "Organisations are kept apart: the program refuses requests that cross from one to another, and database statements that cross from one module to another. The program's log takes ids, numbers and codes, never names, passwords or messages."}},
    {{"没有哪种保护是绝对的。请不要在别处重复使用这里的密码。万一信息泄露、损坏或丢失，我们会告诉您发生了什么、可能的影响、我们做了什么、您可以做什么，并按规定上报。",
      "No protection is absolute. Please do not use your password here anywhere else. Should information leak, be damaged or be lost, we will tell you what happened, what it may mean, what we have done and what you can do, and report it as required."}, true},
    {{"各类信息保存多久见下表。到期的登录会话会自动清除；其他到期的信息，这个版本还不会自动清理，在它能做到之前，由我们按表手工清理。",
      "The table says how long each kind is kept. Sessions that are over are cleared by themselves; other things that are due are not yet in this version, so until they are, we clear them by hand."}},
};

inline constexpr Sentence manage[] = {
    {{"登录以后，您可以在通讯录里查看自己的资料，在聊天里查看自己的消息，也可以随时退出登录，退出立即生效。",
      "Once signed in you can see your own entry in the directory and your own messages in your chats, and you can sign out at any time, with immediate effect."}},
    {{"查阅、复制、更正、补充、删除、转移、限制使用、撤回同意、注销账号、要求解释或投诉：这个版本还没有自助页面，请用文末的方式找我们，也可以先找组织的管理员。撤回与当初同意一样，不需要理由。",
      "To access, copy, correct, complete, delete, move or restrict your information, to withdraw consent, close your account, ask for an explanation or complain: this version has no page for it yet, so please reach us as shown at the end, or ask your organisation's administrator first. Withdrawing needs no reason, just as accepting needed none."}, true},
    {{"我们自收到之日起十五天内答复，不收费用；为了不把您的信息交给别人，会先确认是您本人，但不会要求比我们已有的更多的信息。不能照办的，会说明理由。注销在十五个工作日内办完。",
      "We answer within 15 days of receipt, free of charge. So that nobody else gets your information we first make sure it is you, without asking for more than we already hold. Where we cannot do what you ask, we say why. Closing an account is done within 15 working days."}},
    {{"对答复不满意，可以向我们投诉，也可以找个人信息保护的主管部门或法院。",
      "If an answer does not satisfy you, you can complain to us, and you can turn to the authority for personal information or to a court."}},
    {{"除了输错密码后的短暂关闭，程序不会自动作出对您有影响的决定：没有评分，没有画像，没有推荐。",
      "Apart from the short closing after wrong passwords, the program takes no automatic decision about you: there is no scoring, no profiling, no recommending."}},
};

inline constexpr Sentence minors[] = {
    {{"这个平台供组织的工作人员使用，不面向不满十四周岁的儿童，也不会打听您的年龄。",
      "This workplace is for the staff of organisations. It is not meant for children under 14, and it does not ask your age."}},
    {{"已满十四周岁、不满十八周岁的，请和监护人一起读完本政策再决定。",
      "If you are between 14 and 17, please read this policy with a guardian before deciding."}},
    {{"如果发现有儿童的账号，请监护人或知情人告诉我们，我们会停用账号并删除其中的信息。",
      "If a child has an account here, a guardian or whoever knows of it should tell us; we will close it and delete what it holds."}, true},
};

inline constexpr Sentence location[] = {
    {{"信息只存放在{operator}为本程序准备的服务器上。这个版本没有任何向外传送信息的功能，自然也不会传到境外。",
      "Information is stored only on the servers that {operator} provides for this program. This version has no feature that sends information elsewhere, and so none that sends it abroad."}},
};

inline constexpr Sentence updates[] = {
    {{"本政策的清单由程序生成。数据库多存一项信息，或运营者换了名称、联系方式，文本就会变，摘要值也随之改变。",
      "The lists in this policy are made by the program. When the database comes to hold another item, or the operator's name or contact changes, the text changes and so does its hash."}},
    {{"文本一变，您下次使用时会先看到新的版本并重新决定；在您同意之前，程序不再向您收集信息，也暂停为您服务。",
      "After a change you are shown the new version first and decide again; until you accept, the program collects nothing further from you, and pauses its service to you."}, true},
    {{"您同意过哪个版本、何时同意的，都会留下记录，作为您作出选择的凭证。",
      "Which version you accepted, and when, is recorded as evidence of your choice."}},
};

inline constexpr Sentence contact[] = {
    {{"有疑问、建议或请求，请按下表联系我们，不登录也可以。",
      "With a question, a suggestion or a request, reach us as follows; you need not be signed in."}},
};
inline constexpr Sentence no_contact{
    {"运营者还没有填写联系方式，请先通过组织的管理员转达。",
     "The operator has not entered how to be reached; please go through your organisation's administrator."}, true};

inline constexpr Chapter chapters[] = {
    {"collect", {"我们收集什么，用来做什么", "What we collect and what for"}, collect},
    {"cookies", {"Cookie 与浏览器里的数据", "Cookies and what your browser keeps"}, cookies},
    {"share", {"谁会得到您的信息", "Who receives your information"}, share},
    {"protect", {"怎样保护，保存多久", "How it is protected and how long it is kept"}, protect},
    {"manage", {"您可以怎样管理自己的信息", "How you manage your information"}, manage},
    {"minors", {"儿童与未成年人", "Children and minors"}, minors},
    {"location", {"信息存放在哪里", "Where information is stored"}, location},
    {"updates", {"政策怎样更新", "How this policy changes"}, updates},
    {"contact", {"联系我们", "How to reach us"}, contact},
};

}  // namespace privacy::text
