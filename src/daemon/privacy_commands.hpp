// `voltgate privacy`: what is stored of a tag, given out or erased without a gateway that runs.
#pragma once

#include <voltgate/config.hpp>

#include <iosfwd>
#include <string>

namespace voltgate {

// Both are for people: errors are told, not thrown, and false means that it was not done.

/// Writes all that the journal holds of the tag to `out`, as one JSON object. A gateway may be running.
[[nodiscard]] bool export_tag(const config& c, const std::string& tag, std::ostream& out, std::ostream& report);

/// Puts a pseudonym in the place of the tag in all that the journal holds, and notes that in the audit log. The gateway
/// has to be stopped.
[[nodiscard]] bool erase_tag(const config& c, const std::string& tag, std::ostream& report);

}  // namespace voltgate
