// settings_for: which settings a charge point gets.
#include "config/action_rate.hpp"
#include "config/keys.hpp"
#include "config/layers.hpp"
#include "config/pattern.hpp"

#include <voltgate/config.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace voltgate {

namespace {

using settings::layer;

void apply(const std::map<rule, level>& rules, conformance_policy& policy) {
    for (const auto& [r, l] : rules) policy.set(r, l);
}

template <class Type>
void apply(const std::optional<Type>& setting, Type& in_force) {
    if (setting) in_force = *setting;
}

std::vector<charge_point_settings::action_rate> read_all(const std::vector<std::string>& texts) {
    std::vector<charge_point_settings::action_rate> rates;
    for (const auto& text : texts)
        if (auto rate = settings::parse_action_rate(text)) rates.push_back(std::move(*rate));
    return rates;
}

/// An entry's `conformance` sets the level of all rules anew, its `rules` refine that.
void apply(const profile_settings& entry, charge_point_settings& in_force) {
    apply(entry.registration, in_force.boot.registration);
    apply(entry.interval, in_force.boot.interval);
    if (entry.default_version) in_force.default_version = entry.default_version;
    apply(entry.ping_interval, in_force.ping_interval);
    apply(entry.idle_timeout, in_force.idle_timeout);
    apply(entry.timestamp_milliseconds, in_force.timestamp_milliseconds);
    apply(entry.match_stops_without_id, in_force.transactions.match_stops_without_id);
    apply(entry.lone_phase_counts, in_force.transactions.lone_phase_counts);
    apply(entry.security_profile, in_force.security_profile);
    apply(entry.message_rate, in_force.messages.rate);
    apply(entry.message_burst, in_force.messages.burst);
    if (entry.action_rates) in_force.actions = read_all(*entry.action_rates);
    if (entry.conformance) in_force.conformance = conformance_policy(*entry.conformance);
    apply(entry.rules, in_force.conformance);
}

bool matches(const model_config& entry, const told_model& told) {
    const auto fits = [](const std::optional<std::string>& pattern, const std::string& text) {
        return !pattern || settings::matches_pattern(*pattern, text);
    };
    return fits(entry.vendor, told.vendor) && fits(entry.model, told.model) && fits(entry.firmware, told.firmware);
}

conformance_policy general_policy(const conformance_config& c) {
    auto policy = c.default_level ? conformance_policy(*c.default_level) : conformance_policy();
    apply(c.rules, policy);
    return policy;
}

}  // namespace

std::string settings::name_of(const layer& l) {
    if (l.what == layer::kind::own) return "overrides";
    return fmt::format("{}[{}]", l.what == layer::kind::model ? model_section : charge_point_section, l.index);
}

std::vector<layer> settings::layers_of(const config& c, std::string_view charge_point_id, const told_model* booted) {
    std::vector<layer> layers;
    for (std::size_t i = 0; booted && i < c.models.size(); ++i)
        if (matches(c.models[i], *booted)) layers.push_back({layer::kind::model, i, &c.models[i]});
    for (std::size_t i = 0; i < c.charge_points.size(); ++i) {
        const auto& entry = c.charge_points[i];
        if (settings::matches_pattern(entry.pattern, charge_point_id))
            layers.push_back({layer::kind::charge_point, i, &entry});
    }
    return layers;
}

charge_point_settings settings::apply(const config& c, const std::vector<layer>& layers) {
    charge_point_settings in_force{c.boot,
                                   std::nullopt,
                                   c.session.ping_interval,
                                   c.session.idle_timeout,
                                   c.timestamp_milliseconds,
                                   c.transactions,
                                   general_policy(c.conformance)};
    in_force.messages = {c.limits.message_rate, c.limits.message_burst};
    in_force.actions = read_all(c.limits.action_rates);
    for (const auto& l : layers) {
        const auto profile_before = in_force.security_profile;
        voltgate::apply(*l.says, in_force);
        if (l.what == layer::kind::model) {
            in_force.security_profile = std::max(in_force.security_profile, profile_before);
        } else if (l.what == layer::kind::charge_point) {
            voltgate::apply(c.charge_points[l.index].password, in_force.password);
            voltgate::apply(c.charge_points[l.index].serial_number, in_force.serial_number);
        }
    }
    return in_force;
}

profile_settings settings::as_profile(const charge_point_settings& in_force) {
    profile_settings p;
    p.registration = in_force.boot.registration;
    p.interval = in_force.boot.interval;
    p.default_version = in_force.default_version;
    p.ping_interval = in_force.ping_interval;
    p.idle_timeout = in_force.idle_timeout;
    p.timestamp_milliseconds = in_force.timestamp_milliseconds;
    p.match_stops_without_id = in_force.transactions.match_stops_without_id;
    p.lone_phase_counts = in_force.transactions.lone_phase_counts;
    p.security_profile = in_force.security_profile;
    p.message_rate = in_force.messages.rate;
    p.message_burst = in_force.messages.burst;
    auto& rates = p.action_rates.emplace();
    for (const auto& [action, limit] : in_force.actions)
        rates.push_back(fmt::format("{}={}/{}", action, limit.rate, limit.burst));
    for (std::size_t i = 0; i < rule_count; ++i) {
        const auto r = static_cast<rule>(i);
        p.rules[r] = in_force.conformance.of(r);
    }
    return p;
}

charge_point_settings settings_for(const config& c, std::string_view charge_point_id, const told_model* booted) {
    return settings::apply(c, settings::layers_of(c, charge_point_id, booted));
}

}  // namespace voltgate
