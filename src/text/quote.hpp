// Quoting of text that others wrote, so that it breaks neither a line nor the syntax around it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace voltgate {

/// Appends `text` as a quoted string that is valid both as JSON and as TOML: quotes, backslashes, control characters
/// and line separators are escaped, bytes that are not UTF-8 become U+FFFD.
void append_quoted(std::string& out, std::string_view text);

[[nodiscard]] std::string in_quotes(std::string_view text);

/// Appends a JSON text in one line: what breaks lines can only be blank space there.
void append_json_in_line(std::string& out, std::string_view json);

/// The number of bytes of the UTF-8 sequence that `text` starts with; 0 when it starts with none. `text` is not empty.
[[nodiscard]] std::size_t utf8_sequence(std::string_view text) noexcept;

}  // namespace voltgate
