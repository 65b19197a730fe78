// What counts of a transaction message that is not JSON to its end, or has a name twice. Acknowledged and thrown away,
// its transaction would run for ever; guessed at, it would invent money.
#pragma once

#include "ocpp/schema.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::ocpp {

/// What counts of a payload that is not JSON, or not unambiguous: an object that is JSON.
struct salvaged_payload {
    static constexpr std::size_t most_missing = 32;

    std::string json = "{}";  // the members that count; control bytes escaped as \u00XX
    /// Members that were there and are not whole, or have no value or two; then those that the schema requires and that
    /// have no value. Nested ones as "transactionInfo.transactionId".
    std::vector<std::string> missing;
    bool lists_cut = false;  // something is missing of meterValue, transactionData or sampledValue
    bool whole = false;      // only repairs were made: nothing is missing, and the object was closed
};

/// Reads the payload at `payload_offset` up to the first fault. A value counts once what delimits it was read. Repaired
/// are, and nothing else: empty values (null), superfluous commas, control bytes in strings, leading zeros. A name that
/// is there twice is null. `s` null: nothing is required.
[[nodiscard]] salvaged_payload salvage(std::string_view frame_text, std::size_t payload_offset, const schema* s);

}  // namespace voltgate::ocpp
