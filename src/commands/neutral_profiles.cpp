// Charging profiles in the words of all versions, which are those of 2.x.
#include "commands/neutral_mappings.hpp"

#include <boost/json/array.hpp>

#include <charconv>
#include <utility>

namespace voltgate::neutral {

namespace json = boost::json;
using parameters = neutral_parameters;

std::int64_t id_of_16(std::string_view text, std::string_view place, parameters& p) {
    std::int32_t id = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (failed != std::errc() || end != text.data() + text.size())
        p.fail(std::string(place) + " must be a whole number up to 2147483647 in 1.6, written as a text");
    return id;
}

namespace {

std::string purpose_of_16(std::string purpose, parameters& p) {
    if (purpose == "ChargingStationMaxProfile") return "ChargePointMaxProfile";
    if (purpose != "TxDefaultProfile" && purpose != "TxProfile") p.fail("1.6 has no charging profile for " + purpose);
    return purpose;
}

}  // namespace

json::object profile_of_16(const json::object& profile, parameters& p) {
    json::object converted;
    for (const auto& [name, value] : profile) {
        if (name == "id") {
            converted["chargingProfileId"] = value;
        } else if (name == "chargingProfilePurpose" && value.is_string()) {
            converted[name] = purpose_of_16(std::string(value.get_string()), p);
        } else if (name == "transactionId" && value.is_string()) {
            converted[name] = id_of_16(value.get_string(), "chargingProfile.transactionId", p);
        } else if (name == "chargingSchedule" && value.is_array()) {
            if (value.get_array().size() != 1) p.fail("1.6 takes one chargingSchedule");
            if (value.get_array().empty() || !value.get_array().front().is_object()) continue;
            auto schedule = value.get_array().front().get_object();
            schedule.erase("id");
            converted[name] = std::move(schedule);
        } else {
            converted[name] = value;
        }
    }
    return converted;
}

ocpp_call set_profile(parameters& p, const neutral_context& c) {
    const auto where = p.where(c.version);
    const auto* profile = p.object("chargingProfile");
    if (!profile) p.fail("chargingProfile is missing");
    json::object o;
    if (c.version == ocpp::version::v16) {
        o["connectorId"] = where.evse.value_or(0);
        if (profile) o["csChargingProfiles"] = profile_of_16(*profile, p);
    } else {
        o["evseId"] = where.evse.value_or(0);
        if (profile) o["chargingProfile"] = *profile;
    }
    return {"SetChargingProfile", std::move(o)};
}

ocpp_call clear_profile(parameters& p, const neutral_context& c) {
    const auto where = p.where(c.version);
    const auto id = p.number("chargingProfileId"), stack_level = p.number("stackLevel");
    auto purpose = p.text("chargingProfilePurpose");
    json::object o, criteria;
    if (c.version == ocpp::version::v16) {
        if (purpose) purpose = purpose_of_16(*purpose, p);
        put(o, "id", id);
        put(o, "connectorId", where.evse);
        put(o, "chargingProfilePurpose", purpose);
        put(o, "stackLevel", stack_level);
        return {"ClearChargingProfile", std::move(o)};
    }
    put(criteria, "evseId", where.evse);
    put(criteria, "chargingProfilePurpose", purpose);
    put(criteria, "stackLevel", stack_level);
    put(o, "chargingProfileId", id);
    if (!criteria.empty()) o["chargingProfileCriteria"] = std::move(criteria);
    return {"ClearChargingProfile", std::move(o)};
}

ocpp_call composite_schedule(parameters& p, const neutral_context& c) {
    const auto where = p.where(c.version);
    const auto duration = p.number("durationSeconds");
    const auto unit = p.text("chargingRateUnit");
    if (!duration) p.fail("durationSeconds is missing");
    json::object o;
    o[c.version == ocpp::version::v16 ? "connectorId" : "evseId"] = where.evse.value_or(0);
    o["duration"] = duration.value_or(0);
    put(o, "chargingRateUnit", unit);
    return {"GetCompositeSchedule", std::move(o)};
}

}  // namespace voltgate::neutral
