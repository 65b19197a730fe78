#include "stores/message_memory.hpp"

#include <algorithm>

namespace voltgate {

message_memory::message_memory(std::span<const message_mark> marks, std::uint64_t told,
                               std::optional<std::int64_t> latest)
    : told_(told), latest_(latest) {
    const auto kept = marks.last(std::min({marks.size(), most, static_cast<std::size_t>(told)}));
    marks_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(told, most)));
    std::uint64_t index = told - kept.size();
    for (const auto mark : kept) marks_[index++ % most] = mark;
}

bool message_memory::repeated(message_mark mark, std::optional<std::int64_t> at) const noexcept {
    if (mark == 0 || is_later(at)) return false;
    return std::find(marks_.begin(), marks_.end(), mark) != marks_.end();
}

bool message_memory::may_be_repeated(std::optional<std::int64_t> at) const noexcept {
    const bool some_forgotten = told_ > marks_.size() || (!marks_.empty() && marks_.front() == 0);
    return some_forgotten && !is_later(at);
}

void message_memory::note(message_mark mark, std::optional<std::int64_t> at) {
    if (marks_.size() < most) {
        marks_.push_back(mark);
    } else {
        marks_[told_ % most] = mark;
    }
    ++told_;
    if (at && (!latest_ || *at > *latest_)) latest_ = at;
}

void message_memory::undo(std::optional<std::int64_t> latest) noexcept {
    --told_;
    if (told_ < marks_.size()) {
        marks_.pop_back();
    } else {
        marks_[told_ % most] = 0;  // what stood there is forgotten one message early
    }
    latest_ = latest;
}

}  // namespace voltgate
