// check_idle_times: an idle limit must let a charge point live that has nothing to say but its heartbeats.
#include "config/check.hpp"
#include "config/keys.hpp"
#include "config/pattern.hpp"
#include "config/value.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

namespace {

struct time_in_force {
    duration value{};
    std::string key;  // that says so
};

struct times_in_force {
    boot_config::status registration{};
    time_in_force interval, idle, ping;
};

times_in_force general(const config& c) {
    times_in_force t;
    t.registration = c.boot.registration;
    t.interval = {c.boot.interval, "boot.interval"};
    t.idle = {c.session.idle_timeout, "session.idle_timeout"};
    t.ping = {c.session.ping_interval, "session.ping_interval"};
    return t;
}

bool says_something(const profile_settings& e) {
    return e.registration || e.interval || e.idle_timeout || e.ping_interval;
}

bool is_for_all(const std::string& pattern) {
    return pattern.find_first_not_of('*') == std::string::npos && !pattern.empty();
}

void apply(const profile_settings& e, std::string_view section, std::size_t index, times_in_force& t) {
    const auto take = [section, index](auto& setting, const char* name, time_in_force& into) {
        if (setting) into = {*setting, settings::entry_key_name(section, index, name)};
    };
    t.registration = e.registration.value_or(t.registration);
    take(e.interval, "interval", t.interval);
    take(e.idle_timeout, "idle_timeout", t.idle);
    take(e.ping_interval, "ping_interval", t.ping);
}

// One that was rejected has nothing to lose.
bool cuts_quiet_ones(const times_in_force& t) {
    const bool pings_keep_it = t.ping.value.count() > 0 && t.ping.value < t.idle.value;
    return t.registration != boot_config::status::rejected && t.idle.value.count() > 0 &&
           t.interval.value >= t.idle.value && !pings_keep_it;
}

std::string shown(const time_in_force& t) { return settings::format_time(t.value.count()); }

}  // namespace

error_text settings::idle_fault(const charge_point_settings& in_force) {
    times_in_force t;
    t.registration = in_force.boot.registration;
    t.interval = {in_force.boot.interval, "interval"};
    t.idle = {in_force.idle_timeout, "idle_timeout"};
    t.ping = {in_force.ping_interval, "ping_interval"};
    if (!cuts_quiet_ones(t)) return {};
    return fmt::format(
        "idle_timeout = \"{}\" is not longer than interval = \"{}\", which are in force for this charge point then: it "
        "would be cut between its heartbeats; make it longer or that one shorter, or set ping_interval below it",
        shown(t.idle), shown(t.interval));
}

void settings::check_idle_times(const config& c, std::vector<config_error>& errors) {
    std::set<std::pair<std::string, std::string>> told;
    const auto check = [&](const times_in_force& t) {
        if (!cuts_quiet_ones(t) || !told.emplace(t.idle.key, t.interval.key).second) return;
        auto what = fmt::format(
            "{} is not longer than the heartbeat interval of the same charge points ({} = \"{}\"): each that has "
            "nothing else to say would be cut off again and again; make it longer or that one shorter, or set {} below "
            "it",
            shown(t.idle), t.interval.key, shown(t.interval), t.ping.key);
        errors.push_back({{}, 0, t.idle.key, std::move(what)});
    };
    // Of the charge points that a pattern matches those count that no narrower one does: the pattern itself, taken as
    // an id, is one of them. Of a model those that only patterns for all match.
    const auto in_force_for = [&](const std::string* pattern, const model_config* model) {
        auto t = general(c);
        if (model) apply(*model, settings::model_section, static_cast<std::size_t>(model - c.models.data()), t);
        for (std::size_t i = 0; i < c.charge_points.size(); ++i) {
            const auto& e = c.charge_points[i];
            if (!says_something(e)) continue;
            const bool matching = pattern ? settings::matches_pattern(e.pattern, *pattern) : is_for_all(e.pattern);
            if (matching) apply(e, settings::charge_point_section, i, t);
        }
        return t;
    };
    check(in_force_for(nullptr, nullptr));
    for (const auto& e : c.charge_points)
        if (says_something(e)) check(in_force_for(&e.pattern, nullptr));
    for (const auto& m : c.models)
        if (says_something(m)) check(in_force_for(nullptr, &m));
}

}  // namespace voltgate
