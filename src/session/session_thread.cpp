#include "session/session_thread.hpp"

#include <algorithm>
#include <iterator>

namespace voltgate {

std::vector<history_entry> messages_of(const session_threads& threads, std::string_view charge_point_id,
                                       std::size_t limit) {
    std::vector<history_entry> all;
    for (const auto& thread : threads) {
        auto some = thread->history.of(charge_point_id, limit);
        std::vector<history_entry> merged;
        merged.reserve(all.size() + some.size());
        std::merge(std::make_move_iterator(all.begin()), std::make_move_iterator(all.end()),
                   std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()),
                   std::back_inserter(merged), [](const auto& a, const auto& b) { return a.time < b.time; });
        all = std::move(merged);
    }
    if (all.size() > limit) all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(limit));
    return all;
}

void rewrite_messages(const session_threads& threads, const std::function<std::string(std::string_view)>& change) {
    for (const auto& thread : threads) thread->history.rewrite(change);
}

}  // namespace voltgate
