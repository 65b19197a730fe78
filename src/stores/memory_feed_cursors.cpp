#include "stores/memory_feed_cursors.hpp"

namespace voltgate {

std::optional<std::uint64_t> feed_cursor_map::find(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    const auto found = cursors_.find(name);
    if (found == cursors_.end()) return std::nullopt;
    return found->second;
}

void feed_cursor_map::put(const std::string& name, std::uint64_t sequence) {
    const std::lock_guard lock(mutex_);
    cursors_[name] = sequence;
}

void feed_cursor_map::remove(std::string_view name) {
    const std::lock_guard lock(mutex_);
    if (const auto found = cursors_.find(name); found != cursors_.end()) cursors_.erase(found);
}

std::vector<feed_cursor> feed_cursor_map::all() const {
    std::vector<feed_cursor> cursors;
    const std::lock_guard lock(mutex_);
    for (const auto& [name, sequence] : cursors_) {
        auto& c = cursors.emplace_back();
        c.name = name;
        c.sequence = sequence;
    }
    return cursors;
}

io_awaitable<attempt<std::optional<std::uint64_t>>> memory_feed_cursors::load(std::string name) {
    attempt<std::optional<std::uint64_t>> loaded;
    loaded.value.emplace(map_.find(name));
    co_return loaded;
}

io_awaitable<bool> memory_feed_cursors::remove(std::string name) {
    map_.remove(name);
    co_return true;
}

io_awaitable<attempt<std::vector<feed_cursor>>> memory_feed_cursors::list() {
    attempt<std::vector<feed_cursor>> listed;
    listed.value = map_.all();
    co_return listed;
}

}  // namespace voltgate
