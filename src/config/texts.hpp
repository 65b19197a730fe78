// What the free texts of the configuration may be: one predicate each, with the words that say it.
#pragma once

#include <string_view>

namespace voltgate::settings {

[[nodiscard]] bool is_node_id(std::string_view text);
inline constexpr std::string_view node_id_allowed = "1 to 64 characters of A-Z a-z 0-9 . _ -";

[[nodiscard]] bool is_address(std::string_view text);
inline constexpr std::string_view address_allowed =
    "an IPv4 or IPv6 address such as \"127.0.0.1\", \"0.0.0.0\" or \"::\"";
/// Of an address that is_address accepts.
[[nodiscard]] bool is_loopback(std::string_view address);

/// A URL path that needs no escaping and is not one of the gateway's own.
[[nodiscard]] bool is_server_path(std::string_view text);
inline constexpr std::string_view server_path_allowed =
    "\"/\", or a URL path such as \"/ocpp\" or \"/ev/ocpp\": it starts with / and does not end with it, holds only A-Z "
    "a-z 0-9 - . _ ~ and /, and does not start with /api, /health, /connections or /metrics";

/// Whatever charge points may show: with blanks, and the empty one of free charging.
[[nodiscard]] bool is_id_tag(std::string_view text);
inline constexpr std::string_view id_tag_allowed = "at most 255 bytes of UTF-8 without control characters";

[[nodiscard]] bool is_vendor_id(std::string_view text);
inline constexpr std::string_view vendor_id_allowed = "1 to 255 bytes of UTF-8 without control characters";

[[nodiscard]] bool is_secret_name(std::string_view text);
inline constexpr std::string_view secret_name_allowed =
    "3 to 64 printable ASCII characters without blanks, quotes and \\";

[[nodiscard]] bool is_pattern(std::string_view text);
inline constexpr std::string_view pattern_allowed =
    "1 to 255 characters without control characters, * for any run and ? for one character";

[[nodiscard]] bool is_path(std::string_view text);
inline constexpr std::string_view path_allowed = "a path without control characters";

/// As hash_password() makes it.
[[nodiscard]] bool is_password_hash(std::string_view text);
inline constexpr std::string_view password_hash_allowed = "what `voltgate hash-password` prints";

[[nodiscard]] bool is_sha256(std::string_view text);
inline constexpr std::string_view sha256_allowed = "64 hexadecimal digits, as `voltgate hash-token` prints them";

[[nodiscard]] bool is_token_name(std::string_view text);
inline constexpr std::string_view token_name_allowed = "1 to 64 characters of A-Z a-z 0-9 . _ -";

/// What a certificate may hold in its subject.
[[nodiscard]] bool is_subject_text(std::string_view text);
inline constexpr std::string_view subject_text_allowed = "at most 64 characters without control characters";

/// What charge points are grouped by; no commas: a list of them is one text.
[[nodiscard]] bool is_label(std::string_view text);
inline constexpr std::string_view label_allowed = "1 to 64 characters of A-Z a-z 0-9 . _ - : / @ +";

[[nodiscard]] bool is_origin(std::string_view text);
inline constexpr std::string_view origin_allowed =
    "the origin of a web page such as \"https://console.example.com\", without a path";

[[nodiscard]] bool is_network(std::string_view text);
inline constexpr std::string_view network_allowed =
    "an address such as \"192.0.2.1\" or a network such as \"10.0.0.0/8\" or \"fd00::/8\"";

[[nodiscard]] bool is_action_rate(std::string_view text);
inline constexpr std::string_view action_rate_allowed =
    "\"Action=rate\" or \"Action=rate/burst\" such as \"StatusNotification=5/50\", with numbers from 1 to 1000000";

[[nodiscard]] bool is_optional_path(std::string_view text);
inline constexpr std::string_view optional_path_allowed = "empty or a path without control characters";

}  // namespace voltgate::settings
