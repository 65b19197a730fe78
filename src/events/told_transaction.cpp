#include "events/told_transaction.hpp"

#include "events/meter_list.hpp"
#include "events/payload_fields.hpp"
#include "ocpp/payload.hpp"

namespace voltgate {

namespace {

ocpp::value_view read(std::string_view payload) {
    thread_local ocpp::payload_reader reader;
    return reader.read(payload, nullptr) ? reader.root() : ocpp::value_view();
}

}  // namespace

std::string told_transaction_id(std::string_view payload) {
    const auto told = read(payload);
    // Messages that were no part of a transaction's books when they came: one of 2.x that has no number, a stop that
    // names none.
    const bool of_none = told["sequenceNumber"].kind() == ocpp::value_kind::null || told["matched"].present();
    return of_none ? std::string() : told["transactionId"].string();
}

std::optional<told_reading_value> told_reading(std::string_view payload) {
    std::optional<told_reading_value> last;
    for_each_object(read(payload)["meterValues"], [&](ocpp::value_view meter_value) {
        for_each_object(meter_value["samples"], [&](ocpp::value_view sample) {
            const auto [measurand, phase, location, unit, value] =
                pick<"measurand", "phase", "location", "unit", "value">(sample);
            if (!is_main_register(measurand, phase, location) || unit.raw() != "Wh") return true;
            auto wh = exact_decimal::read(value.raw());
            if (wh) last = told_reading_value{std::move(*wh), time_of(meter_value["timestamp"])};
            return true;
        });
        return true;
    });
    return last;
}

}  // namespace voltgate
