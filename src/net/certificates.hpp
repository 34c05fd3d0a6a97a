#pragma once
#include <string>
#include <vector>

// Certificates of our own, for places that have none: a local authority that people install once,
// and a server certificate that it signs.
namespace net {

struct Certificates {
  std::string ca_file, cert_file, key_file;
};

// Makes a certificate for these host names and numeric addresses, and the authority if the folder
// has none yet. Keys are readable by their owner only. Throws std::runtime_error, in words.
Certificates make_certificates(const std::string& folder, const std::vector<std::string>& names);

// The names a certificate is good for, as a browser says them: "chat.example", "[fe80::1]".
std::vector<std::string> names_of(const std::string& cert_file);

}  // namespace net
