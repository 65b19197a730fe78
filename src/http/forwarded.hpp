// Whose a request is that came through balancers which speak HTTP. Pure: header in, address out.
// Source: RFC 7239; X-Forwarded-For and X-Forwarded-Proto as balancers write them.
#pragma once

#include "security/networks.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace voltgate::http {

struct forwarded_client {
    std::optional<boost::asio::ip::address> address;  // unset: none can be read
    std::uint16_t port = 0;                           // 0: not told
    bool through_tls = false;                         // to the first balancer
};

/// The rightmost address that is not one of `proxies`: what stands left of it anybody may have written.
[[nodiscard]] forwarded_client read_x_forwarded(std::string_view addresses, std::string_view schemes,
                                                const std::vector<network>& proxies);
[[nodiscard]] forwarded_client read_forwarded(std::string_view elements, const std::vector<network>& proxies);

}  // namespace voltgate::http
