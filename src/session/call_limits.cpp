#include "session/call_limits.hpp"

#include <algorithm>
#include <utility>

namespace voltgate {

void call_limits::add_actions(const charge_point_settings& settings) {
    actions_ = std::make_unique<std::vector<limited_action>>();
    for (const auto& a : settings.actions) actions_->push_back({a.action, {a.limit.rate, a.limit.burst}, {}});
}

void call_limits::change(const charge_point_settings& settings) {
    rate_ = token_rate(settings.messages.rate, settings.messages.burst);
    const auto before = std::exchange(actions_, nullptr);
    if (settings.actions.empty()) return;
    add_actions(settings);
    if (!before) return;
    for (const auto& old : *before)
        if (limited_action* same = find(old.name)) same->bucket = old.bucket;
}

call_limits::limited_action* call_limits::find(std::string_view action) noexcept {
    const auto found = std::ranges::find(*actions_, action, &limited_action::name);
    return found == actions_->end() ? nullptr : &*found;
}

bool call_limits::take_of(time_point now, std::string_view action) noexcept {
    if (!bucket_.allows(now, rate_)) return false;
    if (limited_action* a = find(action); a && !a->bucket.take(now, a->rate)) return false;
    return bucket_.take(now, rate_);
}

call_limits::time_point call_limits::reserve(time_point now, std::string_view action) noexcept {
    const time_point at = bucket_.reserve(now, rate_);
    limited_action* a = actions_ ? find(action) : nullptr;
    return a ? std::max(at, a->bucket.reserve(now, a->rate)) : at;
}

}  // namespace voltgate
