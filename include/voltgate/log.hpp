// The gateway's log, as a host program takes its lines and adds its own.
#pragma once

#include <voltgate/config.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <string_view>
#include <variant>

namespace voltgate {

/// JSON text as the value of a field.
struct log_json {
    std::string_view text;
};

/// One key=value of a line. Refers to what it is made from: make it in the call.
struct log_field {
    using value_type = std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool, log_json>;

    template <class Text>
        requires std::convertible_to<const Text&, std::string_view>
    log_field(std::string_view field_name, const Text& text) : name(field_name), value(std::string_view(text)) {}
    template <std::integral Number>
    log_field(std::string_view field_name, Number n) : name(field_name), value(widened(n)) {}
    log_field(std::string_view field_name, double d) : name(field_name), value(d) {}
    log_field(std::string_view field_name, log_json json) : name(field_name), value(json) {}

    std::string_view name;  // a literal of letters, digits and '_'
    value_type value;

  private:
    template <class Number>
    static value_type widened(Number n) {
        if constexpr (std::same_as<Number, bool>)
            return n;
        else if constexpr (std::signed_integral<Number>)
            return std::int64_t{n};
        else
            return std::uint64_t{n};
    }
};

/// Takes each line of the log, without its end, on the thread that logs it, which may be one of the gateway's: it must
/// be thread-safe and quick, and must not block, throw or call the gateway. `line` is valid during the call.
using log_sink = std::function<void(log_config::severity, std::string_view line)>;

}  // namespace voltgate
