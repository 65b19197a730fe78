// What the transport knows of the other end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace voltgate {

/// Of a client certificate that was verified. A name that the certificate does not have, or has more than once, is
/// empty.
struct client_certificate {
    std::string common_name, organization;
    std::string serial;  // hexadecimal, upper case
};

struct peer_facts {
    std::uint8_t profile = 0;  // the security profile of the listener
    bool tls = false;
    std::optional<client_certificate> certificate;
};

}  // namespace voltgate
