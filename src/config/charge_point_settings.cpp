// settings_for: which settings a charge point gets.
#include "config/action_rate.hpp"
#include "config/pattern.hpp"

#include <voltgate/config.hpp>

#include <utility>

namespace voltgate {

namespace {

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
void apply(const charge_point_config& entry, charge_point_settings& in_force) {
    apply(entry.registration, in_force.boot.registration);
    apply(entry.interval, in_force.boot.interval);
    if (entry.default_version) in_force.default_version = entry.default_version;
    apply(entry.ping_interval, in_force.ping_interval);
    apply(entry.idle_timeout, in_force.idle_timeout);
    apply(entry.timestamp_milliseconds, in_force.timestamp_milliseconds);
    apply(entry.match_stops_without_id, in_force.transactions.match_stops_without_id);
    apply(entry.lone_phase_counts, in_force.transactions.lone_phase_counts);
    apply(entry.password, in_force.password);
    apply(entry.security_profile, in_force.security_profile);
    apply(entry.serial_number, in_force.serial_number);
    apply(entry.message_rate, in_force.messages.rate);
    apply(entry.message_burst, in_force.messages.burst);
    if (entry.action_rates) in_force.actions = read_all(*entry.action_rates);
    if (entry.conformance) in_force.conformance = conformance_policy(*entry.conformance);
    apply(entry.rules, in_force.conformance);
}

conformance_policy general_policy(const conformance_config& c) {
    auto policy = c.default_level ? conformance_policy(*c.default_level) : conformance_policy();
    apply(c.rules, policy);
    return policy;
}

}  // namespace

charge_point_settings settings_for(const config& c, std::string_view charge_point_id) {
    charge_point_settings in_force{c.boot,
                                   std::nullopt,
                                   c.session.ping_interval,
                                   c.session.idle_timeout,
                                   c.timestamp_milliseconds,
                                   c.transactions,
                                   general_policy(c.conformance)};
    in_force.messages = {c.limits.message_rate, c.limits.message_burst};
    in_force.actions = read_all(c.limits.action_rates);
    for (const auto& entry : c.charge_points)
        if (settings::matches_pattern(entry.pattern, charge_point_id)) apply(entry, in_force);
    return in_force;
}

}  // namespace voltgate
