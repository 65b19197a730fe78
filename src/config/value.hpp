// The values of settings in the form that file, environment, checks and output share, and what each may be.
#pragma once

#include "text/error_text.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace voltgate::settings {

/// bool: boolean. int64: number, size in bytes, time in milliseconds. string: text, word. vector: texts, words.
using value = std::variant<bool, std::int64_t, std::string, std::vector<std::string>>;

enum class kind : std::uint8_t { boolean, number, size, time, text, word, texts, words };

/// What a key's value may be. `allowed` says it in words, `problem` finds out.
struct value_rules {
    kind type = kind::boolean;
    std::int64_t min = 0;  // number; size in bytes; time in milliseconds
    std::int64_t max = 0;
    std::int64_t step = 1;                        // the value is a multiple of it
    std::vector<std::string_view> words;          // word, words
    bool (*text_ok)(std::string_view) = nullptr;  // text; each of texts
    std::string_view text_allowed;                // in words
};

[[nodiscard]] value_rules boolean();
[[nodiscard]] value_rules number(std::int64_t min, std::int64_t max);
[[nodiscard]] value_rules size(std::int64_t min, std::int64_t max);
[[nodiscard]] value_rules time(std::int64_t min, std::int64_t max, std::int64_t step = 1);
[[nodiscard]] value_rules text(bool (*ok)(std::string_view), std::string_view allowed);
[[nodiscard]] value_rules texts(bool (*ok)(std::string_view), std::string_view allowed);

/// "0 to 65535", "1ms to 1h", "refuse or accept_and_close".
[[nodiscard]] std::string allowed(const value_rules& rules);

/// What is wrong with a value of the right kind, and what is allowed.
[[nodiscard]] error_text problem(const value_rules& rules, const value& v);

/// A value, or what is wrong with its source.
struct reading {
    std::optional<settings::value> value;
    std::string problem;
};

/// A value as an environment variable holds it. Lists: a TOML array is the caller's business, here it is a, b, c.
[[nodiscard]] reading read_text(const value_rules& rules, std::string_view source);

/// As read_text for the kinds that TOML has no type of its own for: size and time.
[[nodiscard]] reading read_quantity(const value_rules& rules, std::string_view source);

/// The value as TOML.
[[nodiscard]] std::string to_toml(const value_rules& rules, const value& v);

/// "1h30m", "500ms": milliseconds. Units d, h, m, s, ms, each at most once and in this order; 0 needs none.
[[nodiscard]] std::optional<std::int64_t> parse_time(std::string_view text);
[[nodiscard]] std::string format_time(std::int64_t milliseconds);

/// "256KiB", "1MiB", "16384": bytes. Units B, KiB, MiB, GiB, or none.
[[nodiscard]] std::optional<std::int64_t> parse_size(std::string_view text);
[[nodiscard]] std::string format_size(std::int64_t bytes);

}  // namespace voltgate::settings
