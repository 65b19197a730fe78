// Certificates, keys and revocation lists in PEM files. What is wrong with a file is thrown as tls_file_error: which
// file, what, and what to do.
#pragma once

#include "security/openssl.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace voltgate {

class tls_file_error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

using certificate_time = std::chrono::system_clock::time_point;

struct server_certificate {
    x509_ptr certificate;
    std::vector<x509_ptr> chain;  // its issuers, as far as the file has them
    key_ptr key;
    bool is_ec = false;  // else RSA
    certificate_time expiry;
};

/// `key_file` empty: the key stands in the certificate's file. Whoever else may read the key is told in `warnings`.
[[nodiscard]] server_certificate read_server_certificate(const std::string& file, const std::string& key_file,
                                                         std::chrono::system_clock::time_point now,
                                                         std::vector<std::string>& warnings);

[[nodiscard]] std::vector<x509_ptr> read_certificates(const std::string& file);
[[nodiscard]] std::vector<crl_ptr> read_revocation_lists(const std::string& file);

[[nodiscard]] certificate_time time_of(const ASN1_TIME* t);
/// "2026-01-02T03:04:05Z"
[[nodiscard]] std::string shown(certificate_time t);
/// The subject, in one line.
[[nodiscard]] std::string name_of(const X509_NAME* name);

}  // namespace voltgate
