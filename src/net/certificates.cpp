#include "net/certificates.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "base/random.hpp"
#include "net/http.hpp"

namespace fs = std::filesystem;
namespace net {
namespace {

constexpr int authority_days = 3650, server_days = 397;  // browsers refuse certificates that live longer

template <class T, void (*Free)(T*)>
struct Freed {
  void operator()(T* p) const { Free(p); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Cert = std::unique_ptr<X509, Freed<X509, X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO, BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, Freed<BIGNUM, BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION, X509_EXTENSION_free>>;

template <class T>
T need(T made, const std::string& what) {
  if (made) return made;
  ERR_clear_error();
  throw std::runtime_error(what);
}

bool is_address(const std::string& name) {
  unsigned char out[16];
  return inet_pton(AF_INET, name.c_str(), out) == 1 || inet_pton(AF_INET6, name.c_str(), out) == 1;
}

bool is_host(const std::string& name) {
  const auto fine = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '.'; };
  return !name.empty() && name.size() <= 253 && std::ranges::all_of(name, fine) &&
         std::isalnum(static_cast<unsigned char>(name[0]));
}

std::string alternatives(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) {
    const bool address = is_address(name);
    if (!address && !is_host(name)) throw std::runtime_error('"' + name + "\" is neither a host name nor an address");
    out += (out.empty() ? "" : ",") + std::string(address ? "IP:" : "DNS:") + name;
  }
  if (out.empty()) throw std::runtime_error("A certificate needs at least one name");
  return out;
}

// Seen by others only when it is whole, and by its owner only if it is a key.
void store(const fs::path& path, BIO* from, mode_t mode) {
  char* data = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(from, &data));
  const auto fresh = path.string() + ".new";
  ::unlink(fresh.c_str());
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  const bool written = fd >= 0 && ::write(fd, data, size) == static_cast<ssize_t>(size) && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!written || ::rename(fresh.c_str(), path.c_str()) != 0) throw std::runtime_error("Cannot write " + path.string());
}

void store(const fs::path& path, EVP_PKEY* key) {
  const Bio memory(need(BIO_new(BIO_s_secmem()), "There is no memory for a key"));
  need(PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
       "The key cannot be written");
  store(path, memory.get(), 0600);
}

void store(const fs::path& path, X509* cert) {
  const Bio memory(need(BIO_new(BIO_s_mem()), "There is no memory for a certificate"));
  need(PEM_write_bio_X509(memory.get(), cert) == 1, "The certificate cannot be written");
  store(path, memory.get(), 0644);
}

Key load_key(const fs::path& path) {
  const Bio file(need(BIO_new_file(path.c_str(), "r"), "Cannot read " + path.string()));
  return Key(need(PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr), path.string() + " is not a key"));
}

Cert load_cert(const fs::path& path) {
  const Bio file(need(BIO_new_file(path.c_str(), "r"), "Cannot read " + path.string()));
  return Cert(need(PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr), path.string() + " is not a certificate"));
}

Key fresh_key() { return Key(need(EVP_EC_gen("P-256"), "A key cannot be made")); }

void add(X509* cert, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, cert, nullptr, nullptr, 0);
  const Extension made(
      need(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()), "A certificate cannot say " + value));
  X509_add_ext(cert, made.get(), -1);
}

Cert unsigned_cert(EVP_PKEY* key, const std::string& name, int days) {
  Cert cert(need(X509_new(), "There is no memory for a certificate"));
  const Number serial(BN_new());
  BN_rand(serial.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY);
  BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(cert.get()));
  X509_set_version(cert.get(), X509_VERSION_3);
  X509_gmtime_adj(X509_getm_notBefore(cert.get()), -3600);  // clocks differ
  X509_gmtime_adj(X509_getm_notAfter(cert.get()), days * 24L * 3600);
  X509_set_pubkey(cert.get(), key);
  auto* subject = X509_get_subject_name(cert.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1,
                             0);
  return cert;
}

void sign(X509* cert, X509* issuer, EVP_PKEY* key) {
  X509_set_issuer_name(cert, X509_get_subject_name(issuer));
  need(X509_sign(cert, key, EVP_sha256()) > 0, "The certificate cannot be signed");
}

void make_authority(const fs::path& ca_file, const fs::path& key_file) {
  const auto key = fresh_key();
  const auto cert = unsigned_cert(key.get(), "Carillon local authority " + random_token().substr(0, 6), authority_days);
  add(cert.get(), cert.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add(cert.get(), cert.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  add(cert.get(), cert.get(), NID_subject_key_identifier, "hash");
  sign(cert.get(), cert.get(), key.get());
  store(key_file, key.get());
  store(ca_file, cert.get());
}

}  // namespace

Certificates make_certificates(const std::string& folder, const std::vector<std::string>& names) {
  const fs::path in(folder);
  const auto said = alternatives(names);
  fs::create_directories(in);
  const auto ca_file = in / "ca.pem", ca_key = in / "ca.key", cert_file = in / "server.pem",
             key_file = in / "server.key";
  if (!fs::exists(ca_file) || !fs::exists(ca_key)) make_authority(ca_file, ca_key);
  const auto ca = load_cert(ca_file);
  const auto signing = load_key(ca_key), key = fresh_key();
  const auto cert = unsigned_cert(key.get(), names.front().substr(0, 64), server_days);
  add(cert.get(), ca.get(), NID_basic_constraints, "critical,CA:FALSE");
  add(cert.get(), ca.get(), NID_key_usage, "critical,digitalSignature");
  add(cert.get(), ca.get(), NID_ext_key_usage, "serverAuth");
  add(cert.get(), ca.get(), NID_subject_alt_name, said);
  add(cert.get(), ca.get(), NID_subject_key_identifier, "hash");
  add(cert.get(), ca.get(), NID_authority_key_identifier, "keyid:always");
  sign(cert.get(), ca.get(), signing.get());
  store(key_file, key.get());
  store(cert_file, cert.get());
  return {ca_file, cert_file, key_file};
}

std::vector<std::string> names_of(const std::string& cert_file) {
  const auto cert = load_cert(cert_file);
  const std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES, GENERAL_NAMES_free>> all(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(cert.get(), NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> out;
  for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()); ++i) {
    int kind = 0;
    const auto* value =
        static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(all.get(), i), &kind));
    const auto* bytes = ASN1_STRING_get0_data(value);
    const int size = ASN1_STRING_length(value);
    char text[INET6_ADDRSTRLEN] = {};
    if (kind == GEN_DNS) out.push_back(lower({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)}));
    else if (kind == GEN_IPADD && size == 4) out.emplace_back(inet_ntop(AF_INET, bytes, text, sizeof text));
    else if (kind == GEN_IPADD && size == 16)
      out.push_back('[' + std::string(inet_ntop(AF_INET6, bytes, text, sizeof text)) + ']');
  }
  return out;
}

}  // namespace net
