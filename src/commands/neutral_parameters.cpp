#include "commands/neutral_parameters.hpp"

#include "text/timestamp.hpp"

#include <algorithm>
#include <limits>

namespace voltgate {

namespace json = boost::json;

std::string place_of(std::string_view list, std::size_t index) {
    return std::string(list).append(1, '[').append(std::to_string(index)).append(1, ']');
}

const json::value* neutral_parameters::find(std::string_view name) {
    known_.push_back(name);
    const auto* v = object_.if_contains(name);
    return v && !v->is_null() ? v : nullptr;
}

std::optional<std::string> neutral_parameters::text(std::string_view name) {
    const auto* v = find(name);
    if (!v) return std::nullopt;
    if (v->is_string() && !v->get_string().empty()) return std::string(v->get_string());
    fail(std::string(name) + " must be a text that is not empty");
    return std::nullopt;
}

std::string neutral_parameters::required_text(std::string_view name) {
    auto found = text(name);
    if (!found) fail(std::string(name) + " is missing");
    return found.value_or("");
}

std::string neutral_parameters::required_value(std::string_view name) {
    const auto* v = find(name);
    if (v && v->is_string()) return std::string(v->get_string());
    fail(std::string(name) + (v ? " must be a text" : " is missing"));
    return {};
}

std::optional<std::int64_t> neutral_parameters::number(std::string_view name) {
    const auto* v = find(name);
    if (!v) return std::nullopt;
    if (v->is_int64() && v->get_int64() >= 0 && v->get_int64() <= std::numeric_limits<std::int32_t>::max()) {
        return v->get_int64();
    }
    fail(std::string(name) + " must be a whole number from 0 to 2147483647");
    return std::nullopt;
}

std::optional<bool> neutral_parameters::boolean(std::string_view name) {
    const auto* v = find(name);
    if (!v) return std::nullopt;
    if (v->is_bool()) return v->get_bool();
    fail(std::string(name) + " must be true or false");
    return std::nullopt;
}

const json::object* neutral_parameters::object(std::string_view name) {
    const auto* v = find(name);
    if (!v) return nullptr;
    if (!v->is_object()) fail(std::string(name) + " must be an object");
    return v->if_object();
}

const json::array* neutral_parameters::array(std::string_view name) {
    const auto* v = find(name);
    if (!v) return nullptr;
    if (!v->is_array()) fail(std::string(name) + " must be a list");
    return v->if_array();
}

std::vector<std::string> neutral_parameters::texts(std::string_view name) {
    std::vector<std::string> list;
    const auto* v = find(name);
    if (!v) return list;
    const auto* array = v->if_array();
    if (!array) fail(std::string(name) + " must be a list of texts");
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        const auto* one = (*array)[i].if_string();
        if (!one || one->empty()) fail(place_of(name, i) + " must be a text that is not empty");
        if (one) list.emplace_back(*one);
    }
    return list;
}

std::optional<std::string> neutral_parameters::time(std::string_view name) {
    auto found = text(name);
    if (found && !ocpp::is_rfc3339(*found)) {
        fail(std::string(name) + " must be a time like 2026-01-02T03:04:05Z");
        return std::nullopt;
    }
    return found;
}

std::string neutral_parameters::word(std::string_view name, std::initializer_list<std::string_view> words) {
    const auto found = text(name);
    if (!found) return std::string(*words.begin());
    if (std::find(words.begin(), words.end(), *found) == words.end()) {
        std::string allowed;
        for (const auto w : words) allowed.append(allowed.empty() ? "" : ", ").append(w);
        fail(std::string(name) + " must be one of " + allowed);
    }
    return *found;
}

neutral_parameters::address neutral_parameters::where(ocpp::version v) {
    address a;
    a.evse = number("evseId");
    a.connector = number("connectorId");
    if (a.connector && !a.evse) {
        a.evse = a.connector;
        a.connector.reset();
    }
    if (v == ocpp::version::v16 && a.connector && a.connector != a.evse)
        fail("1.6 numbers connectors, not EVSEs: evseId and connectorId must be the same");
    return a;
}

error_text neutral_parameters::wrong() {
    for (const auto& member : object_) {
        if (std::find(known_.begin(), known_.end(), std::string_view(member.key())) != known_.end()) continue;
        std::string known;
        for (const auto name : known_) known.append(known.empty() ? "" : ", ").append(name);
        if (known.empty()) known = "none";
        fail("unknown parameter \"" + std::string(member.key()) + "\"; known: " + known);
    }
    return wrong_;
}

}  // namespace voltgate
