#include "stations/settings_book.hpp"

#include <algorithm>
#include <utility>

namespace voltgate {

settings_book::settings_book(std::shared_ptr<const config> c)
    : config_(std::move(c)), general_(std::make_shared<const charge_point_settings>(settings::apply(*config_, {}))) {}

effective_settings settings_book::find(std::string_view charge_point_id, const std::optional<told_model>& booted,
                                       profile_ptr own) {
    effective_settings e;
    e.from = config_;
    e.own = std::move(own);
    e.layers = settings::layers_of(*config_, charge_point_id, booted ? &*booted : nullptr);
    if (e.own && e.own->overriding) e.layers.push_back({settings::layer::kind::own, 0, e.own->overriding.get()});
    std::string key;
    for (const auto& l : e.layers) key.append(settings::name_of(l)) += ' ';
    if (e.own) key.append(e.own->serial_number).append(1, '\n').append(e.own->overrides);
    e.in_force = e.layers.empty() && (!e.own || e.own->serial_number.empty()) ? general_ : shared(key, e);
    return e;
}

settings_ptr settings_book::shared(const std::string& key, const effective_settings& e) {
    const std::lock_guard lock(mutex_);
    auto& known = shared_[key];
    if (auto in_use = known.lock()) return in_use;
    auto made = settings::apply(*config_, e.layers);
    if (e.own && !e.own->serial_number.empty()) made.serial_number = e.own->serial_number;
    auto fresh = std::make_shared<const charge_point_settings>(std::move(made));
    known = fresh;
    if (shared_.size() >= tidy_at_) {
        std::erase_if(shared_, [](const auto& entry) { return entry.second.expired(); });
        tidy_at_ = std::max<std::size_t>(1000, shared_.size() * 2);
    }
    return fresh;
}

}  // namespace voltgate
