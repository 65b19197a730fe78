#include "config/rule_texts.hpp"

namespace voltgate::settings {

std::string_view rule_text(rule r) noexcept {
    switch (r) {
        case rule::missing_subprotocol: return "The handshake names no sub-protocol.";
        case rule::missing_connection_upgrade: return "The handshake has no usable \"Connection: Upgrade\".";
        case rule::odd_path:
            return "The URL has doubled or trailing slashes, is absolute, or holds the identity twice.";
        case rule::missing_pong: return "Pings of the gateway stay unanswered.";
        case rule::empty_message: return "A message without a single byte.";
        case rule::binary_frame: return "A message in a binary frame.";
        case rule::trailing_bytes: return "NUL bytes or blanks after the JSON text.";
        case rule::invalid_json: return "A message that is no JSON text, or no OCPP-J frame.";
        case rule::numeric_message_id: return "A message id that is a number.";
        case rule::long_message_id: return "A message id of more than 36 characters.";
        case rule::reused_message_id:
            return "A CALL with the id of the transaction message or security event that was answered last on its "
                   "connection.";
        case rule::unknown_message_type: return "A message type number that the version does not know.";
        case rule::foreign_error_code: return "A CALLERROR code that the version does not know.";
        case rule::unexpected_answer: return "A CALLRESULT or CALLERROR that nobody waits for.";
        case rule::overlapping_calls: return "A CALL before the previous one is answered.";
        case rule::null_payload: return "null where an empty object belongs.";
        case rule::required_missing: return "A required field is absent.";
        case rule::wrong_type: return "A value of another JSON type than its field has.";
        case rule::number_as_string: return "A number written as a string, or a string written as a number.";
        case rule::string_too_long: return "A string longer than its field allows.";
        case rule::empty_string: return "An empty string in a required field.";
        case rule::unknown_enum_value: return "A word that its field does not know, or one in other letter case.";
        case rule::number_out_of_range: return "A number below or above what its field allows.";
        case rule::not_a_multiple: return "A number with more decimal places than its field allows.";
        case rule::array_size: return "A list with fewer or more items than its field allows.";
        case rule::unknown_property: return "A field that the message does not have.";
        case rule::odd_timestamp: return "A time that is not written as RFC 3339 demands.";
        case rule::null_member: return "null in a field that is not required: taken as absent.";
        case rule::custom_data: return "A customData without vendorId, or one that is no object.";
        case rule::object_as_string:
            return "The data of a 1.6 DataTransfer is no text but any other JSON, which is handed on.";
        case rule::call_before_accepted: return "A CALL other than BootNotification before the boot was accepted.";
        case rule::missing_boot: return "A charge point that talks but never sent a BootNotification.";
        case rule::transaction_id_range: return "A transaction id that is 0, negative or beyond 31 bits.";
        case rule::unknown_transaction: return "A message about a transaction that is not this charge point's.";
        case rule::reused_transaction_start:
            return "A StartTransaction equal to that of an earlier transaction that went on since: taken as a new one.";
        case rule::unusable_transaction_message:
            return "A transaction message that lacks what it needs. Refused, a charge point repeats it for ever.";
        case rule::too_many_calls:
            return "A CALL beyond limits.message_rate or limits.action_rates. Where it is not refused, and in any case "
                   "for a transaction message, it waits until its turn.";
        case rule::sequence_gap: return "Transaction messages or parts of a report are missing, by their seqNo.";
        case rule::repeated_sequence: return "A transaction message with a seqNo that came before: answered again.";
        case rule::salvaged_message:
            return "A transaction message that is not JSON to its end, or has a name twice: what is whole in it "
                   "counts.";
        case rule::wrong_clock:
            return "A transaction's start or stop dated before 2020, not at all, or more than ten minutes ahead.";
        case rule::presumed_end: return "A start where an earlier transaction was never stopped: its end is presumed.";
        case rule::conflicting_stop: return "A stop of a transaction that was stopped before with other readings.";
        case rule::left_open: return "A boot, or an available connector, while its transaction is not stopped.";
        case rule::long_transaction: return "A transaction that has been running for more than a day.";
        case rule::meter_backwards: return "A stop with a reading below that of its start.";
        case rule::two_on_connector:
            return "Two transactions running on one connector, where their times do not tell which one is older.";
        case rule::stop_before_start: return "A stop dated before its start.";
    }
    return {};
}

}  // namespace voltgate::settings
