// Where two configurations differ.
#pragma once

#include <voltgate/config.hpp>

#include <string>
#include <vector>

namespace voltgate::settings {

/// The keys with different values, "server.port" and "listener[1].tls"; "listener" where one has more of them. Not
/// looked at are the entries of [[charge_point]] and [[api.tokens]].
[[nodiscard]] std::vector<std::string> differing_keys(const config& a, const config& b);

}  // namespace voltgate::settings
