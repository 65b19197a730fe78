// Identities and tags without regard to case.
#pragma once

#include <string>
#include <string_view>

namespace voltgate {

/// ASCII case folded: identities are compared without regard to case.
[[nodiscard]] std::string fold_id(std::string_view id);

}  // namespace voltgate
