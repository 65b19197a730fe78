// What a client would rather have. Source: RFC 9110, sections 12.4.2, 12.5.1 and 12.5.3.
#pragma once

#include <string_view>

namespace voltgate::http {

/// Whether gzip is what an Accept-Encoding header likes best.
[[nodiscard]] bool prefers_gzip(std::string_view accept_encoding);

/// Whether an Accept header would rather have text/csv than application/json: by weight, and of two that weigh the same
/// the one that it names itself.
[[nodiscard]] bool prefers_csv(std::string_view accept);

}  // namespace voltgate::http
