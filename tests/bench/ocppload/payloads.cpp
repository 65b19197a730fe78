#include "payloads.hpp"

#include "text.hpp"

#include <ctime>
#include <numeric>

namespace ocppload {
namespace {

std::string sampled_value(const std::string& value, const char* measurand, const char* unit, const char* phase) {
    std::string s =
        R"({"value":")" + value + R"(","context":"Sample.Periodic","format":"Raw","measurand":")" + measurand;
    if (*phase) s += std::string(R"(","phase":")") + phase;
    return s + R"(","location":"Outlet","unit":")" + unit + R"("})";
}

}  // namespace

std::string payload_pool::meter_values(const char* timestamp, unsigned detail) const {
    std::string s = format(R"({"connectorId":%u,"transactionId":%u,"meterValue":[{"timestamp":"%s","sampledValue":[)",
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

payload_pool::payload_pool(random_source& random, const std::array<std::uint32_t, action_count>& mix)
    : random_(random), mix_(mix), total_weight_(std::accumulate(mix.begin(), mix.end(), 0u)) {
    char timestamp[32];
    std::time_t now = std::time(nullptr);
    std::tm utc;
    std::strftime(timestamp, sizeof timestamp, "%Y-%m-%dT%H:%M:%S.000Z", gmtime_r(&now, &utc));
    const char* status[] = {"Available", "Preparing", "Charging", "SuspendedEV", "SuspendedEVSE", "Finishing"};
    auto& [heartbeats, boots, states, meters] = payloads_;
    for (unsigned i = 0; i < 64; ++i) {
        boots.push_back(format(
            R"({"chargePointVendor":"LoadVendor","chargePointModel":"AC22-T2","chargePointSerialNumber":"LV-%08u",)"
            R"("chargeBoxSerialNumber":"BX-%08u","firmwareVersion":"3.4.%u","iccid":"8931089318104314834%u",)"
            R"("imsi":"204080813%06u","meterType":"DBS 210","meterSerialNumber":"M%07u"})",
            i, i * 7, i, i % 10, i, i * 13));
        states.push_back(
            format(R"({"connectorId":%u,"errorCode":"NoError","status":"%s","timestamp":"%s","vendorId":"LoadVendor"})",
                   i % 3, status[i % 6], timestamp));
        meters.push_back(meter_values(timestamp, i % 3));
    }
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
