// What reading one message costs: envelope, schema check and tape.
#include "ocpp/frame.hpp"
#include "ocpp/payload.hpp"
#include "ocpp/schema.hpp"

#include <benchmark/benchmark.h>
#include <string_view>

namespace {

using namespace voltgate::ocpp;

constexpr std::string_view heartbeat = R"([2,"8f3c1e52-0001","Heartbeat",{}])";
constexpr std::string_view status_notification =
    R"([2,"8f3c1e52-0002","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Charging",)"
    R"("timestamp":"2026-01-02T03:04:05Z"}])";
constexpr std::string_view boot_notification =
    R"([2,"8f3c1e52-0003","BootNotification",{"chargePointVendor":"Acme","chargePointModel":"X1",)"
    R"("chargePointSerialNumber":"SN-0001","firmwareVersion":"1.0.3","iccid":"8949000000000000001",)"
    R"("imsi":"262010000000001","meterType":"M3","meterSerialNumber":"4711"}])";
constexpr std::string_view meter_values =
    R"([2,"8f3c1e52-0004","MeterValues",{"connectorId":1,"transactionId":17,"meterValue":[{)"
    R"("timestamp":"2026-01-02T03:06:00Z","sampledValue":[)"
    R"({"value":"1250","measurand":"Energy.Active.Import.Register","unit":"Wh"},)"
    R"({"value":"231.4","measurand":"Voltage","unit":"V"},)"
    R"({"value":"16.0","measurand":"Current.Import","unit":"A"},)"
    R"({"value":"3680","measurand":"Power.Active.Import","unit":"W"}]}]}])";

void read_message(benchmark::State& state, std::string_view text) {
    payload_reader reader;
    for (auto _ : state) {
        const auto head = read_head(text, version::v16);
        const auto* const action = find_action(version::v16, head.action);
        if (action == nullptr || !reader.read_frame(text, head.payload_offset, action->request) ||
            reader.violation_count() != 0) {
            state.SkipWithError("the message was refused");
            break;
        }
        benchmark::DoNotOptimize(reader.root());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(text.size()));
}

BENCHMARK_CAPTURE(read_message, heartbeat, heartbeat);
BENCHMARK_CAPTURE(read_message, status_notification, status_notification);
BENCHMARK_CAPTURE(read_message, boot_notification, boot_notification);
BENCHMARK_CAPTURE(read_message, meter_values, meter_values);

}  // namespace
