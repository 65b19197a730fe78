// Meter values of OCPP 1.6 in events.
#include "events/meter_values_v16.hpp"

#include "events/map_v16.hpp"
#include "unit/events/payload_of.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <string>

namespace {

using namespace voltgate;
using test::payload_of;
using test::request;
using test::text_of;

/// The event's sample made of one sampledValue.
std::string sample(std::string_view json) {
    const auto payload =
        payload_of(append_meter_values_v16, R"({"meterValue":[{"sampledValue":[)" + std::string(json) + "]}]}");
    return boost::json::serialize(payload.at("meterValues").at(0).at("samples").at(0));
}

/// The same, which members may follow the unit being known: `"value":…,"unit":…` and what is raw.
std::string value_and_unit(std::string_view value, std::string_view unit) {
    const auto payload =
        payload_of(append_meter_values_v16, R"({"meterValue":[{"sampledValue":[{"value":)" + std::string(value) +
                                                ",\"unit\":" + std::string(unit) + "}]}]}");
    const auto& made = payload.at("meterValues").at(0).at("samples").at(0).as_object();
    auto text = boost::json::serialize(made.at("value")) + " " + boost::json::serialize(made.at("unit"));
    if (const auto* raw = made.if_contains("raw")) text += " " + boost::json::serialize(*raw);
    return text;
}

meter_values_reading reading_of(std::string_view json) {
    const request r{std::string(json)};
    std::string out;
    return append_meter_values_v16(out, r.root());
}

}  // namespace

TEST_CASE("Meter values of a transaction are told sample by sample") {
    CHECK(text_of(append_meter_values_v16,
                  R"({"connectorId":1,"transactionId":17,"meterValue":[{"timestamp":"2026-01-02T03:06:00.250+01:00",)"
                  R"("sampledValue":[{"value":"1.25","unit":"kWh"},)"
                  R"({"value":"231.4","measurand":"Voltage","phase":"L1-N","unit":"V","context":"Sample.Clock",)"
                  R"("location":"Inlet","format":"Raw"}]}]})") ==
          R"({"evseId":1,"connectorId":1,"transactionId":"17","meterValues":[{"timestamp":"2026-01-02T02:06:00.250Z",)"
          R"("samples":[{"measurand":"Energy.Active.Import.Register","value":1250,"unit":"Wh",)"
          R"("context":"Sample.Periodic","location":"Outlet","phase":null,"raw":{"value":"1.25","unit":"kWh"}},)"
          R"({"measurand":"Voltage","value":231.4,"unit":"V","context":"Sample.Clock","location":"Inlet",)"
          R"("phase":"L1-N"}]}]})");
}

TEST_CASE("Meter values with a transaction id belong to the transaction, others do not") {
    const auto with = reading_of(R"({"connectorId":1,"transactionId":17,"meterValue":[]})");
    CHECK(with.type == event_type::transaction_meter_values);
    CHECK(with.transaction_id == 17);
    for (const auto* json : {R"({"connectorId":1})", R"({"transactionId":-1})", R"({"transactionId":0})",
                             R"({"transactionId":null})", R"({"transactionId":"x"})"}) {
        CAPTURE(json);
        CHECK(reading_of(json).type == event_type::meter_values_received);
        CHECK_FALSE(reading_of(json).transaction_id.has_value());
        CHECK(payload_of(append_meter_values_v16, json).at("transactionId").is_null());
    }
}

