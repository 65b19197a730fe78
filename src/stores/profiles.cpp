#include "stores/profiles.hpp"

#include "config/profile_json.hpp"
#include "text/fold_id.hpp"
#include "text/payload_mark.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <mutex>
#include <utility>

namespace voltgate {

void charge_point_profile::set_labels(std::vector<std::string> all) {
    std::ranges::sort(all);
    const auto repeated = std::ranges::unique(all);
    all.erase(repeated.begin(), repeated.end());
    labels = std::move(all);
}

void charge_point_profile::set_overrides(const profile_settings& all) {
    const auto json = settings::profile_to_json(all);
    overrides = json.empty() ? std::string() : boost::json::serialize(json);
    overriding = json.empty() ? nullptr : std::make_shared<const profile_settings>(all);
}

bool charge_point_profile::has(const std::vector<std::string>& all) const {
    return std::ranges::all_of(all, [this](const auto& l) { return std::ranges::binary_search(labels, l); });
}

std::uint64_t charge_point_profile::revision() const {
    std::string all;
    for (const auto& l : labels) all.append(l) += '\n';
    all.append(1, '\n').append(serial_number).append(1, '\n').append(overrides);
    return payload_mark(all);
}

revision_change judge_put(const profile_ptr& current, const charge_point_profile& wanted,
                          const revision_condition& condition) {
    using fate = revision_change::fate;
    revision_change c;
    if (current) c.revision = current->revision();
    c.what = fate::refused;
    if (condition && !condition(c.revision)) return c;
    c.what = current ? fate::changed : fate::created;
    c.revision = wanted.revision();
    return c;
}

revision_change judge_removal(const profile_ptr& current, const revision_condition& condition) {
    using fate = revision_change::fate;
    revision_change c;
    c.what = fate::missing;
    if (!current) return c;
    c.revision = current->revision();
    c.what = fate::refused;
    if (condition && !condition(c.revision)) return c;
    c.what = fate::removed;
    c.revision = std::nullopt;
    return c;
}

profile_ptr profile_map::find(std::string_view charge_point_id) const {
    const std::string key = fold_id(charge_point_id);
    const std::shared_lock lock(mutex_);
    const auto found = profiles_.find(key);
    return found == profiles_.end() ? nullptr : found->second;
}

bool profile_map::has_labels(std::string_view charge_point_id, const std::vector<std::string>& labels) const {
    if (labels.empty()) return true;
    const auto profile = find(charge_point_id);
    return profile && profile->has(labels);
}

std::vector<std::string> profile_map::keys_with(const std::vector<std::string>& labels) const {
    std::vector<std::string> keys;
    {
        const std::shared_lock lock(mutex_);
        for (const auto& [key, profile] : profiles_)
            if (profile->has(labels)) keys.push_back(key);
    }
    std::ranges::sort(keys);
    return keys;
}

std::size_t profile_map::size() const {
    const std::shared_lock lock(mutex_);
    return profiles_.size();
}

std::vector<profile_ptr> profile_map::all() const {
    std::vector<profile_ptr> profiles;
    const std::shared_lock lock(mutex_);
    profiles.reserve(profiles_.size());
    for (const auto& [key, profile] : profiles_) profiles.push_back(profile);
    return profiles;
}

void profile_map::put(profile_ptr p) {
    std::string key = fold_id(p->charge_point_id);
    const std::lock_guard lock(mutex_);
    profiles_.insert_or_assign(std::move(key), std::move(p));
}

void profile_map::remove(std::string_view charge_point_id) {
    const std::string key = fold_id(charge_point_id);
    const std::lock_guard lock(mutex_);
    profiles_.erase(key);
}

io_awaitable<revision_change> memory_profiles::put(profile_ptr p, revision_condition condition) {
    const std::lock_guard lock(changing_);
    const auto change = judge_put(map_->find(p->charge_point_id), *p, condition);
    if (change.what != revision_change::fate::refused) map_->put(std::move(p));
    co_return change;
}

io_awaitable<revision_change> memory_profiles::remove(std::string charge_point_id, revision_condition condition) {
    const std::lock_guard lock(changing_);
    const auto change = judge_removal(map_->find(charge_point_id), condition);
    if (change.what == revision_change::fate::removed) map_->remove(charge_point_id);
    co_return change;
}

io_awaitable<std::size_t> memory_profiles::import(std::vector<profile_ptr> profiles) {
    const std::lock_guard lock(changing_);
    for (auto& p : profiles) map_->put(std::move(p));
    co_return profiles.size();
}

}  // namespace voltgate
