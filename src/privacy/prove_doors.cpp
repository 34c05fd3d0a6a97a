// The ways in and out: routes, network, files, libraries.
#include <link.h>
#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "base/log.hpp"
#include "base/secret.hpp"
#include "privacy/key_backup.hpp"
#include "privacy/process.hpp"
#include "privacy/prove.hpp"

namespace privacy {
namespace {

namespace fs = std::filesystem;

std::string named(const Route& r) { return std::string(r.method) + " " + std::string(r.path); }

// What may be done before the policy is accepted: reading it, signing in with it, deciding, leaving.
Finding nothing_before_acceptance(const Installation& in) {
  const std::set<std::string> for_anyone{"GET /consent/policy", "POST /identity/sessions"};
  const std::set<std::string> for_signed_in{"GET /identity/session", "DELETE /identity/session",
                                            "POST /consent/acceptances", "POST /consent/refusals",
                                            "POST /consent/withdrawals"};
  for (auto& r : in.router.routes()) {
    if (r->access == Access::anyone && !for_anyone.contains(named(*r))) return {named(*r) + " is open to anyone"};
    if (r->access == Access::signed_in && !for_signed_in.contains(named(*r)))
      return {named(*r) + " does not wait for the policy"};
  }
  return {};
}

const Shape* field(const Shape& s, std::string_view name) {
  for (auto& [called, shape] : s.fields)
    if (called == name) return &shape;
  return nullptr;
}

Finding sign_in_names_the_policy(const Installation& in) {
  for (auto& r : in.router.routes())
    if (named(*r) == "POST /identity/sessions")
      if (const auto* policy = field(r->in, "policy"); policy && !policy->optional) return {};
  return {"one can sign in without naming the accepted policy"};
}

// Of a person, signing in demands what its purpose cannot do without, and nothing else.
Finding demands_only_the_necessary(const Installation& in) {
  const std::set<std::string_view> needed{"login", "password", "policy", "client"};
  for (auto& r : in.router.routes())
    if (r->access == Access::anyone)
      for (auto& [name, shape] : r->in.fields)
        if (!shape.optional && !needed.contains(name)) return {named(*r) + " demands " + name};
  return {};
}

Finding nothing_optional_is_needed(const Installation& in) {
  for (auto& r : in.router.routes())
    for (auto room : {"/identity/", "/directory/", "/chat/", "/consent/policy", "/consent/acceptances"})
      if (r->path.starts_with(room) && r->purpose->kind == Kind::additional)
        return {named(*r) + " depends on something optional"};
  return {};
}

Finding organisations_apart(const Installation& in) {
  for (auto& t : in.tables)
    if (!t.find(t.about.org) && t.about.no_org.empty())
      return {std::string(t.name) + " does not say to which organisation its rows belong"};
  return {};
}

bool is_loopback(std::string_view address) { return address.starts_with("127.") || address == "::1"; }

Finding tls_for_other_hosts(const Installation& in) {
  if (!is_loopback(in.address) && in.certificate_key.empty())
    return {"other hosts are served without TLS on " + in.address};
  return {};
}

Finding named_before_others_come(const Installation& in) {
  if (!is_loopback(in.address) && in.en.operator_.name.empty())
    return {"other hosts are served on " + in.address + " by an operator without a name: set operator_name"};
  return {};
}

bool open_to_others(const fs::path& path) {
  struct stat is{};
  return ::stat(path.c_str(), &is) == 0 && (is.st_mode & 077) != 0;
}

Finding files_are_private(const Installation& in) {
  if (open_to_others(in.folder)) return {"the data folder is open to others"};
  if (!in.certificate_key.empty() && open_to_others(in.certificate_key))
    return {"the key of the certificate is open to others"};
  for (const auto& entry : fs::recursive_directory_iterator(in.folder)) {
    const auto name = entry.path().filename().string();
    const bool secret = entry.path().extension() == ".key" || name.ends_with(".db") || name.ends_with(".db-wal") ||
                        name == "demo-people.txt";
    if (secret && open_to_others(entry.path()))
      return {fs::relative(entry.path(), in.folder).string() + " can be read by others"};
  }
  return {};
}

// Whoever finds a backup of the data finds no key in it, and whoever finds one of the keys no root key.
Finding keys_apart(const Installation& in) {
  if (in.keys == in.database && in.keys != "sqlite::memory:") return {"the keys are in the database of the data"};
  for (const auto& entry : fs::directory_iterator(in.folder))
    if (is_key_backup(entry.path())) return {"a copy of the keys lies in the data folder"};
  if (!in.witness.empty() && fs::exists(in.witness / "root.key")) return {"the root key lies beside the witness"};
  const auto copy = last_key_backup(in.folder);
  const auto why = copy ? misplaced(copy->folder, in.folder) : "";
  return why.empty() ? Finding{} : Finding{"the copy of the keys in " + copy->folder + " is misplaced: " + why};
}

Finding memory_private(const Installation&) {
  return memory_is_private() ? Finding{} : Finding{"memory of this program could land in a core file, or be read"};
}

// Text that came from a person does not convert to what a line of the log takes.
template <class T>
constexpr bool can_be_logged = std::is_constructible_v<logging::Value, T> || std::is_constructible_v<logging::Code, T>;
Finding log_closed(const Installation&) {
  constexpr bool open = can_be_logged<std::string> || can_be_logged<std::string_view> || can_be_logged<const char*> ||
                        can_be_logged<Line<60>> || can_be_logged<Secret<std::string>> || can_be_logged<db::Bytes>;
  return open ? Finding{"free text could be written to the log"} : Finding{};
}

// A program that could send mail, push or call other services would have their library in it.
Finding no_way_out(const Installation&) {
  std::string found;
  ::dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* out) {
        for (auto client : {"libcurl", "libnats", "libgmime", "libvmime", "libesmtp", "libssh", "libneon", "libsoup"})
          if (std::string_view(info->dlpi_name).find(client) != std::string_view::npos)
            *static_cast<std::string*>(out) = client;
        return 0;
      },
      &found);
  return found.empty() ? Finding{} : Finding{"the program has " + found + " in it and no register of recipients"};
}

Finding no_handing_over(const Installation& in) {
  for (auto& r : in.router.routes())
    for (auto word : {"transfer", "operator", "export", "publish"})
      if (r->path.find(word) != r->path.npos) return {named(*r) + " could hand data over"};
  return {};
}

constexpr Check all[] = {
    {"nothing_before_acceptance", "0-9 0-10 2.3.3-0 2.4.1-6", nothing_before_acceptance},
    {"sign_in_names_the_policy", "0-10", sign_in_names_the_policy},
    {"demands_only_the_necessary", "2.1.A-1", demands_only_the_necessary},
    {"nothing_optional_is_needed", "2.1.A-4 2.1.2.8-0b 2.1.2.8-2b 2.1.2.8-5", nothing_optional_is_needed},
    {"organisations_apart", "2.4.1-6", organisations_apart},
    {"tls_for_other_hosts", "0-1 2.4.1-2", tls_for_other_hosts},
    {"named_before_others_come", "0-2", named_before_others_come},
    {"files_are_private", "0-1", files_are_private},
    {"keys_apart", "0-1", keys_apart},
    {"memory_private", "0-1", memory_private},
    {"log_closed", "0-1", log_closed},
    {"no_way_out", "2.3.1-0 2.1.2.7-2", no_way_out},
    {"no_handing_over", "2.3.2-0 2.3.1-0", no_handing_over},
};

}  // namespace

std::span<const Check> checks_of_doors() { return all; }

}  // namespace privacy
