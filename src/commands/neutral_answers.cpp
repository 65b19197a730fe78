// What charge points answer to neutral commands, in the same words for every version.
#include "commands/neutral_commands.hpp"
#include "commands/neutral_config.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace voltgate {

namespace {

namespace json = boost::json;

constexpr std::pair<std::string_view, std::string_view> words[] = {
    {"Accepted", "accepted"},
    {"AcceptedCanceled", "accepted"},
    {"Unlocked", "accepted"},
    {"Scheduled", "scheduled"},
    {"RebootRequired", "reboot_required"},
    {"NotSupported", "not_supported"},
    {"NotImplemented", "not_supported"},
    {"NotSupportedAttributeType", "not_supported"},
    {"UnknownConnector", "unknown_target"},
    {"UnknownComponent", "unknown_target"},
    {"UnknownVariable", "unknown_target"},
    {"EmptyResultSet", "unknown_target"},
    {"Unknown", "unknown_target"},
};

std::string_view neutral_word(std::string_view status) noexcept {
    for (const auto& [theirs, ours] : words)
        if (theirs == status) return ours;
    return "rejected";
}

std::string_view text_of(const json::object& o, std::string_view name) {
    const auto* v = o.if_contains(name);
    return v && v->is_string() ? std::string_view(v->get_string()) : std::string_view();
}

const json::array& array_of(const json::object& o, std::string_view name) {
    static const json::array none;
    const auto* v = o.if_contains(name);
    return v && v->is_array() ? v->get_array() : none;
}

/// Charge points write what they like: members of other kinds are left out.
void copy(json::object& to, std::string_view as, const json::object& from, std::string_view name, json::kind kind) {
    if (const auto* v = from.if_contains(name); v && v->kind() == kind) to[as] = *v;
}

json::object setting(std::string_view name, const json::value* value) {
    json::object o;
    o["key"] = name;
    o["value"] = nullptr;
    if (value && value->is_string()) o["value"] = *value;
    if (value && value->is_primitive() && !value->is_null() && !value->is_string())
        o["value"] = json::serialize(*value);
    return o;
}

void put_settings(json::object& o, json::array values, json::array unknown) {
    o["values"] = std::move(values);
    o["unknownKeys"] = std::move(unknown);
}

// GetConfiguration
void put_settings_of_16(json::object& o, const json::object& answer) {
    json::array values, unknown;
    for (const auto& one : array_of(answer, "configurationKey")) {
        if (!one.is_object() || text_of(one.get_object(), "key").empty()) continue;
        auto s = setting(text_of(one.get_object(), "key"), one.get_object().if_contains("value"));
        copy(s, "readonly", one.get_object(), "readonly", json::kind::bool_);
        values.push_back(std::move(s));
    }
    for (const auto& one : array_of(answer, "unknownKey"))
        if (one.is_string()) unknown.push_back(one);
    put_settings(o, std::move(values), std::move(unknown));
}

// GetVariables
void put_variables(json::object& o, const json::object& answer) {
    json::array values, unknown;
    for (const auto& one : array_of(answer, "getVariableResult")) {
        if (!one.is_object()) continue;
        const auto& result = one.get_object();
        auto name = name_of_variable(result);
        if (name.empty()) continue;
        if (text_of(result, "attributeStatus") == "Accepted") {
            values.push_back(setting(name, result.if_contains("attributeValue")));
        } else {
            unknown.emplace_back(std::move(name));
        }
    }
    put_settings(o, std::move(values), std::move(unknown));
}

// GetTransactionStatus; what the charge point does not say is null.
void put_transaction_status(json::object& o, const json::object& answer) {
    o["ongoing"] = nullptr;
    o["messagesInQueue"] = nullptr;
    copy(o, "ongoing", answer, "ongoingIndicator", json::kind::bool_);
    copy(o, "messagesInQueue", answer, "messagesInQueue", json::kind::bool_);
}

// GetCompositeSchedule, in the words of 2.x.
void put_schedule(json::object& o, ocpp::version v, const json::object& answer) {
    o["schedule"] = nullptr;
    const auto* schedule = answer.if_contains(v == ocpp::version::v16 ? "chargingSchedule" : "schedule");
    if (!schedule || !schedule->is_object()) return;
    auto s = schedule->get_object();
    if (v == ocpp::version::v16) {
        copy(s, "evseId", answer, "connectorId", json::kind::int64);
        copy(s, "scheduleStart", s, "startSchedule", json::kind::string);
        copy(s, "scheduleStart", answer, "scheduleStart", json::kind::string);
        s.erase("startSchedule");
    }
    o["schedule"] = std::move(s);
}

// GetLocalListVersion; a 1.6 charge point says -1 when it has no such list.
void put_list_version(json::object& o, const json::object& answer) {
    o["listVersion"] = nullptr;
    copy(o, "listVersion", answer, "versionNumber", json::kind::int64);
    copy(o, "listVersion", answer, "listVersion", json::kind::int64);
    const auto& number = o["listVersion"];
    if (!number.is_int64() || number.get_int64() >= 0) return;
    o["listVersion"] = nullptr;
    o["status"] = "not_supported";
}

// Empty: it does not say.
std::string_view status_of(neutral_action a, ocpp::version v, const json::object& answer) {
    if (a == neutral_action::set_config && v != ocpp::version::v16) {
        const auto& results = array_of(answer, "setVariableResult");
        if (results.empty() || !results.front().is_object()) return {};
        const auto status = text_of(results.front().get_object(), "attributeStatus");
        return status.empty() ? status : neutral_word(status);
    }
    const auto status = text_of(answer, "status");
    return status.empty() ? "accepted" : neutral_word(status);  // some confirmations have none: they are taken
}

}  // namespace

json::object neutral_answer(neutral_action a, ocpp::version v, const command_result& r) {
    json::object o;
    o["status"] = nullptr;
    if (r.outcome == outcome::call_error) {
        const bool unsupported = r.error_code == "NotSupported" || r.error_code == "NotImplemented";
        o["status"] = unsupported ? "not_supported" : "failed";
        return o;
    }
    if (r.outcome != outcome::result) return o;
    boost::system::error_code ec;
    const auto parsed = json::parse(r.payload, ec);
    if (ec || !parsed.is_object()) return o;
    const auto& answer = parsed.get_object();
    if (const auto status = status_of(a, v, answer); !status.empty()) o["status"] = status;
    if (a == neutral_action::get_config && answer.contains("getVariableResult")) put_variables(o, answer);
    if (a == neutral_action::get_config && v == ocpp::version::v16) put_settings_of_16(o, answer);
    if (a == neutral_action::start) copy(o, "transactionId", answer, "transactionId", json::kind::string);
    if (a == neutral_action::transaction_status) put_transaction_status(o, answer);
    if (a == neutral_action::composite_schedule) put_schedule(o, v, answer);
    if (a == neutral_action::local_list_version) put_list_version(o, answer);
    if (a == neutral_action::get_log) {
        copy(o, "fileName", answer, "fileName", json::kind::string);
        copy(o, "fileName", answer, "filename", json::kind::string);
    }
    if (const auto* info = answer.if_contains("statusInfo"); info && info->is_object()) {
        copy(o, "reasonCode", info->get_object(), "reasonCode", json::kind::string);
        copy(o, "additionalInfo", info->get_object(), "additionalInfo", json::kind::string);
    }
    return o;
}

}  // namespace voltgate
