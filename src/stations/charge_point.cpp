#include "stations/charge_point.hpp"

#include "stations/device_model.hpp"
#include "text/beginning_of.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace voltgate {

namespace {

constexpr std::array boot_texts = {
    &boot_record::vendor, &boot_record::model, &boot_record::serial_number, &boot_record::firmware_version,
    &boot_record::iccid,  &boot_record::imsi,  &boot_record::meter_type,    &boot_record::meter_serial_number};

}  // namespace

std::string_view to_string(boot_config::status s) noexcept {
    switch (s) {
        case boot_config::status::accepted: return "Accepted";
        case boot_config::status::pending: return "Pending";
        case boot_config::status::rejected: return "Rejected";
    }
    return "Rejected";
}

bool charge_point::withholds(std::string_view action) const noexcept {
    if (!registered) return false;
    const auto status = registration.load();
    if (status != boot_config::status::pending) return status == boot_config::status::rejected;
    return action == "RemoteStartTransaction" || action == "RemoteStopTransaction" ||
           action == "RequestStartTransaction" || action == "RequestStopTransaction";
}

bool charge_point::set_boot(const boot_record& b) {
    auto fresh = std::make_unique<packed_boot>();
    fresh->at = b.at;
    std::string texts;
    for (std::size_t i = 0; i < boot_texts.size(); ++i) {
        const auto text = beginning_of(b.*boot_texts[i], 255);
        fresh->lengths[i] = static_cast<std::uint8_t>(text.size());
        texts += text;
    }
    fresh->texts.assign(texts);  // exactly as large
    const std::lock_guard lock(mutex_);
    const bool same = boot_ && texts_of_model(*boot_) == texts_of_model(*fresh);
    boot_ = std::move(fresh);
    return !same;
}

std::unique_ptr<const boot_record> charge_point::boot() const {
    const std::lock_guard lock(mutex_);
    if (!boot_) return nullptr;
    auto b = std::make_unique<boot_record>();
    b->at = boot_->at;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < boot_texts.size(); ++i) {
        b.get()->*boot_texts[i] = boot_->texts.substr(begin, boot_->lengths[i]);
        begin += boot_->lengths[i];
    }
    return b;
}

// In the order of boot_texts.
std::array<std::string_view, 3> charge_point::texts_of_model(const packed_boot& b) noexcept {
    const auto& size = b.lengths;
    const std::string_view all = b.texts;
    const auto firmware_at = std::size_t{size[0]} + size[1] + size[2];
    return {all.substr(0, size[0]), all.substr(size[0], size[1]), all.substr(firmware_at, size[3])};
}

std::optional<told_model> charge_point::model() const {
    const std::lock_guard lock(mutex_);
    if (!boot_) return std::nullopt;
    const auto [vendor, model, firmware] = texts_of_model(*boot_);
    return told_model{std::string(vendor), std::string(model), std::string(firmware)};
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
    found->status.assign(beginning_of(status, 64));
    found->error_code.assign(beginning_of(error_code, 64));
    found->at = at;
}

void charge_point::transaction_began(std::int64_t place) {
    const std::lock_guard lock(mutex_);
    if (!open_places_) open_places_ = std::make_unique<std::vector<open_place>>();
    std::erase_if(*open_places_, [place](const open_place& o) { return o.place == place; });
    if (open_places_->size() < most_connectors) open_places_->push_back({place, false});
}

void charge_point::transaction_ended(std::int64_t place) {
    const std::lock_guard lock(mutex_);
    if (!open_places_) return;
    std::erase_if(*open_places_, [place](const open_place& o) { return o.place == place; });
    if (open_places_->empty()) open_places_.reset();
}

bool charge_point::finds_left_open(std::optional<std::int64_t> place) {
    const std::lock_guard lock(mutex_);
    if (!open_places_) return false;
    bool found = false;
    for (auto& o : *open_places_) {
        if (o.told || (place && o.place != *place)) continue;
        o.told = found = true;
    }
    return found;
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

void charge_point::set_maintenance(maintenance_status n) {
    if (n.firmware_status.empty() && n.diagnostics_status.empty()) return;
    auto fresh = std::make_unique<maintenance_status>(std::move(n));
    const std::lock_guard lock(mutex_);
    news_ = std::move(fresh);
}

maintenance_status charge_point::maintenance() const {
    const std::lock_guard lock(mutex_);
    return news_ ? *news_ : maintenance_status();
}

}  // namespace voltgate
