// One figure of /metrics.
#pragma once

#include "support/http_client.hpp"
#include "support/wait.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate::test {

/// The value of a series, spelt as in the text: `gateway_x_total{reason="y"}`. Throws `unexpected` when there is none.
[[nodiscard]] inline std::uint64_t metric_in(std::string_view body, std::string_view series) {
    const std::string text = "\n" + std::string(body), name = "\n" + std::string(series) + " ";
    const auto at = text.find(name);
    if (at == std::string::npos) throw unexpected("/metrics has no " + std::string(series));
    return std::stoull(text.substr(at + name.size()));
}

[[nodiscard]] inline std::uint64_t metric(std::uint16_t port, std::string_view series, tcp_options options = {}) {
    return metric_in(http_client(port, std::move(options)).get("/metrics").body, series);
}

}  // namespace voltgate::test
