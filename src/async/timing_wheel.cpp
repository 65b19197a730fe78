#include "async/timing_wheel.hpp"

#include <algorithm>
#include <bit>

namespace voltgate {

timing_wheel::~timing_wheel() {
    const auto empty = [](list& l) {
        while (!l.alone()) l.next_->unlink();
    };
    empty(due_);
    for (auto& level : lists_)
        for (auto& l : level) empty(l);
}

std::uint64_t timing_wheel::tick_of(time_point t) noexcept {
    const auto passed = std::chrono::duration_cast<std::chrono::nanoseconds>(t.time_since_epoch()).count();
    return static_cast<std::uint64_t>(std::max<std::int64_t>(passed, 0)) / static_cast<std::uint64_t>(tick.count());
}

void timing_wheel::append(wheel_link& list, wheel_link& one) noexcept {
    one.next_ = &list;
    one.prev_ = list.prev_;
    list.prev_->next_ = &one;
    list.prev_ = &one;
}

void timing_wheel::arm(wheel_node& node, deadline at) noexcept {
    if (at.is_never()) return node.disarm();
    const bool later = node.armed() && node.at_ <= at.time();
    node.at_ = at.time();
    if (later) return;  // it is found where it stands, and put where it belongs then
    node.unlink();
    insert(node);
}

void timing_wheel::insert(wheel_node& node) noexcept {
    const std::uint64_t at = std::max(tick_of(node.at_), now_);
    const auto highest_bit = static_cast<unsigned>(std::bit_width((at ^ now_) | 1U)) - 1;
    const std::size_t level = highest_bit / slot_bits;
    const std::size_t slot = (at >> (level * slot_bits)) % slots;
    append(lists_[level][slot], node);
    used_[level] |= std::uint64_t{1} << slot;
}

bool timing_wheel::find_first(place& found) noexcept {
    for (std::size_t level = 0; level < levels; ++level) {
        while (used_[level] != 0) {
            const auto slot = static_cast<std::size_t>(std::countr_zero(used_[level]));
            if (lists_[level][slot].alone()) {  // they have left by themselves
                used_[level] &= used_[level] - 1;
                continue;
            }
            const auto upper = (level + 1) * slot_bits;
            found = {level, slot, now_ >> upper << upper | slot << (level * slot_bits)};
            return true;
        }
    }
    return false;
}

void timing_wheel::gather(list& from, time_point now) noexcept {
    list taken;
    append(from, taken);  // the list hangs on `taken` now, and `from` is alone
    from.unlink();
    while (!taken.alone()) {
        auto& node = static_cast<wheel_node&>(*taken.next_);
        node.unlink();
        if (node.at_ <= now) {
            append(due_, node);
        } else {
            insert(node);
        }
    }
}

void timing_wheel::advance(time_point now) {
    const std::uint64_t until = std::max(tick_of(now), now_);
    place first;
    while (find_first(first) && first.start <= until) {
        now_ = std::max(now_, first.start);
        used_[first.level] &= ~(std::uint64_t{1} << first.slot);
        gather(lists_[first.level][first.slot], now);
        if (first.level == 0 && first.start == until) break;  // the rest of this tick is still to come
    }
    now_ = until;
    while (!due_.alone()) {
        auto& node = static_cast<wheel_node&>(*due_.next_);
        node.unlink();
        if (node.at_ > now) {  // one of those before it has moved it
            insert(node);
            continue;
        }
        const wheel_call call = node.call_;
        call.function(call.context, now);
    }
}

deadline timing_wheel::next() noexcept {
    const auto start_of = [](std::uint64_t t) {
        return deadline::at(time_point(std::chrono::nanoseconds(static_cast<std::int64_t>(t) * tick.count())));
    };
    if (!due_.alone()) return start_of(now_);
    place first;
    if (!find_first(first)) return deadline::never();
    return start_of(first.level == 0 ? first.start + 1 : first.start);
}

}  // namespace voltgate
