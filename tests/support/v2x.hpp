// What conversations of 2.x charge points have in common.
#pragma once

#include "support/charge_point.hpp"
#include "support/json.hpp"

#include <voltgate/ocpp/version.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace voltgate::test {

/// Offers this version alone.
[[nodiscard]] inline connect_options speaking(ocpp::version v) {
    connect_options options;
    options.subprotocols = {std::string(ocpp::subprotocol(v))};
    return options;
}

/// A TransactionEvent of EVSE 1.
[[nodiscard]] inline json::object transaction_event(std::string_view type, std::string_view id, std::int64_t sequence,
                                                    std::string_view trigger = "ChargingStateChanged") {
    json::object request;
    request["eventType"] = type;
    request["timestamp"] = "2026-01-02T03:04:05Z";
    request["triggerReason"] = trigger;
    request["seqNo"] = sequence;
    json::object info;
    info["transactionId"] = id;
    request["transactionInfo"] = std::move(info);
    if (type == "Started") request["evse"] = json::object({{"id", 1}, {"connectorId", 2}});
    return request;
}

[[nodiscard]] inline json::object id_token(std::string_view text, std::string_view type = "ISO14443") {
    json::object token;
    token["idToken"] = text;
    token["type"] = type;
    return token;
}

/// One meter value with one reading of the main register, in kWh.
[[nodiscard]] inline json::array register_reading(double kwh, std::string_view context) {
    json::object unit;
    unit["unit"] = "kWh";
    json::object sample;
    sample["value"] = kwh;
    sample["context"] = context;
    sample["unitOfMeasure"] = std::move(unit);
    json::object value;
    value["timestamp"] = "2026-01-02T03:04:05Z";
    value["sampledValue"] = json::array({std::move(sample)});
    return json::array({std::move(value)});
}

}  // namespace voltgate::test
