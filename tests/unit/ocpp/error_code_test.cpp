#include "ocpp/error_code.hpp"

#include <catch2/catch_test_macros.hpp>

#include <vector>

using namespace voltgate;
using namespace voltgate::ocpp;

namespace {

struct spelled {
    rpc_error code;
    std::string_view v16;
    std::string_view v2;
};

const std::vector<spelled> table{
    {rpc_error::not_implemented, "NotImplemented", "NotImplemented"},
    {rpc_error::not_supported, "NotSupported", "NotSupported"},
    {rpc_error::internal_error, "InternalError", "InternalError"},
    {rpc_error::protocol_error, "ProtocolError", "ProtocolError"},
    {rpc_error::security_error, "SecurityError", "SecurityError"},
    {rpc_error::format_violation, "FormationViolation", "FormatViolation"},
    {rpc_error::property_constraint_violation, "PropertyConstraintViolation", "PropertyConstraintViolation"},
    {rpc_error::occurrence_constraint_violation, "OccurenceConstraintViolation", "OccurrenceConstraintViolation"},
    {rpc_error::type_constraint_violation, "TypeConstraintViolation", "TypeConstraintViolation"},
    {rpc_error::generic_error, "GenericError", "GenericError"},
    {rpc_error::message_type_not_supported, "GenericError", "MessageTypeNotSupported"},
    {rpc_error::rpc_framework_error, "FormationViolation", "RpcFrameworkError"},
};

}  // namespace

TEST_CASE("error codes are spelled as each version demands") {
    for (const auto& row : table) {
        CHECK(spelling(row.code, version::v16) == row.v16);
        CHECK(spelling(row.code, version::v201) == row.v2);
        CHECK(spelling(row.code, version::v21) == row.v2);
    }
}

TEST_CASE("error codes are known in both spellings") {
    for (const auto& row : table) CHECK(rpc_error_from_spelling(row.v2) == row.code);
    CHECK(rpc_error_from_spelling("FormationViolation") == rpc_error::format_violation);
    CHECK(rpc_error_from_spelling("OccurenceConstraintViolation") == rpc_error::occurrence_constraint_violation);
    CHECK(rpc_error_from_spelling("GenericError") == rpc_error::generic_error);
    CHECK_FALSE(rpc_error_from_spelling("genericError"));
    CHECK_FALSE(rpc_error_from_spelling("VendorError"));
    CHECK_FALSE(rpc_error_from_spelling(""));
}

TEST_CASE("a deviation is refused with the code that names it") {
    CHECK(refusal_of(rule::too_many_calls) == rpc_error::generic_error);
    CHECK(refusal_of(rule::invalid_json) == rpc_error::rpc_framework_error);
    CHECK(refusal_of(rule::trailing_bytes) == rpc_error::rpc_framework_error);
    CHECK(refusal_of(rule::numeric_message_id) == rpc_error::rpc_framework_error);
    CHECK(refusal_of(rule::reused_message_id) == rpc_error::rpc_framework_error);
    CHECK(refusal_of(rule::unknown_message_type) == rpc_error::message_type_not_supported);
    CHECK(refusal_of(rule::overlapping_calls) == rpc_error::protocol_error);
    CHECK(refusal_of(rule::null_payload) == rpc_error::format_violation);
    CHECK(refusal_of(rule::unknown_property) == rpc_error::format_violation);
    CHECK(refusal_of(rule::odd_timestamp) == rpc_error::format_violation);
    CHECK(refusal_of(rule::required_missing) == rpc_error::occurrence_constraint_violation);
    CHECK(refusal_of(rule::array_size) == rpc_error::occurrence_constraint_violation);
    CHECK(refusal_of(rule::wrong_type) == rpc_error::type_constraint_violation);
    CHECK(refusal_of(rule::number_as_string) == rpc_error::type_constraint_violation);
    CHECK(refusal_of(rule::string_too_long) == rpc_error::property_constraint_violation);
    CHECK(refusal_of(rule::empty_string) == rpc_error::property_constraint_violation);
    CHECK(refusal_of(rule::unknown_enum_value) == rpc_error::property_constraint_violation);
    CHECK(refusal_of(rule::number_out_of_range) == rpc_error::property_constraint_violation);
    CHECK(refusal_of(rule::not_a_multiple) == rpc_error::property_constraint_violation);
    CHECK(refusal_of(rule::call_before_accepted) == rpc_error::security_error);
}
