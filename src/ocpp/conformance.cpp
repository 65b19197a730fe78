// Names and defaults of the conformance rules.
#include <voltgate/conformance.hpp>

namespace voltgate {

namespace {

constexpr std::array<std::string_view, rule_count> rule_names{
    "missing_subprotocol",
    "missing_connection_upgrade",
    "odd_path",
    "missing_pong",
    "empty_message",
    "binary_frame",
    "trailing_bytes",
    "invalid_json",
    "numeric_message_id",
    "long_message_id",
    "reused_message_id",
    "unknown_message_type",
    "foreign_error_code",
    "unexpected_answer",
    "overlapping_calls",
    "null_payload",
    "required_missing",
    "wrong_type",
    "number_as_string",
    "string_too_long",
    "empty_string",
    "unknown_enum_value",
    "number_out_of_range",
    "not_a_multiple",
    "array_size",
    "unknown_property",
    "odd_timestamp",
    "null_member",
    "custom_data",
    "object_as_string",
    "call_before_accepted",
    "missing_boot",
    "transaction_id_range",
    "unknown_transaction",
    "reused_transaction_start",
    "unusable_transaction_message",
    "too_many_calls",
    "sequence_gap",
    "repeated_sequence",
    "salvaged_message",
    "wrong_clock",
    "presumed_end",
    "conflicting_stop",
    "left_open",
    "long_transaction",
    "meter_backwards",
    "two_on_connector",
    "stop_before_start",
};
static_assert(!rule_names.back().empty());

constexpr std::array<std::string_view, 3> level_names{"strict", "report", "lenient"};

template <class Enum, std::size_t Count>
std::optional<Enum> find(const std::array<std::string_view, Count>& names, std::string_view name) noexcept {
    for (std::size_t i = 0; i < Count; ++i)
        if (names[i] == name) return static_cast<Enum>(i);
    return std::nullopt;
}

}  // namespace

std::string_view to_string(rule r) noexcept { return rule_names[static_cast<std::size_t>(r)]; }

std::optional<rule> rule_from_string(std::string_view name) noexcept { return find<rule>(rule_names, name); }

std::string_view to_string(level l) noexcept { return level_names[static_cast<std::size_t>(l)]; }

std::optional<level> level_from_string(std::string_view name) noexcept { return find<level>(level_names, name); }

conformance_policy::conformance_policy() {
    for (std::size_t i = 0; i < rule_count; ++i) levels_[i] = default_level(static_cast<rule>(i));
}

level default_level(rule r) noexcept {
    switch (r) {
        case rule::invalid_json:
        case rule::required_missing:
        case rule::wrong_type:
        case rule::too_many_calls: return level::strict;
        default: return level::report;
    }
}

}  // namespace voltgate
