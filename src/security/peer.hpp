// What is known of the other end of a connection before it says anything.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace voltgate {

struct client_certificate {
    std::string common_name, organization, serial;
};

struct peer_facts {
    std::uint8_t profile = 0;
    bool tls = false;
    std::optional<client_certificate> certificate;
};

}  // namespace voltgate
