// CALLERROR codes and their choice.
#include "ocpp/error_code.hpp"

#include <array>

namespace voltgate::ocpp {

namespace {

struct spellings {
    rpc_error code;
    std::string_view v16;
    std::string_view v2;
};

constexpr std::array table{
    spellings{rpc_error::not_implemented, "NotImplemented", "NotImplemented"},
    spellings{rpc_error::not_supported, "NotSupported", "NotSupported"},
    spellings{rpc_error::internal_error, "InternalError", "InternalError"},
    spellings{rpc_error::protocol_error, "ProtocolError", "ProtocolError"},
    spellings{rpc_error::security_error, "SecurityError", "SecurityError"},
    spellings{rpc_error::format_violation, "FormationViolation", "FormatViolation"},
    spellings{rpc_error::property_constraint_violation, "PropertyConstraintViolation", "PropertyConstraintViolation"},
    spellings{rpc_error::occurrence_constraint_violation, "OccurenceConstraintViolation",
              "OccurrenceConstraintViolation"},
    spellings{rpc_error::type_constraint_violation, "TypeConstraintViolation", "TypeConstraintViolation"},
    spellings{rpc_error::generic_error, "GenericError", "GenericError"},
    spellings{rpc_error::message_type_not_supported, "GenericError", "MessageTypeNotSupported"},
    spellings{rpc_error::rpc_framework_error, "FormationViolation", "RpcFrameworkError"},
};

}  // namespace

std::string_view spelling(rpc_error e, version v) noexcept {
    const auto& row = table[static_cast<std::size_t>(e)];
    return v == version::v16 ? row.v16 : row.v2;
}

std::optional<rpc_error> rpc_error_from_spelling(std::string_view code) noexcept {
    // The 2.x spelling first: each of these names one code only.
    for (const auto& row : table)
        if (row.v2 == code) return row.code;
    for (const auto& row : table)
        if (row.v16 == code) return row.code;
    return std::nullopt;
}

rpc_error refusal_of(rule r) noexcept {
    switch (r) {
        case rule::missing_subprotocol:
        case rule::missing_connection_upgrade:
        case rule::odd_path:
        case rule::missing_pong:
        case rule::foreign_error_code:
        case rule::too_many_calls:
        case rule::unexpected_answer: return rpc_error::generic_error;

        case rule::empty_message:
        case rule::binary_frame:
        case rule::trailing_bytes:
        case rule::invalid_json:
        case rule::numeric_message_id:
        case rule::long_message_id:
        case rule::reused_message_id:
        case rule::salvaged_message: return rpc_error::rpc_framework_error;
        case rule::unknown_message_type: return rpc_error::message_type_not_supported;
        case rule::overlapping_calls: return rpc_error::protocol_error;

        case rule::null_payload:
        case rule::null_member:
        case rule::custom_data:
        case rule::unknown_property:
        case rule::odd_timestamp: return rpc_error::format_violation;
        case rule::required_missing:
        case rule::array_size:
        case rule::unusable_transaction_message: return rpc_error::occurrence_constraint_violation;
        case rule::wrong_type:
        case rule::object_as_string:
        case rule::number_as_string: return rpc_error::type_constraint_violation;
        case rule::string_too_long:
        case rule::empty_string:
        case rule::unknown_enum_value:
        case rule::number_out_of_range:
        case rule::not_a_multiple:
        case rule::reused_transaction_start:
        case rule::sequence_gap:
        case rule::repeated_sequence:
        case rule::wrong_clock:
        case rule::presumed_end:
        case rule::conflicting_stop:
        case rule::left_open:
        case rule::long_transaction:
        case rule::meter_backwards:
        case rule::two_on_connector:
        case rule::stop_before_start:
        case rule::transaction_id_range:
        case rule::unknown_transaction: return rpc_error::property_constraint_violation;

        case rule::call_before_accepted:
        case rule::missing_boot: return rpc_error::security_error;
    }
    return rpc_error::generic_error;
}

}  // namespace voltgate::ocpp
