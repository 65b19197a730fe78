#include "journal/id_tag_map.hpp"

#include "stations/charge_point.hpp"
#include "stores/stored_time.hpp"
#include "text/fold_id.hpp"

#include <limits>
#include <mutex>

namespace voltgate {

namespace {

constexpr auto never = std::numeric_limits<std::int64_t>::max();

}  // namespace

std::optional<id_tag_info> id_tag_map::find(std::string_view id_tag) const {
    const std::string key = fold_id(id_tag);
    const std::shared_lock lock(mutex_);
    const auto found = tags_.find(key);
    if (found == tags_.end()) return std::nullopt;
    id_tag_info info;
    info.listed = true;
    info.status = found->second.status;
    info.parent = found->second.parent;
    if (found->second.expires != never) info.expires = time_from_stored(found->second.expires);
    return info;
}

void id_tag_map::put(std::span<const id_tag_entry> entries) {
    const std::lock_guard lock(mutex_);
    for (const auto& e : entries) {
        tags_.insert_or_assign(fold_id(e.id_tag),
                               known_tag{e.parent, e.expires ? stored_time(*e.expires) : never, e.status});
    }
}

void id_tag_map::remove(std::string_view id_tag) {
    const std::string key = fold_id(id_tag);
    const std::lock_guard lock(mutex_);
    tags_.erase(key);
}

}  // namespace voltgate
