#include "stores/transaction_record.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace voltgate {

namespace {

constexpr std::array<std::string_view, attention_count> attention_words{
    "presumed",        "conflict",         "salvaged",          "clock",     "running_long",
    "meter_backwards", "two_on_connector", "stop_before_start", "left_open", "possible_duplicate"};

}  // namespace

std::string_view to_string(clock_state s) noexcept {
    switch (s) {
        case clock_state::ok: return "ok";
        case clock_state::off: return "off";
        case clock_state::unset: return "unset";
    }
    return "unset";
}

clock_state clock_of(std::optional<std::chrono::system_clock::time_point> stamp,
                     std::chrono::system_clock::time_point received) noexcept {
    using namespace std::chrono;
    constexpr auto first_plausible = sys_days(year(2020) / January / 1);
    constexpr auto furthest_ahead = minutes(10);
    if (!stamp || *stamp < first_plausible) return clock_state::unset;
    return *stamp > received + furthest_ahead ? clock_state::off : clock_state::ok;
}

bool is_right(std::chrono::system_clock::time_point stamp, std::chrono::system_clock::time_point received) noexcept {
    constexpr auto right_within = std::chrono::minutes(5);
    return std::chrono::abs(stamp - received) <= right_within;
}

std::string_view to_string(attention a) noexcept { return attention_words[static_cast<std::size_t>(a)]; }

std::optional<attention> attention_from_string(std::string_view word) noexcept {
    for (std::size_t i = 0; i < attention_count; ++i)
        if (attention_words[i] == word) return static_cast<attention>(i);
    return std::nullopt;
}

rule rule_of(attention a) noexcept {
    switch (a) {
        case attention::presumed: return rule::presumed_end;
        case attention::conflict: return rule::conflicting_stop;
        case attention::salvaged: return rule::salvaged_message;
        case attention::clock: return rule::wrong_clock;
        case attention::running_long: return rule::long_transaction;
        case attention::meter_backwards: return rule::meter_backwards;
        case attention::two_on_connector: return rule::two_on_connector;
        case attention::stop_before_start: return rule::stop_before_start;
        case attention::left_open: return rule::left_open;
        case attention::possible_duplicate: return rule::reused_transaction_start;
    }
    return rule::reused_transaction_start;
}

std::vector<attention> attention_set::all() const {
    std::vector<attention> found;
    for (std::size_t i = 0; i < attention_count; ++i)
        if (has(static_cast<attention>(i))) found.push_back(static_cast<attention>(i));
    return found;
}

std::string_view state_of(const transaction_record& t) noexcept {
    if (t.stopped_at) return "stopped";
    if (t.closed_at) return "closed";
    return t.presumed_at ? "presumed_ended" : "running";
}

const std::optional<exact_decimal>& meter_stop_of(const transaction_record& t) noexcept {
    return t.stopped_at ? t.meter_stop.wh : t.close_reading_wh;
}

charged_energy energy_of(const transaction_record& t) {
    charged_energy energy;
    const auto& stop = meter_stop_of(t);
    if (!stop || !t.meter_start.wh) return energy;
    const auto phases = t.meter_start.phases;
    if (!t.stopped_at) {
        energy.source = "manual";
    } else if (t.meter_stop.phases != phases) {
        return energy;
    } else if (phases == 0) {
        energy.source = "register";
    } else {
        energy.source = std::popcount(phases) == 1 ? "lone_phase" : "phases";
    }
    energy.wh = *stop - *t.meter_start.wh;
    return energy;
}

clock_state clock_of(const transaction_record& t) noexcept {
    return std::max(t.start_clock.value_or(clock_state::ok), t.stop_clock.value_or(clock_state::ok));
}

}  // namespace voltgate
