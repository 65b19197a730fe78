// TransactionEvent of OCPP 2.0.1 and 2.1: what it says of its transaction, and the events that come of it.
#pragma once

#include "events/map_v2.hpp"
#include "events/meter_values_v2.hpp"
#include "ocpp/payload.hpp"

#include <voltgate/event.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

enum class transaction_phase : std::uint8_t { started, updated, ended };

struct transaction_reading {
    transaction_phase phase = transaction_phase::updated;
    std::string transaction_id;            // empty: it names none that could be kept
    std::optional<std::int64_t> sequence;  // not below 0
    std::optional<std::int64_t> evse, connector, reservation_id;
    bool offline = false;
    id_token token;
    register_reading energy;  // of started and ended: the reading at that end; of updated: the last one
    std::optional<std::chrono::system_clock::time_point> energy_at;  // of updated
    std::string stop_reason, timestamp;
    std::optional<std::chrono::system_clock::time_point> occurred_at;
    bool has_meter_values = false;
    bool is_meter_message = false;  // it came for nothing but its meter values
    bool salvaged = false;          // the request was not whole: what is missing may have been in it
};
[[nodiscard]] transaction_reading read_transaction_v2(ocpp::value_view request, register_search how = {});

/// What is known only once the transaction was looked up. It stands first in the payloads.
struct transaction_facts {
    std::optional<std::int64_t> evse, connector;
    bool known = false;              // transaction.stopped, transaction.meter_values
    bool may_be_repeated = false;    // transaction.meter_values, transaction.updated
    std::string_view id_tag_status;  // empty: it named no token
    // transaction.started, transaction.stopped
    std::optional<std::chrono::system_clock::time_point> start_received, received;
    std::string_view clock;
    std::optional<std::int64_t> reservation_id;  // transaction.started
    // transaction.stopped
    bool conflict = false;
    std::optional<exact_decimal> energy_wh;
    std::string_view energy_source;
};
/// The payload from its two halves.
void join_transaction_payload(std::string& payload, event_type type, const transaction_facts& facts,
                              std::string_view rest);

/// The event of a phase. Updates that came for their meter values are transaction.meter_values alone.
[[nodiscard]] event_type type_of(const transaction_reading& reading) noexcept;
/// transaction.started, .updated, .stopped: the payload's second half.
void append_transaction_rest(std::string& out, ocpp::value_view request, const transaction_reading& reading);
/// transaction.meter_values: likewise.
meter_list_reading append_transaction_meter_rest(std::string& out, ocpp::value_view request,
                                                 const transaction_reading& reading);

}  // namespace voltgate
