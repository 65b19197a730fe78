// Headers of a request as the parser has them.
#pragma once

#include <boost/beast/core/string_type.hpp>
#include <boost/beast/http/message.hpp>

#include <string>
#include <string_view>

namespace voltgate::http {

[[nodiscard]] inline std::string_view view(boost::beast::string_view s) { return {s.data(), s.size()}; }

/// All headers of that name as one list.
template <class Name>
[[nodiscard]] std::string joined(const boost::beast::http::request_header<>& head, Name name) {
    std::string list;
    const auto sent = head.equal_range(name);
    for (auto it = sent.first; it != sent.second; ++it) list.append(list.empty() ? "" : ",").append(view(it->value()));
    return list;
}

}  // namespace voltgate::http
