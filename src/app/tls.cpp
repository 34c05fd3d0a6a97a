#include <cstdio>
#include <stdexcept>

#include "app/commands.hpp"
#include "app/folder.hpp"
#include "net/certificates.hpp"

int commands::tls(const Settings& settings, const Arguments& words) {
  const auto host = option(words, "--host");
  if (host.empty())
    throw std::runtime_error("tls needs --host NAME, the name or address by which others reach this server");
  const Folder folder(settings.data);
  const auto made = net::make_certificates(settings.data + "/tls", {host, "localhost", "127.0.0.1"});
  std::printf("certificate  %s\nkey          %s\nauthority    %s  (install this one on the devices that connect)\n",
              made.cert_file.c_str(), made.key_file.c_str(), made.ca_file.c_str());
  return 0;
}
