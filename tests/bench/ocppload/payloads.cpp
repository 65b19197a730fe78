#include "payloads.hpp"

#include "text.hpp"

#include <ctime>
#include <numeric>

namespace ocppload {

namespace {

constexpr unsigned pool_size = 64;

}  // namespace

std::string payload_pool::sampled_value(const std::string& value, const char* measurand, const char* unit,
                                        const char* phase) const {
    std::string s = of_2x_ ? R"({"value":)" + value + R"(,"context":"Sample.Periodic","measurand":")"
                           : R"({"value":")" + value + R"(","context":"Sample.Periodic","format":"Raw","measurand":")";
    s += measurand;
    if (*phase) s += std::string(R"(","phase":")") + phase;
    s += of_2x_ ? R"(","location":"Outlet","unitOfMeasure":{"unit":")" : R"(","location":"Outlet","unit":")";
    return s + unit + (of_2x_ ? R"("}})" : R"("})");
}

std::string payload_pool::meter_values(const char* timestamp, unsigned detail) const {
    std::string s = of_2x_ ? format(R"("timestamp":"%s","triggerReason":"MeterValuePeriodic",)"
                                    R"("offline":false,"meterValue":[{"timestamp":"%s","sampledValue":[)",
                                    timestamp, timestamp)
                           : format(R"({"connectorId":%u,"transactionId":%u,"meterValue":[{"timestamp":"%s",)"
                                    R"("sampledValue":[)",
                                    1 + random_.below(2), 1000 + random_.below(900000), timestamp);
    s += sampled_value(format("%u", random_.below(9'000'000)), "Energy.Active.Import.Register", "Wh", "");
    if (detail >= 1) {
        s += "," + sampled_value(format("%.1f", 22000 * random_.unit()), "Power.Active.Import", "W", "");
        s += "," + sampled_value(format("%u", random_.below(101)), "SoC", "Percent", "");
    }
    if (detail >= 2) {
        for (const char* phase : {"L1", "L2", "L3"}) {
            s += "," + sampled_value(format("%.2f", 32 * random_.unit()), "Current.Import", "A", phase);
            s += "," + sampled_value(format("%.1f", 220 + 20 * random_.unit()), "Voltage", "V", phase);
        }
    }
    return s + "]}]}";
}

void payload_pool::fill(const char* timestamp) {
    const char* status[] = {"Available", "Preparing", "Charging", "SuspendedEV", "SuspendedEVSE", "Finishing"};
    auto& [heartbeats, boots, states, meters] = payloads_;
    for (unsigned i = 0; i < pool_size; ++i) {
        boots.push_back(format(
            R"({"chargePointVendor":"LoadVendor","chargePointModel":"AC22-T2","chargePointSerialNumber":"LV-%08u",)"
            R"("chargeBoxSerialNumber":"BX-%08u","firmwareVersion":"3.4.%u","iccid":"8931089318104314834%u",)"
            R"("imsi":"204080813%06u","meterType":"DBS 210","meterSerialNumber":"M%07u"})",
            i, i * 7, i, i % 10, i, i * 13));
        states.push_back(
            format(R"({"connectorId":%u,"errorCode":"NoError","status":"%s","timestamp":"%s","vendorId":"LoadVendor"})",
                   i % 3, status[i % 6], timestamp));
    }
}

void payload_pool::fill_of_2x(const char* timestamp) {
    const char* status[] = {"Available", "Occupied", "Reserved", "Unavailable", "Faulted"};
    auto& [heartbeats, boots, states, meters] = payloads_;
    for (unsigned i = 0; i < pool_size; ++i) {
        boots.push_back(
            format(R"({"reason":"PowerUp","chargingStation":{"vendorName":"LoadVendor","model":"AC22-T2",)"
                   R"("serialNumber":"LV-%08u","firmwareVersion":"3.4.%u","modem":{"iccid":"8931089318104314834%u",)"
                   R"("imsi":"204080813%06u"}}})",
                   i, i, i % 10, i));
        states.push_back(format(R"({"timestamp":"%s","connectorStatus":"%s","evseId":%u,"connectorId":1})", timestamp,
                                status[i % 5], 1 + i % 2));
    }
}

payload_pool::payload_pool(random_source& random, const std::array<std::uint32_t, action_count>& mix, bool of_2x)
    : random_(random), of_2x_(of_2x), mix_(mix), total_weight_(std::accumulate(mix.begin(), mix.end(), 0u)) {
    char timestamp[32];
    std::time_t now = std::time(nullptr);
    std::tm utc;
    std::strftime(timestamp, sizeof timestamp, "%Y-%m-%dT%H:%M:%S.000Z", gmtime_r(&now, &utc));
    of_2x_ ? fill_of_2x(timestamp) : fill(timestamp);
    auto& [heartbeats, boots, states, meters] = payloads_;
    for (unsigned i = 0; i < pool_size; ++i) meters.push_back(meter_values(timestamp, i % 3));
    heartbeats.emplace_back("{}");
}

action payload_pool::pick_action() const {
    std::uint32_t r = random_.below(total_weight_);
    std::size_t a = 0;
    while (r >= mix_[a]) r -= mix_[a++];
    return static_cast<action>(a);
}

const std::string& payload_pool::pick(action a) const {
    const auto& pool = payloads_[static_cast<std::size_t>(a)];
    return pool[random_.below(pool.size())];
}

}  // namespace ocppload
