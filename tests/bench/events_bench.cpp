// What events cost the hot path: payloads of the two most frequent requests, and publishing.
#include "async/platform.hpp"
#include "events/bus.hpp"
#include "events/event_queue.hpp"
#include "events/map_v16.hpp"
#include "machine/this_machine.hpp"

#include <boost/asio/io_context.hpp>

#include <benchmark/benchmark.h>

namespace {

using namespace voltgate;

constexpr std::string_view meter_values =
    R"({"connectorId":1,"transactionId":17,"meterValue":[{)"
    R"("timestamp":"2026-01-02T03:06:00Z","sampledValue":[)"
    R"({"value":"1250","context":"Sample.Periodic","measurand":"Energy.Active.Import.Register","unit":"Wh"},)"
    R"({"value":"231.4","context":"Sample.Periodic","measurand":"Voltage","phase":"L1-N","unit":"V"},)"
    R"({"value":"15.9","context":"Sample.Periodic","measurand":"Current.Import","phase":"L1","unit":"A"},)"
    R"({"value":"3.68","context":"Sample.Periodic","measurand":"Power.Active.Import","unit":"kW"}]}]})";

constexpr std::string_view status =
    R"({"connectorId":1,"errorCode":"NoError","status":"Charging","timestamp":"2026-01-02T03:06:00Z"})";

void map_meter_values(benchmark::State& state) {
    ocpp::payload_reader reader;
    if (!reader.read(meter_values, nullptr)) state.SkipWithError("unreadable");
    std::string out;
    for (auto _ : state) {
        out.clear();
        benchmark::DoNotOptimize(append_meter_values_v16(out, reader.root()));
    }
}
BENCHMARK(map_meter_values);

void map_status(benchmark::State& state) {
    ocpp::payload_reader reader;
    if (!reader.read(status, nullptr)) state.SkipWithError("unreadable");
    std::string out;
    for (auto _ : state) {
        out.clear();
        benchmark::DoNotOptimize(append_status_v16(out, reader.root(), "Preparing"));
    }
}
BENCHMARK(map_status);

event sample_event() {
    event e;
    e.type = event_type::connector_status_changed;
    e.charge_point_id = "CP-001";
    e.timestamp = std::chrono::system_clock::time_point(std::chrono::seconds(1'767'323'045));
    e.payload =
        R"({"evseId":1,"connectorId":1,"status":"Charging","previousStatus":"Preparing","errorCode":"NoError"})";
    return e;
}

void publish_unwanted(benchmark::State& state) {
    static asio::io_context io;
    static event_bus bus(io.get_executor(), this_machine().random());
    event e;
    for (auto _ : state) benchmark::DoNotOptimize(bus.publish(std::move(e)));
}
BENCHMARK(publish_unwanted)->Threads(1)->Threads(2);

void publish_to_one_reader(benchmark::State& state) {
    asio::io_context io;
    event_bus bus(io.get_executor(), this_machine().random());
    event_stream stream(bus.subscribe({}, 64));
    for (auto _ : state) benchmark::DoNotOptimize(bus.publish(sample_event()));
}
BENCHMARK(publish_to_one_reader);

void write_event_as_json(benchmark::State& state) {
    const auto e = sample_event();
    std::string out;
    for (auto _ : state) {
        out.clear();
        append_json(out, e, "node-1");
        benchmark::DoNotOptimize(out.data());
    }
}
BENCHMARK(write_event_as_json);

}  // namespace
