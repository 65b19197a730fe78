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

register_reading reading_in(std::string_view samples, reading_kind wanted = reading_kind::end,
                            register_search how = {}) {
    const request r{R"([{"timestamp":"x","sampledValue":[)" + std::string(samples) + "]}]"};
    return read_register_v2(r.root(), wanted, how);
}

/// As text; empty: there is none.
std::string energy_of(std::string_view samples, reading_kind wanted = reading_kind::end) {
    const auto wh = reading_in(samples, wanted).wh;
    return wh ? wh->text() : std::string();
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

TEST_CASE("A unit in another place than 2.x wants it is the unit all the same") {
    const std::string in_kwh = R"("value":8000,"unit":"Wh")";
    CHECK(samples_of(R"({"value":8,"unitOfMeasure":{"unit":"kWh"}})").find(in_kwh) != std::string::npos);
    CHECK(samples_of(R"({"value":8,"unit":"kWh"})").find(in_kwh) != std::string::npos);
    CHECK(samples_of(R"({"value":8,"unitOfMeasure":"kWh"})").find(in_kwh) != std::string::npos);
    CHECK(samples_of(R"({"value":8,"unitOfMeasure":{"multiplier":3}})").find(in_kwh) != std::string::npos);
    CHECK(samples_of(R"({"value":8,"multiplier":3})").find(in_kwh) != std::string::npos);
    CHECK(samples_of(R"({"value":8,"unitOfMeasure":{"unit":"Wh"},"unit":"kWh"})").find(R"("value":8,)") !=
          std::string::npos);
    for (const auto* sample : {R"({"value":8,"unitOfMeasure":{"unit":"kWh"}})", R"({"value":8,"unit":"kWh"})",
                               R"({"value":8,"unitOfMeasure":"kWh"})", R"({"value":8,"multiplier":3})",
                               R"({"value":8,"unit":"Wh","unitOfMeasure":{"multiplier":3}})",
                               R"({"value":"8","unitOfMeasure":{"unit":"kWh","multiplier":0}})"}) {
        CAPTURE(sample);
        CHECK(energy_of(sample) == "8000");
    }
}

TEST_CASE("What the unit is written beside is kept as it came") {
    CHECK(samples_of(R"({"value":8,"unit":"kWh"})") ==
          R"({"measurand":"Energy.Active.Import.Register","value":8000,"unit":"Wh","context":"Sample.Periodic",)"
          R"("location":"Outlet","phase":null,"raw":{"value":"8","unit":"kWh"}})");
}

TEST_CASE("The register's reading is the one of the context, else the last") {
    CHECK(energy_of(R"({"value":1.5,"context":"Transaction.End","unitOfMeasure":{"unit":"kWh"}},)"
                    R"({"value":9000},{"value":7,"measurand":"Voltage"})") == "1500");
    CHECK(energy_of(R"({"value":1},{"value":2.6})") == "2.6");
    CHECK(energy_of(R"({"value":2,"location":"EV"})").empty());
    CHECK(energy_of(R"({"value":1,"unitOfMeasure":{"unit":"J"}})").empty());
    CHECK(energy_of("").empty());
    CHECK(energy_of(R"({"value":1e25})") == "10000000000000000000000000");
    CHECK(energy_of(R"({"value":"abc"})").empty());
    CHECK(energy_of(R"({"value":1,"measurand":"Energy.Active.Export.Register"})").empty());
}

TEST_CASE("An end never takes the reading of the begin, nor a start that of the end") {
    constexpr auto start = reading_kind::start, any = reading_kind::any;
    const std::string begin = R"({"value":1000,"context":"Transaction.Begin"})",
                      middle = R"({"value":1500,"context":"Sample.Periodic"})",
                      end = R"({"value":2000,"context":"Transaction.End"})";
    CHECK(energy_of(end + "," + begin) == "2000");
    CHECK(energy_of(middle + "," + begin) == "1500");  // listed behind the last reading
    CHECK(energy_of(begin).empty());
    CHECK(energy_of(begin + "," + middle + "," + end, start) == "1000");
    CHECK(energy_of(middle + "," + end, start) == "1500");
    CHECK(energy_of(end, start).empty());
    CHECK(energy_of(middle + "," + begin, any) == "1000");
}

TEST_CASE("A list that was cut has only the readings that say which they are") {
    const register_search cut{.lone_phase_counts = false, .list_cut = true};
    CHECK_FALSE(reading_in(R"({"value":1500})", reading_kind::end, cut).wh);
    CHECK_FALSE(reading_in(R"({"value":1500})", reading_kind::start, cut).wh);
    CHECK(reading_in(R"({"value":2000,"context":"Transaction.End"},{"value":2100})", reading_kind::end, cut).wh ==
          exact_decimal(2000));
    CHECK(reading_in(R"({"value":1500})", reading_kind::any, cut).wh == exact_decimal(1500));
}

TEST_CASE("A register that is told per phase alone is their sum") {
    const std::string three = R"({"value":1.5,"phase":"L1"},{"value":2,"phase":"L2-N"},{"value":0.25,"phase":"L3"})";
    const auto sum = reading_in(three);
    CHECK(sum.wh == exact_decimal::read("3.75"));
    CHECK(sum.phases == 7);
    const auto with_whole = reading_in(three + R"(,{"value":4})");
    CHECK(with_whole.wh == exact_decimal(4));
    CHECK(with_whole.phases == 0);
    const auto two = reading_in(R"({"value":1,"phase":"L1"},{"value":2,"phase":"L3"},{"value":3,"phase":"L3"})");
    CHECK(two.wh == exact_decimal(4));
    CHECK(two.phases == 5);
}

TEST_CASE("A lone phase is the whole register only where that is said") {
    const std::string lone = R"({"value":1,"phase":"L2"})";
    CHECK_FALSE(reading_in(lone).wh);
    CHECK(reading_in(lone).phases == 2);
    const auto counted = reading_in(lone, reading_kind::end, {.lone_phase_counts = true, .list_cut = false});
    CHECK(counted.wh == exact_decimal(1));
    CHECK(counted.phases == 2);
}

TEST_CASE("Phases are summed of one time only, and not where one of them cannot be read") {
    CHECK_FALSE(reading_in(R"({"value":1,"phase":"L1"},{"value":"?","phase":"L2"})").wh);
    CHECK_FALSE(reading_in(R"({"value":1,"phase":"L1"},{"value":1,"phase":"L2","unitOfMeasure":{"unit":"J"}})").wh);
    const auto ends = reading_in(R"({"value":9,"phase":"L1"},{"value":10,"phase":"L1","context":"Transaction.End"},)"
                                 R"({"value":20,"phase":"L2","context":"Transaction.End"},{"value":7,"phase":"L3"})");
    CHECK(ends.wh == exact_decimal(30));
    CHECK(ends.phases == 3);
    CHECK_FALSE(reading_in(R"({"value":1,"phase":"L1-L2"},{"value":1,"phase":"N"})").wh);
}
