// What a charge point may say, and be sent, as long as its boot is not accepted.
#include "gateway/core.hpp"

#include <algorithm>
#include <iterator>

namespace voltgate {

namespace {

// What 2.x charge points send because of a command that they are given before they are accepted: reports, and word of
// logs, firmware and certificates.
bool may_come_while_pending(std::string_view action) {
    constexpr std::string_view allowed[] = {"NotifyReport",
                                            "NotifyMonitoringReport",
                                            "NotifyCustomerInformation",
                                            "NotifyDisplayMessages",
                                            "NotifyEvent",
                                            "ReportChargingProfiles",
                                            "LogStatusNotification",
                                            "FirmwareStatusNotification",
                                            "PublishFirmwareStatusNotification",
                                            "SignCertificate",
                                            "SecurityEventNotification"};
    return std::find(std::begin(allowed), std::end(allowed), action) != std::end(allowed);
}

}  // namespace

// A 1.6 charge point that never booted on this gateway is taken as accepted: after a mere reconnect it does not boot.
std::optional<rule> gateway_core::objection(const session& s, const ocpp::action_info& action) const {
    const charge_point& record = *s.record;
    if (record.registered && record.registration == boot_config::status::accepted) return std::nullopt;
    if (action.name == "BootNotification") return std::nullopt;
    if (record.registered && record.registration == boot_config::status::pending) {
        const bool is_triggered = std::ranges::find(record.triggered, action.name) != record.triggered.end();
        if (is_triggered || (s.version() != ocpp::version::v16 && may_come_while_pending(action.name))) {
            return std::nullopt;
        }
    }
    return record.registered ? rule::call_before_accepted : rule::missing_boot;
}

bool gateway_core::may_be_sent_to(const session& s, const outbound_call& call) const {
    return !s.record || !s.record->withholds(call.action->name);
}

}  // namespace voltgate
