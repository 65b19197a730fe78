#include "gateway/charge_point.hpp"

#include "gateway/device_model.hpp"

#include <algorithm>
#include <utility>

namespace voltgate {

std::string fold_id(std::string_view id) {
    std::string folded(id);
    for (char& c : folded)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return folded;
}

void charge_point::set_boot(boot_record b) {
    auto fresh = std::make_unique<boot_record>(std::move(b));
    const std::lock_guard lock(mutex_);
    boot_ = std::move(fresh);
}

std::unique_ptr<const boot_record> charge_point::boot() const {
    const std::lock_guard lock(mutex_);
    return boot_ ? std::make_unique<const boot_record>(*boot_) : nullptr;
}

std::string charge_point::status_of(connector_address where) const {
    const std::lock_guard lock(mutex_);
    for (const auto& c : connectors_)
        if (c.connector_id == where.connector && c.evse_id == where.evse) return c.status;
    return {};
}

void charge_point::set_status(connector_address where, std::string_view status, std::string_view error_code,
                              std::chrono::system_clock::time_point at) {
    const std::lock_guard lock(mutex_);
    auto found = std::find_if(connectors_.begin(), connectors_.end(), [&](const connector_record& c) {
        return c.connector_id == where.connector && c.evse_id == where.evse;
    });
    if (found == connectors_.end()) {
        if (connectors_.size() >= most_connectors) return;
        connectors_.reserve(connectors_.size() + 1);
        found = connectors_.emplace(connectors_.end());
        found->evse_id = where.evse;
        found->connector_id = where.connector;
    }
    found->status.assign(status.substr(0, 64));
    found->error_code.assign(error_code.substr(0, 64));
    found->at = at;
}

std::vector<connector_record> charge_point::connectors() const {
    const std::lock_guard lock(mutex_);
    return connectors_;
}

void charge_point::add_deviation(rule r, std::uint32_t times) {
    const std::lock_guard lock(mutex_);
    const auto found =
        std::find_if(deviations_.begin(), deviations_.end(), [r](const auto& d) { return d.first == r; });
    if (found != deviations_.end()) {
        found->second += times;
    } else {
        deviations_.emplace_back(r, times);
    }
}

std::vector<std::pair<rule, std::uint32_t>> charge_point::deviations() const {
    const std::lock_guard lock(mutex_);
    return deviations_;
}

std::shared_ptr<device_model> charge_point::variables() const {
    const std::lock_guard lock(mutex_);
    return variables_;
}

std::shared_ptr<device_model> charge_point::variables_to_learn(memory_budget& memory) {
    const std::lock_guard lock(mutex_);
    if (!variables_) variables_ = std::make_shared<device_model>(memory);
    return variables_;
}

void charge_point::set_news(charge_point_news n) {
    if (n.firmware_status.empty() && n.diagnostics_status.empty()) return;
    auto fresh = std::make_unique<charge_point_news>(std::move(n));
    const std::lock_guard lock(mutex_);
    news_ = std::move(fresh);
}

charge_point_news charge_point::news() const {
    const std::lock_guard lock(mutex_);
    return news_ ? *news_ : charge_point_news();
}

}  // namespace voltgate
