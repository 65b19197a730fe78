#include "commands/neutral_commands.hpp"

#include "commands/neutral_config.hpp"
#include "commands/neutral_mappings.hpp"
#include "text/timestamp.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <iterator>
#include <utility>

namespace voltgate {

using namespace neutral;

namespace {

namespace json = boost::json;
using parameters = neutral_parameters;

json::object evse_of(const parameters::address& where) {
    json::object evse;
    evse["id"] = where.evse.value_or(0);
    put(evse, "connectorId", where.connector);
    return evse;
}

void refuse_whole_charge_point(const parameters::address& where, parameters& p) {
    if (where.evse == 0) p.fail("evseId must be above 0: 0 is the whole charge point");
    if (where.connector == 0) p.fail("connectorId must be above 0: 0 is the whole EVSE");
}

// --------------------------------------------------------------------------------------------------- the actions

ocpp_call start(parameters& p, const neutral_context& c) {
    const auto where = p.where(c.version);
    const std::string tag = p.required_value("idTag");
    const auto type = p.text("idTokenType");
    const auto number = p.number("remoteStartId");
    const auto* profile = p.object("chargingProfile");
    refuse_whole_charge_point(where, p);
    json::object o;
    if (c.version == ocpp::version::v16) {
        put(o, "connectorId", where.evse);
        o["idTag"] = tag;
        if (profile) o["chargingProfile"] = profile_of_16(*profile, p);
        return {"RemoteStartTransaction", std::move(o)};
    }
    put(o, "evseId", where.evse);
    o["idToken"] = token_of_2x(tag, type, p);
    o["remoteStartId"] = number.value_or(c.request_number);
    if (profile) o["chargingProfile"] = *profile;
    return {"RequestStartTransaction", std::move(o)};
}

ocpp_call stop(parameters& p, const neutral_context& c) {
    const std::string id = p.required_text("transactionId");
    json::object o;
    if (c.version != ocpp::version::v16) {
        o["transactionId"] = id;
        return {"RequestStopTransaction", std::move(o)};
    }
    o["transactionId"] = id_of_16(id, "transactionId", p);
    return {"RemoteStopTransaction", std::move(o)};
}

ocpp_call reset(parameters& p, const neutral_context& c) {
    const std::string type = p.word("type", {"soft", "hard", "resume"});
    const auto evse = p.number("evseId");
    json::object o;
    if (type == "resume" && c.version != ocpp::version::v21) p.fail("only 2.1 can resume after a reset");
    if (c.version == ocpp::version::v16) {
        if (evse) p.fail("1.6 resets the whole charge point: no evseId");
        o["type"] = type == "hard" ? "Hard" : "Soft";
    } else {
        o["type"] = type == "hard" ? "Immediate" : type == "resume" ? "ImmediateAndResume" : "OnIdle";
        put(o, "evseId", evse);
    }
    return {"Reset", std::move(o)};
}

ocpp_call unlock(parameters& p, const neutral_context& c) {
    const auto where = p.where(c.version);
    if (!where.evse) p.fail("evseId is missing");
    refuse_whole_charge_point(where, p);
    json::object o;
    if (c.version == ocpp::version::v16) {
        o["connectorId"] = where.evse.value_or(0);
    } else {
        o["evseId"] = where.evse.value_or(0);
        o["connectorId"] = where.connector.value_or(1);
    }
    return {"UnlockConnector", std::move(o)};
}

ocpp_call availability(parameters& p, const neutral_context& c) {
    const auto where = p.where(c.version);
    const auto operative = p.boolean("operative");
    if (!operative) p.fail("operative is missing");
    const std::string_view word = operative.value_or(false) ? "Operative" : "Inoperative";
    json::object o;
    if (c.version == ocpp::version::v16) {
        o["connectorId"] = where.evse.value_or(0);
        o["type"] = word;
    } else {
        o["operationalStatus"] = word;
        if (where.evse.value_or(0) > 0) o["evse"] = evse_of(where);
    }
    return {"ChangeAvailability", std::move(o)};
}

// As the version calls a message. `extended`: 1.6 knows it in its security extension alone.
std::string message_of(std::string name, ocpp::version v, bool& extended) {
    if (v != ocpp::version::v16) {
        if (name == "DiagnosticsStatusNotification") return "LogStatusNotification";
        if (name == "SignChargePointCertificate") return "SignChargingStationCertificate";
        return name;
    }
    if (name == "TransactionEvent") return "MeterValues";
    if (name == "SignChargingStationCertificate") name = "SignChargePointCertificate";
    extended = name == "SignChargePointCertificate" || name == "LogStatusNotification";
    return name;
}

ocpp_call trigger(parameters& p, const neutral_context& c) {
    const auto where = p.where(c.version);
    bool extended = false;
    const std::string message = message_of(p.required_text("message"), c.version, extended);
    json::object o;
    o["requestedMessage"] = message;
    if (c.version == ocpp::version::v16) {
        put(o, "connectorId", where.evse);
    } else if (where.evse) {
        auto evse = evse_of(where);
        if (message == "StatusNotification" && !where.connector) evse["connectorId"] = 1;
        o["evse"] = std::move(evse);
    }
    return {extended ? "ExtendedTriggerMessage" : "TriggerMessage", std::move(o)};
}

json::object variable_or_fail(const std::string& key, parameters& p) {
    auto found = variable_of(key);
    if (!found) p.fail("2.x has no setting \"" + key + "\": name it as Component.Variable");
    return found.value_or(json::object());
}

ocpp_call get_config(parameters& p, const neutral_context& c) {
    const auto keys = p.texts("keys");
    json::object o;
    if (c.version == ocpp::version::v16) {
        json::array list;
        for (const auto& key : keys) list.emplace_back(key_of_16(key));
        if (!list.empty()) o["key"] = std::move(list);
        return {"GetConfiguration", std::move(o)};
    }
    if (keys.empty()) {
        o["requestId"] = c.request_number;
        o["reportBase"] = "ConfigurationInventory";
        return {"GetBaseReport", std::move(o)};
    }
    json::array list;
    for (const auto& key : keys) list.push_back(variable_or_fail(key, p));
    o["getVariableData"] = std::move(list);
    return {"GetVariables", std::move(o)};
}

ocpp_call set_config(parameters& p, const neutral_context& c) {
    const std::string key = p.required_text("key");
    const std::string value = p.required_value("value");
    json::object o;
    if (c.version == ocpp::version::v16) {
        o["key"] = key_of_16(key);
        o["value"] = value;
        return {"ChangeConfiguration", std::move(o)};
    }
    auto one = variable_or_fail(key, p);
    one["attributeValue"] = value;
    o["setVariableData"] = json::array({std::move(one)});
    return {"SetVariables", std::move(o)};
}

void put_retries(json::object& o, parameters& p) {
    put(o, "retries", p.number("retries"));
    put(o, "retryInterval", p.number("retryIntervalSeconds"));
}

ocpp_call get_log(parameters& p, const neutral_context& c) {
    const std::string location = p.required_text("location");
    const bool security = p.word("log", {"diagnostics", "security"}) == "security";
    const auto from = p.time("from"), to = p.time("to");
    json::object o;
    put_retries(o, p);
    if (c.version == ocpp::version::v16 && !security) {
        o["location"] = location;
        put(o, "startTime", from);
        put(o, "stopTime", to);
        return {"GetDiagnostics", std::move(o)};
    }
    json::object log;
    log["remoteLocation"] = location;
    put(log, "oldestTimestamp", from);
    put(log, "latestTimestamp", to);
    o["log"] = std::move(log);
    o["logType"] = security ? "SecurityLog" : "DiagnosticsLog";
    o["requestId"] = c.request_number;
    return {"GetLog", std::move(o)};
}

ocpp_call update_firmware(parameters& p, const neutral_context& c) {
    const std::string location = p.required_text("location");
    const auto retrieve_at = p.time("retrieveAt"), install_at = p.time("installAt");
    const auto signature = p.text("signature"), certificate = p.text("signingCertificate");
    if (signature.has_value() != certificate.has_value()) p.fail("signature and signingCertificate belong together");
    std::string when;
    ocpp::append_timestamp(when, c.now, false);
    if (retrieve_at) when = *retrieve_at;
    json::object o;
    put_retries(o, p);
    if (c.version == ocpp::version::v16 && !signature) {
        if (install_at) p.fail("1.6 chooses by itself when to install firmware that is not signed: no installAt");
        o["location"] = location;
        o["retrieveDate"] = when;
        return {"UpdateFirmware", std::move(o)};
    }
    json::object firmware;
    firmware["location"] = location;
    firmware["retrieveDateTime"] = when;
    put(firmware, "installDateTime", install_at);
    put(firmware, "signature", signature);
    put(firmware, "signingCertificate", certificate);
    o["firmware"] = std::move(firmware);
    o["requestId"] = c.request_number;
    return {c.version == ocpp::version::v16 ? "SignedUpdateFirmware" : "UpdateFirmware", std::move(o)};
}

ocpp_call transaction_status(parameters& p, const neutral_context& c) {
    const auto id = p.text("transactionId");
    if (c.version == ocpp::version::v16) p.fail("1.6 cannot be asked about transactions");
    json::object o;
    put(o, "transactionId", id);
    return {"GetTransactionStatus", std::move(o)};
}

struct mapping {
    std::string_view name;
    ocpp_call (*map)(parameters&, const neutral_context&);
};
// In the order of neutral_action.
constexpr mapping mappings[] = {
    {"start", start},
    {"stop", stop},
    {"reset", reset},
    {"unlock", unlock},
    {"availability", availability},
    {"trigger", trigger},
    {"get_config", get_config},
    {"set_config", set_config},
    {"set_profile", set_profile},
    {"get_log", get_log},
    {"update_firmware", update_firmware},
    {"transaction_status", transaction_status},
    {"clear_profile", clear_profile},
    {"composite_schedule", composite_schedule},
    {"reserve", reserve},
    {"cancel_reservation", cancel_reservation},
    {"send_local_list", send_local_list},
    {"local_list_version", local_list_version},
    {"clear_cache", clear_cache},
};

}  // namespace

std::optional<neutral_action> neutral_action_from_string(std::string_view name) noexcept {
    for (std::size_t i = 0; i < std::size(mappings); ++i)
        if (mappings[i].name == name) return static_cast<neutral_action>(i);
    return std::nullopt;
}

neutral_command to_ocpp(neutral_action a, const json::object& given, const neutral_context& context) {
    parameters p(given);
    auto call = mappings[static_cast<std::size_t>(a)].map(p, context);
    neutral_command c;
    c.wrong = p.wrong();
    if (c.wrong) return c;
    c.action = call.action;
    if (a == neutral_action::reserve) {
        c.reservation_id = call.payload.at(context.version == ocpp::version::v16 ? "reservationId" : "id").as_int64();
    }
    c.payload = json::serialize(call.payload);
    return c;
}

}  // namespace voltgate
