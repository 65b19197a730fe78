#include "commands/neutral_config.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace voltgate {

namespace {

namespace json = boost::json;

constexpr std::pair<std::string_view, std::string_view> counterparts[] = {
    {"AuthorizationCacheEnabled", "AuthCacheCtrlr.Enabled"},
    {"AuthorizeRemoteTxRequests", "AuthCtrlr.AuthorizeRemoteStart"},
    {"ClockAlignedDataInterval", "AlignedDataCtrlr.Interval"},
    {"ConnectionTimeOut", "TxCtrlr.EVConnectionTimeOut"},
    {"HeartbeatInterval", "OCPPCommCtrlr.HeartbeatInterval"},
    {"LocalAuthListEnabled", "LocalAuthListCtrlr.Enabled"},
    {"LocalAuthorizeOffline", "AuthCtrlr.LocalAuthorizeOffline"},
    {"LocalPreAuthorize", "AuthCtrlr.LocalPreAuthorize"},
    {"MaxEnergyOnInvalidId", "TxCtrlr.MaxEnergyOnInvalidId"},
    {"MeterValueSampleInterval", "SampledDataCtrlr.TxUpdatedInterval"},
    {"MeterValuesAlignedData", "AlignedDataCtrlr.Measurands"},
    {"MeterValuesSampledData", "SampledDataCtrlr.TxUpdatedMeasurands"},
    {"StopTransactionOnEVSideDisconnect", "TxCtrlr.StopTxOnEVSideDisconnect"},
    {"StopTransactionOnInvalidId", "TxCtrlr.StopTxOnInvalidId"},
    {"StopTxnSampledData", "SampledDataCtrlr.TxEndedMeasurands"},
    {"UnlockConnectorOnEVSideDisconnect", "OCPPCommCtrlr.UnlockOnEVSideDisconnect"},
    {"WebSocketPingInterval", "OCPPCommCtrlr.WebSocketPingInterval"},
};

// "name" or "name/instance"
json::object named(std::string_view text) {
    const auto slash = text.find('/');
    json::object o;
    o["name"] = text.substr(0, slash);
    if (slash != std::string_view::npos) o["instance"] = text.substr(slash + 1);
    return o;
}

// False: it is no EVSE's number.
bool take_evse(std::string_view& component, json::object& into) {
    const auto at = component.rfind('@');
    if (at == std::string_view::npos) return true;
    const auto digits = component.substr(at + 1);
    std::int32_t evse = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), evse);
    if (failed != std::errc() || end != digits.data() + digits.size() || evse < 1) return false;
    json::object where;
    where["id"] = evse;
    into["evse"] = std::move(where);
    component = component.substr(0, at);
    return true;
}

std::string text_of(const json::value* v) { return v && v->is_string() ? std::string(v->get_string()) : std::string(); }

void append_named(std::string& out, const json::object& o) {
    out += text_of(o.if_contains("name"));
    if (const auto instance = text_of(o.if_contains("instance")); !instance.empty())
        out.append(1, '/').append(instance);
}

}  // namespace

std::string key_of_16(std::string_view name) {
    for (const auto& [key, variable] : counterparts)
        if (variable == name) return std::string(key);
    return std::string(name);
}

std::optional<json::object> variable_of(std::string_view name) {
    for (const auto& [key, variable] : counterparts)
        if (key == name) name = variable;
    const auto dot = name.find('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == name.size()) return std::nullopt;
    std::string_view component = name.substr(0, dot);
    json::object evse;
    if (!take_evse(component, evse) || component.empty()) return std::nullopt;
    json::object found;
    auto& c = found["component"].emplace_object();
    c = named(component);
    if (const auto* where = evse.if_contains("evse")) c["evse"] = *where;
    found["variable"] = named(name.substr(dot + 1));
    return found;
}

std::string name_of_variable(const json::object& result) {
    std::string name;
    const auto* component = result.if_contains("component");
    const auto* variable = result.if_contains("variable");
    if (!component || !component->is_object() || !variable || !variable->is_object()) return name;
    append_named(name, component->get_object());
    if (const auto* evse = component->get_object().if_contains("evse"); evse && evse->is_object()) {
        const auto* id = evse->get_object().if_contains("id");
        if (id && id->is_int64()) name.append(1, '@').append(std::to_string(id->get_int64()));
    }
    name += '.';
    append_named(name, variable->get_object());
    return name;
}

}  // namespace voltgate
