// Events: their wire form.
#include "events/event_id.hpp"
#include "ocpp/frame.hpp"
#include "text/timestamp.hpp"

#include <voltgate/event.hpp>

#include <algorithm>
#include <charconv>

namespace voltgate {

namespace {

void append_number(std::string& out, std::uint64_t n) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, n).ptr;
    out.append(digits, static_cast<std::size_t>(end - digits));
}

void append_quoted_timestamp(std::string& out, std::chrono::system_clock::time_point t, bool milliseconds) {
    out += '"';
    ocpp::append_timestamp(out, t, milliseconds);
    out += '"';
}

bool has_fraction(std::chrono::system_clock::time_point t) noexcept {
    return t.time_since_epoch() % std::chrono::seconds(1) != std::chrono::system_clock::duration::zero();
}

}  // namespace

void append_json(std::string& out, const event& e, std::string_view gateway_id) {
    constexpr std::size_t fixed_part = 320;  // names, punctuation, UUID, times and numbers
    const std::size_t needed =
        out.size() + fixed_part + e.charge_point_id.size() + gateway_id.size() + e.trace_id.size() + e.payload.size();
    // Geometric all the same: a caller may append one event after the other.
    if (needed > out.capacity()) out.reserve(std::max(needed, 2 * out.capacity()));

    out += R"({"schemaVersion":1,"eventId":")";
    append_uuid(out, e.id);
    out += R"(","eventType":")";
    out += to_string(e.type);
    out += R"(","chargePointId":)";
    if (e.charge_point_id.empty())
        out += "null";
    else
        ocpp::append_json_string(out, e.charge_point_id);
    out += R"(,"gatewayId":)";
    ocpp::append_json_string(out, gateway_id);
    out += R"(,"epoch":)";
    append_number(out, e.epoch);
    out += R"(,"timestamp":)";
    append_quoted_timestamp(out, e.timestamp, true);
    out += R"(,"occurredAt":)";
    if (e.occurred_at)
        append_quoted_timestamp(out, *e.occurred_at, has_fraction(*e.occurred_at));
    else
        out += "null";
    out += R"(,"sequence":)";
    append_number(out, e.sequence);
    out += R"(,"ocppVersion":)";
    if (e.ocpp_version) {
        out += '"';
        out += ocpp::to_string(*e.ocpp_version);
        out += '"';
    } else {
        out += "null";
    }
    out += R"(,"traceId":)";
    if (e.trace_id.empty())
        out += "null";
    else
        ocpp::append_json_string(out, e.trace_id);
    out += R"(,"payload":)";
    out += e.payload;
    out += '}';
}

}  // namespace voltgate
