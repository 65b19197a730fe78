// The Authorization header of a charge point.
#pragma once

#include "support/charge_point.hpp"

#include <boost/beast/core/detail/base64.hpp>

#include <string>
#include <string_view>

namespace voltgate::test {

[[nodiscard]] inline std::string base64(std::string_view bytes) {
    namespace codec = boost::beast::detail::base64;
    std::string text(codec::encoded_size(bytes.size()), '\0');
    text.resize(codec::encode(text.data(), bytes.data(), bytes.size()));
    return text;
}

[[nodiscard]] inline connect_options with_password(std::string_view user, std::string_view password) {
    connect_options options;
    options.headers = {{"Authorization", "Basic " + base64(std::string(user).append(1, ':').append(password))}};
    return options;
}

}  // namespace voltgate::test