TEST_CASE("The time of meter values is that of the last one with a readable time") {
    const auto reading =
        reading_of(R"({"meterValue":[{"timestamp":"2026-01-02T03:04:00Z","sampledValue":[]},)"
                   R"({"timestamp":"2026-01-02T03:05:00Z","sampledValue":[]},{"timestamp":"?","sampledValue":[]}]})");
    CHECK(reading.occurred_at == std::chrono::system_clock::time_point(std::chrono::seconds(1'767'323'100)));
    CHECK_FALSE(reading_of(R"({"meterValue":[]})").occurred_at.has_value());
}

TEST_CASE("Absent fields of a sample mean what OCPP says they mean") {
    CHECK(sample(R"({"value":"7"})") ==
          R"({"measurand":"Energy.Active.Import.Register","value":7,"unit":"Wh","context":"Sample.Periodic",)"
          R"("location":"Outlet","phase":null})");
    CHECK(sample(R"({"value":"7","measurand":"","unit":"","context":"","location":"","phase":"","format":""})") ==
          sample(R"({"value":"7"})"));
    CHECK(sample(R"({"value":"7","measurand":null,"unit":null,"context":null,"location":null,"phase":null})") ==
          sample(R"({"value":"7"})"));
}

TEST_CASE("An absent unit is one only where OCPP names one") {
    const auto unit = [](std::string_view measurand) {
        const auto payload =
            payload_of(append_meter_values_v16, R"({"meterValue":[{"sampledValue":[{"value":"1","measurand":")" +
                                                    std::string(measurand) + "\"}]}]}");
        return payload.at("meterValues").at(0).at("samples").at(0).at("unit");
    };
    CHECK(unit("Energy.Active.Export.Interval") == "Wh");
    CHECK(unit("Frequency") == "Hz");
    CHECK(unit("Voltage").is_null());
    CHECK(unit("Power.Factor").is_null());
    CHECK(unit("SoC").is_null());
}

TEST_CASE("Values in thousands come in base units, beside what was written") {
    CHECK(value_and_unit(R"("1.25")", R"("kWh")") == R"(1250 "Wh" {"value":"1.25","unit":"kWh"})");
    CHECK(value_and_unit(R"("3.68")", R"("kW")") == R"(3680 "W" {"value":"3.68","unit":"kW"})");
    CHECK(value_and_unit(R"("1")", R"("kvarh")") == R"(1000 "varh" {"value":"1","unit":"kvarh"})");
    CHECK(value_and_unit(R"("1")", R"("kvar")") == R"(1000 "var" {"value":"1","unit":"kvar"})");
    CHECK(value_and_unit(R"("1")", R"("kVA")") == R"(1000 "VA" {"value":"1","unit":"kVA"})");
}

TEST_CASE("Values in base units come as they were written") {
    for (const auto* unit : {R"("Wh")", R"("W")", R"("A")", R"("V")", R"("VA")", R"("var")", R"("varh")", R"("K")",
                             R"("Celsius")", R"("Fahrenheit")", R"("Percent")", R"("Hz")", R"("%")", R"("bananas")"}) {
        CAPTURE(unit);
        CHECK(value_and_unit(R"("12")", unit) == std::string("12 ") + unit);
    }
}

TEST_CASE("Other spellings of a unit are brought to one") {
    CHECK(value_and_unit(R"("50")", R"("Hertz")") == R"(50 "Hz" {"value":"50","unit":"Hertz"})");
    CHECK(value_and_unit(R"("20")", R"("Celcius")") == R"(20 "Celsius" {"value":"20","unit":"Celcius"})");
    CHECK(value_and_unit(R"("2")", R"("KWH")") == R"(2000 "Wh" {"value":"2","unit":"KWH"})");
    CHECK(value_and_unit(R"("2")", R"("wh")") == R"(2 "Wh" {"value":"2","unit":"wh"})");
}

TEST_CASE("A value keeps its digits") {
    CHECK(text_of(append_meter_values_v16, R"({"meterValue":[{"sampledValue":[{"value":"230.400","unit":"V"}]}]})")
              .find(R"("value":230.400,)") != std::string::npos);
    CHECK(text_of(append_meter_values_v16,
                  R"({"meterValue":[{"sampledValue":[{"value":"12345678901234567.5","unit":"kWh"}]}]})")
              .find(R"("value":12345678901234567500,)") != std::string::npos);
}

TEST_CASE("A value may be a JSON number, or a text that is no JSON number") {
    CHECK(value_and_unit("12.5", R"("A")") == R"(1.25E1 "A")");
    CHECK(value_and_unit("2", R"("kWh")") == R"(2000 "Wh" {"value":"2","unit":"kWh"})");
    CHECK(value_and_unit(R"("+007")", R"("A")") == R"(7 "A" {"value":"+007","unit":"A"})");
    CHECK(value_and_unit(R"(" 7 ")", R"("A")") == R"(7 "A" {"value":" 7 ","unit":"A"})");
}

TEST_CASE("A value that is no number is null and stands in raw as it came") {
    CHECK(value_and_unit(R"("12,5")", R"("kWh")") == R"(null "Wh" {"value":"12,5","unit":"kWh"})");
    CHECK(value_and_unit(R"("n/a")", R"("A")") == R"(null "A" {"value":"n/a","unit":"A"})");
    CHECK(value_and_unit(R"("a\"b")", R"("A")") == R"(null "A" {"value":"a\"b","unit":"A"})");
    CHECK(value_and_unit("true", R"("A")") == R"(null "A")");
    CHECK(value_and_unit("null", R"("A")") == R"(null "A")");
    CHECK(value_and_unit("[1]", R"("A")") == R"(null "A")");
}

TEST_CASE("Signed data is kept as the text it is") {
    CHECK(sample(R"({"value":"AP;0;3;ALCV","format":"SignedData","unit":"kWh"})") ==
          R"({"measurand":"Energy.Active.Import.Register","value":null,"unit":"kWh","context":"Sample.Periodic",)"
          R"("location":"Outlet","phase":null,"signedData":"AP;0;3;ALCV"})");
    CHECK(sample(R"({"value":"12","format":"SignedData"})").find(R"("signedData":"12")") != std::string::npos);
}

TEST_CASE("Words outside OCPP's lists travel on, mistyped fields are null") {
    CHECK(sample(R"({"value":"1","measurand":"Mood","context":"Sample.Whim","location":"Roof","phase":"L9"})") ==
          R"({"measurand":"Mood","value":1,"unit":null,"context":"Sample.Whim","location":"Roof","phase":"L9"})");
    CHECK(sample(R"({"value":"1","measurand":[],"unit":{},"context":true,"location":[1],"phase":false,"format":{}})") ==
          R"({"measurand":null,"value":1,"unit":null,"context":null,"location":null,"phase":null})");
}

TEST_CASE("Empty lists of samples are told as such") {
    CHECK(text_of(append_meter_values_v16,
                  R"({"connectorId":1,"meterValue":[{"timestamp":"2026-01-02T03:05:00Z","sampledValue":[]}]})") ==
          R"({"evseId":1,"connectorId":1,"transactionId":null,"meterValues":[)"
          R"({"timestamp":"2026-01-02T03:05:00Z","samples":[]}]})");
    CHECK(text_of(append_meter_values_v16, R"({"connectorId":1,"meterValue":[]})") ==
          R"({"evseId":1,"connectorId":1,"transactionId":null,"meterValues":[]})");
}

TEST_CASE("An object in place of a list counts as its only item, and what is no object is passed over") {
    const auto single = payload_of(append_meter_values_v16, R"({"meterValue":{"sampledValue":{"value":"5"}}})");
    CHECK(single.at("meterValues").at(0).at("samples").at(0).at("value") == 5);
    const auto mixed =
        payload_of(append_meter_values_v16, R"({"meterValue":[1,{"sampledValue":["x",{"value":"5"},null]},[]]})");
    CHECK(mixed.at("meterValues").as_array().size() == 1);
    CHECK(mixed.at("meterValues").at(0).at("samples").as_array().size() == 1);
}

TEST_CASE("A flood of empty samples is cut short and says so") {
    std::string json = R"({"meterValue":[{"sampledValue":[)";
    for (std::size_t i = 0; i < max_meter_items + 500; ++i) json += "{},";
    json.back() = ']';
    json += "}]}";
    const auto flooded = payload_of(append_meter_values_v16, json);
    CHECK(flooded.at("truncated") == true);
    CHECK(flooded.at("meterValues").at(0).at("samples").as_array().size() == max_meter_items - 1);

    json = R"({"meterValue":[)";
    for (std::size_t i = 0; i < max_meter_items; ++i) json += "{},";
    json.back() = ']';
    json += "}";
    const auto full = payload_of(append_meter_values_v16, json);
    CHECK_FALSE(full.contains("truncated"));
    CHECK(full.at("meterValues").as_array().size() == max_meter_items);
}

TEST_CASE("The last reading of the main energy register is found, with its time") {
    const auto wh_of = [](std::string_view json) {
        const request r{std::string(json)};
        std::string out;
        const auto reading = append_meter_values_v16(out, r.root());
        const auto wh = reading.register_sample ? wh_of_v16(reading.register_sample) : std::nullopt;
        return wh ? wh->text() : std::string();
    };
    CHECK(
        wh_of(R"({"meterValue":[{"sampledValue":[{"value":"1.2505","unit":"kWh"},{"value":"7","measurand":"Voltage"},)"
              R"({"value":"9","phase":"L1"},{"value":"9","location":"Inlet"}]}]})") == "1250.5");
    CHECK(wh_of(R"({"meterValue":[{"sampledValue":[{"value":"1"}]},{"sampledValue":[{"value":"2"}]}]})") == "2");
    CHECK(wh_of(R"({"meterValue":[{"sampledValue":[{"value":"1","unit":"J"}]}]})").empty());
    CHECK(wh_of(R"({"meterValue":[{"sampledValue":[{"value":"x"}]}]})").empty());
    CHECK(wh_of(R"({"meterValue":[{"sampledValue":[{"value":"12","format":"SignedData"}]}]})").empty());
    const request r{std::string(R"({"meterValue":[{"timestamp":"2026-01-02T03:04:00Z","sampledValue":[{"value":"1"}]},)"
                                R"({"timestamp":"2026-01-02T03:05:00Z","sampledValue":[]}]})")};
    std::string out;
    const auto reading = append_meter_values_v16(out, r.root());
    CHECK(reading.register_time == std::chrono::system_clock::time_point(std::chrono::seconds(1'767'323'040)));
}

TEST_CASE("A unit in the place that 2.x has for it is the unit all the same") {
    CHECK(sample(R"({"value":"8","unitOfMeasure":{"unit":"kWh"}})").find(R"("value":8000,"unit":"Wh")") !=
          std::string::npos);
    CHECK(sample(R"({"value":"8","unitOfMeasure":"kWh"})").find(R"("value":8000,"unit":"Wh")") != std::string::npos);
    CHECK(sample(R"({"value":"8","unit":"Wh","unitOfMeasure":"kWh"})").find(R"("value":8,"unit":"Wh")") !=
          std::string::npos);
}
