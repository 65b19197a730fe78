// Whether the files that a configuration names can be used, without starting anything.
#pragma once

#include <voltgate/config.hpp>

#include <vector>

namespace voltgate {

class platform;

/// Reads certificates, keys, CAs and revocation lists with what a start reads them with, and looks at the places of the
/// journal and the log files. Changes nothing; a gateway may be running with the same configuration.
[[nodiscard]] std::vector<config_error> check_files(const config& c, platform& machine);

}  // namespace voltgate
