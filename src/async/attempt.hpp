// What a question to a store, or other work elsewhere, led to.
#pragma once

#include <optional>
#include <string>

namespace voltgate {

/// A value, or why there is none.
template <class Value>
struct attempt {
    attempt() = default;
    std::optional<Value> value;
    std::string error;
};

}  // namespace voltgate
