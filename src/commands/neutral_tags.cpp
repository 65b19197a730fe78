// What charge points keep of id tags, in the words of all versions: reservations, the local list, the cache.
#include "commands/neutral_mappings.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"
#include "text/timestamp.hpp"

#include <boost/json/array.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace voltgate::neutral {

namespace json = boost::json;
using parameters = neutral_parameters;

json::object token_of_2x(std::string_view tag, const std::optional<std::string>& type, parameters& p) {
    constexpr std::string_view without_card = "NoAuthorization";
    const std::string kind = type.value_or(tag.empty() ? std::string(without_card) : "Central");
    if (tag.empty() && kind != without_card)
        p.fail("an empty idTag is of the idTokenType NoAuthorization: leave out idTokenType");
    if (!tag.empty() && kind == without_card) p.fail("the idTokenType NoAuthorization takes an empty idTag");
    json::object token;
    token["idToken"] = tag;
    token["type"] = kind;
    return token;
}

ocpp_call reserve(parameters& p, const neutral_context& c) {
    const auto where = p.where(c.version);
    const std::string tag = p.required_value("idTag");
    const auto type = p.text("idTokenType"), parent = p.text("parentIdTag"), connector_type = p.text("connectorType");
    const auto expires_at = p.time("expiryDate");
    const auto id = p.number("reservationId");
    if (!expires_at) p.fail("expiryDate is missing");
    const auto expiry = ocpp::read_timestamp(expires_at.value_or(""));
    if (expiry && expiry->time <= c.now) {
        std::string now;
        ocpp::append_timestamp(now, c.now, false);
        p.fail("expiryDate must be in the future: it is " + now + " now");
    }
    json::object o;
    if (c.version == ocpp::version::v16) {
        if (connector_type) p.fail("1.6 reserves a connector by its number: no connectorType");
        o["connectorId"] = where.evse.value_or(0);
        o["expiryDate"] = expires_at.value_or("");
        o["idTag"] = tag;
        put(o, "parentIdTag", parent);
        o["reservationId"] = id.value_or(c.request_number);
        return {"ReserveNow", std::move(o)};
    }
    o["id"] = id.value_or(c.request_number);
    o["expiryDateTime"] = expires_at.value_or("");
    o["idToken"] = token_of_2x(tag, type, p);
    put(o, "connectorType", connector_type);
    put(o, "evseId", where.evse);
    if (parent) o["groupIdToken"] = token_of_2x(*parent, std::nullopt, p);
    return {"ReserveNow", std::move(o)};
}

ocpp_call cancel_reservation(parameters& p, const neutral_context&) {
    const auto id = p.number("reservationId");
    if (!id) p.fail("reservationId is missing");
    json::object o;
    o["reservationId"] = id.value_or(0);
    return {"CancelReservation", std::move(o)};
}

namespace {

// Tags are compared without regard to case, those of 2.x together with their type.
using tag_key = std::pair<std::string, std::string>;

tag_key key_of(const json::object& made, ocpp::version v) {
    if (v == ocpp::version::v16) return {fold_id(made.at("idTag").as_string()), {}};
    const auto& token = made.at("idToken").as_object();
    return {fold_id(token.at("idToken").as_string()), fold_id(token.at("type").as_string())};
}

// One without a status is taken off the list: there is nothing to take off a whole one.
json::object list_entry(const json::object& given, ocpp::version v, bool whole, const std::string& place,
                        parameters& p) {
    parameters entry(given);
    const std::string tag = entry.required_text("idTag");
    const auto type = entry.text("idTokenType"), status = entry.text("status"), parent = entry.text("parentIdTag"),
               expires_at = entry.time("expiryDate");
    if (!status && (parent || expires_at)) entry.fail("status is missing");
    if (!status && whole)
        entry.fail("status is missing; with update differential an entry without one takes its tag off the list");
    json::object o, info;
    put(info, "status", status);
    if (v == ocpp::version::v16) {
        put(info, "expiryDate", expires_at);
        put(info, "parentIdTag", parent);
        o["idTag"] = tag;
        if (status) o["idTagInfo"] = std::move(info);
    } else {
        put(info, "cacheExpiryDateTime", expires_at);
        if (parent) info["groupIdToken"] = token_of_2x(*parent, std::nullopt, entry);
        o["idToken"] = token_of_2x(tag, type, entry);
        if (status) o["idTokenInfo"] = std::move(info);
    }
    if (const auto wrong = entry.wrong()) p.fail((place + ": ").append(wrong.text()));
    return o;
}

}  // namespace

ocpp_call send_local_list(parameters& p, const neutral_context& c) {
    const auto number = p.number("listVersion");
    const bool whole = p.word("update", {"full", "differential"}) == "full";
    const auto* entries = p.array("entries");
    if (!number) p.fail("listVersion is missing");
    json::array list;
    std::map<tag_key, std::size_t> places;
    for (std::size_t i = 0; entries && i < entries->size(); ++i) {
        const auto place = place_of("entries", i);
        const auto* given = (*entries)[i].if_object();
        if (!given) p.fail(place + " must be an object");
        if (!given) break;
        auto made = list_entry(*given, c.version, whole, place, p);
        const auto [first, is_new] = places.emplace(key_of(made, c.version), i);
        if (!is_new) p.fail(place + ": its tag is the same as in " + place_of("entries", first->second));
        list.push_back(std::move(made));
    }
    json::object o;
    o[c.version == ocpp::version::v16 ? "listVersion" : "versionNumber"] = number.value_or(0);
    o["updateType"] = whole ? "Full" : "Differential";
    if (!list.empty()) o["localAuthorizationList"] = std::move(list);
    return {"SendLocalList", std::move(o)};
}

ocpp_call local_list_version(parameters&, const neutral_context&) { return {"GetLocalListVersion", {}}; }

ocpp_call clear_cache(parameters&, const neutral_context&) { return {"ClearCache", {}}; }

}  // namespace voltgate::neutral
