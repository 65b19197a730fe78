// What the configuration holds of passwords and tokens, made for the operator.
#pragma once

#include <iosfwd>

namespace voltgate {

/// Reads a password, one line, and prints the line of a [[charge_point]] entry. `asks`: a person types it, who is told
/// so. False, and why: it is not good enough.
[[nodiscard]] bool print_password_hash(std::istream& in, std::ostream& out, std::ostream& report, bool asks);

/// Makes a token and prints it, and the [[api.tokens]] entry for it.
void print_token(std::ostream& out);

}  // namespace voltgate
