// Meter values of 2.x: numbers with units and multipliers, in base units.
#include "events/meter_values_v2.hpp"

#include "unit/events/payload_of.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace voltgate;
using test::request;

namespace {

std::string samples_of(std::string_view sample) {
    const request r{R"([{"timestamp":"2026-01-02T03:05:00Z","sampledValue":[)" + std::string(sample) + "]}]"};
    std::string out;
    text_writer w(out, 100);
    put_meter_values_v2(w, r.root());
    w.finish();
    const std::string head = R"("meterValues":[{"timestamp":"2026-01-02T03:05:00Z","samples":[)";
    REQUIRE(out.starts_with(head));
    return out.substr(head.size(), out.size() - head.size() - 3);
}

energy_reading energy_of(std::string_view samples, std::string_view context = "Transaction.End") {
    const request r{R"([{"timestamp":"x","sampledValue":[)" + std::string(samples) + "]}]"};
    return read_energy_v2(r.root(), context);
}

}  // namespace

TEST_CASE("A usual 2.x sample keeps its digits and gets the defaults") {
    CHECK(samples_of(R"({"value":230.40,"measurand":"Voltage","phase":"L1-N","unitOfMeasure":{"unit":"V"}})") ==
          R"({"measurand":"Voltage","value":230.40,"unit":"V","context":"Sample.Periodic","location":"Outlet",)"
          R"("phase":"L1-N"})");
    CHECK(samples_of(R"({"value":17})") ==
          R"({"measurand":"Energy.Active.Import.Register","value":17,"unit":"Wh","context":"Sample.Periodic",)"
          R"("location":"Outlet","phase":null})");
}

TEST_CASE("Units and multipliers of 2.x are worked into the value") {
    CHECK(samples_of(R"({"value":1.25,"unitOfMeasure":{"unit":"kWh"}})").find(R"("value":1250,"unit":"Wh")") !=
          std::string::npos);
    CHECK(samples_of(R"({"value":125,"unitOfMeasure":{"unit":"Wh","multiplier":2}})").find(R"("value":12500,)") !=
          std::string::npos);
    CHECK(samples_of(R"({"value":125,"unitOfMeasure":{"unit":"kWh","multiplier":-2}})").find(R"("value":1250,)") !=
          std::string::npos);
    CHECK(samples_of(R"({"value":2304,"measurand":"Voltage","unitOfMeasure":{"unit":"V","multiplier":-1}})") ==
          R"({"measurand":"Voltage","value":2304e-1,"unit":"V","context":"Sample.Periodic","location":"Outlet",)"
          R"("phase":null,"raw":{"value":"2304","unit":"V","multiplier":-1}})");
    CHECK(samples_of(R"({"value":1,"unitOfMeasure":{"multiplier":400}})").find(R"("value":null)") != std::string::npos);
}

TEST_CASE("A signed 2.x sample has its value and its signature") {
    const auto sample = samples_of(R"({"value":5,"unitOfMeasure":{"unit":"Wh"},"signedMeterValue":)"
                                   R"({"signedMeterData":"AA==","encodingMethod":"OCMF","publicKey":"BB"}})");
    CHECK(sample.find(R"("value":5,)") != std::string::npos);
    CHECK(sample.find(R"("signedData":"AA==","signingMethod":null,"encodingMethod":"OCMF","publicKey":"BB"})") !=
          std::string::npos);
}

TEST_CASE("Values that are no numbers are null") {
    CHECK(samples_of(R"({"value":"abc"})").find(R"("value":null)") != std::string::npos);
    CHECK(samples_of("{}").find(R"("value":null)") != std::string::npos);
}

TEST_CASE("The register's reading is the one of the context, else the last") {
    const auto both = energy_of(R"({"value":1.5,"context":"Transaction.End","unitOfMeasure":{"unit":"kWh"}},)"
                                R"({"value":9000},{"value":7,"measurand":"Voltage"})");
    CHECK(both.json == "1500");
    CHECK(both.wh == 1500);
    CHECK(energy_of(R"({"value":1},{"value":2.6})").wh == 3);
    CHECK(energy_of(R"({"value":1},{"value":2.6})").json == "2.6");
    CHECK_FALSE(energy_of(R"({"value":1,"phase":"L1"},{"value":2,"location":"EV"})").wh);
    CHECK_FALSE(energy_of(R"({"value":1,"unitOfMeasure":{"unit":"J"}})").wh);
    CHECK(energy_of("").json.empty());
    CHECK(energy_of(R"({"value":1e25})").json == "1e25");
    CHECK_FALSE(energy_of(R"({"value":1e25})").wh);
}
