// The settings that charge points go by: of the configuration as it is now, of their models, and their own.
#include "config/differences.hpp"
#include "gateway/core.hpp"

#include <boost/asio/dispatch.hpp>

#include <utility>

namespace voltgate {

std::shared_ptr<const voltgate::config> gateway_core::in_force() const {
    const std::lock_guard lock(in_force_mutex_);
    return in_force_->from();
}

std::vector<config_error> gateway_core::take_over(const voltgate::config& c) {
    auto next = std::make_shared<voltgate::config>(config_);
    next->boot = c.boot;
    next->conformance = c.conformance;
    next->models = c.models;
    next->charge_points = c.charge_points;
    next->transactions = c.transactions;
    next->session.ping_interval = c.session.ping_interval;
    next->session.idle_timeout = c.session.idle_timeout;
    next->timestamp_milliseconds = c.timestamp_milliseconds;
    next->api.tokens = c.api.tokens;
    next->api.cors_origins = c.api.cors_origins;
    next->log.level = c.log.level;
    auto wrong = check_config(*next);
    if (!wrong.empty()) return wrong;
    auto book = std::make_shared<settings_book>(next);
    log_->set_level(c.log.level);
    std::string waiting;
    for (const auto& key : settings::differing_keys(*next, c)) waiting.append(waiting.empty() ? "" : ", ").append(key);
    if (!waiting.empty()) log_->warning("what was changed here is taken over by a restart alone", {{"keys", waiting}});
    const std::lock_guard lock(in_force_mutex_);
    in_force_ = std::move(book);
    return wrong;
}

effective_settings gateway_core::effective_settings_of(std::string_view charge_point_id, profile_ptr own) const {
    std::shared_ptr<settings_book> book;
    {
        const std::lock_guard lock(in_force_mutex_);
        book = in_force_;
    }
    std::optional<told_model> booted;
    if (const auto record = book->asks_for_models() ? registry_.find(charge_point_id) : nullptr)
        booted = record->model();
    return book->find(charge_point_id, booted, std::move(own));
}

void gateway_core::renew_settings(std::string_view charge_point_id) {
    const auto live = registry_.locate(charge_point_id).live;
    if (!live) return;
    asio::dispatch(live->thread().executor(),
                   [this, live] { live->use_settings(settings_of(live->charge_point_id())); });
}

}  // namespace voltgate
