#include "stores/memory_credentials.hpp"

#include "text/fold_id.hpp"

#include <utility>

namespace voltgate {

std::optional<credential> credential_map::find(std::string_view charge_point_id) const {
    const std::string key = fold_id(charge_point_id);
    const std::shared_lock lock(mutex_);
    const auto found = credentials_.find(key);
    if (found == credentials_.end()) return std::nullopt;
    return found->second;
}

void credential_map::put(credential c) {
    std::string key = fold_id(c.charge_point_id);
    const std::lock_guard lock(mutex_);
    if (c.empty()) {
        credentials_.erase(key);
    } else {
        credentials_.insert_or_assign(std::move(key), std::move(c));
    }
}

credential_change apply_edit(credential& c, const std::string& charge_point_id, const credential_edit& edit) {
    credential_change result;
    result.was_empty = c.empty();
    if (result.was_empty) c.charge_point_id = charge_point_id;
    result.what = edit(c) ? credential_change::fate::done : credential_change::fate::unchanged;
    return result;
}

io_awaitable<std::optional<credential>> memory_credentials::find(std::string charge_point_id) {
    co_return map_.find(charge_point_id);
}

io_awaitable<credential_change> memory_credentials::change(std::string charge_point_id, credential_edit edit) {
    const std::lock_guard lock(changing_);
    auto c = map_.find(charge_point_id).value_or(credential());
    const auto result = apply_edit(c, charge_point_id, edit);
    if (result.what == credential_change::fate::done) map_.put(std::move(c));
    co_return result;
}

io_awaitable<std::size_t> memory_credentials::put(std::vector<credential> fresh) {
    const std::lock_guard lock(changing_);
    for (auto& c : fresh) map_.put(std::move(c));
    co_return fresh.size();
}

}  // namespace voltgate
