// Who a certificate names. For the .cpp files of this room alone.
#pragma once

#include "security/peer.hpp"

#include <openssl/x509.h>
#include <string>

namespace voltgate {

/// Empty unless the name has exactly one entry of this kind.
[[nodiscard]] std::string only_entry(const X509_NAME* name, int nid);

[[nodiscard]] client_certificate facts_of(const X509* certificate);

}  // namespace voltgate
