// The client's side of permessage-deflate (RFC 7692), apart from what the gateway does.
#pragma once

#include <string>
#include <string_view>

namespace voltgate::test {

enum class deflate_end {
    sync,   // as usual
    final,  // a block that says that it is the last, and an empty one (7.2.3.4)
};
/// The payload of a packed message. `level` 0: stored blocks.
[[nodiscard]] std::string deflated(std::string_view plain, int level = 9, deflate_end end = deflate_end::sync);
/// What a packed message says, read by itself. Throws `unexpected` when it cannot be read.
[[nodiscard]] std::string inflated(std::string_view packed, int window_bits = 15);

}  // namespace voltgate::test
