#include "stations/settings_view.hpp"

#include "config/differences.hpp"
#include "observe/log.hpp"
#include "session/session.hpp"
#include "stations/registry.hpp"

#include <boost/asio/dispatch.hpp>

#include <utility>

namespace voltgate {

settings_view::settings_view(const config& started, const profile_map& profiles, const registry& stations, log& l)
    : started_(started),
      profiles_(profiles),
      stations_(stations),
      log_(l),
      book_(std::make_shared<settings_book>(std::shared_ptr<const config>(std::shared_ptr<void>(), &started))) {}

std::shared_ptr<const config> settings_view::in_force() const {
    const std::lock_guard lock(mutex_);
    return book_->from();
}

std::vector<config_error> settings_view::take_over(const config& c) {
    auto next = std::make_shared<config>(started_);
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
    log_.set_level(c.log.level);
    std::string waiting;
    for (const auto& key : settings::differing_keys(*next, c)) waiting.append(waiting.empty() ? "" : ", ").append(key);
    if (!waiting.empty()) log_.warning("what was changed here is taken over by a restart alone", {{"keys", waiting}});
    const std::lock_guard lock(mutex_);
    book_ = std::move(book);
    return wrong;
}

effective_settings settings_view::effective_of(std::string_view charge_point_id, profile_ptr own) const {
    std::shared_ptr<settings_book> book;
    {
        const std::lock_guard lock(mutex_);
        book = book_;
    }
    std::optional<told_model> booted;
    if (const auto record = book->asks_for_models() ? stations_.find(charge_point_id) : nullptr)
        booted = record->model();
    return book->find(charge_point_id, booted, std::move(own));
}

void settings_view::renew(std::string_view charge_point_id) const {
    const auto live = stations_.locate(charge_point_id).live;
    if (!live) return;
    asio::dispatch(live->thread().executor(), [this, live] { live->use_settings(of(live->charge_point_id())); });
}

}  // namespace voltgate
