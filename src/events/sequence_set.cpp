#include "events/sequence_set.hpp"

#include <algorithm>
#include <charconv>

namespace voltgate {

sequence_set::sequence_set(std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        std::pair<std::int64_t, std::int64_t> range;
        const auto first = std::from_chars(at, end, range.first);
        if (first.ec != std::errc()) return;
        range.second = range.first;
        at = first.ptr;
        if (at != end && *at == '-') {
            const auto last = std::from_chars(at + 1, end, range.second);
            if (last.ec != std::errc() || range.second < range.first) return;
            at = last.ptr;
        }
        ranges_.push_back(range);
        if (at != end && *at++ != ',') return;
    }
}

bool sequence_set::contains(std::int64_t number) const noexcept {
    return std::any_of(ranges_.begin(), ranges_.end(),
                       [number](const auto& r) { return r.first <= number && number <= r.second; });
}

std::int64_t sequence_set::missing_before(std::int64_t number) const noexcept {
    if (ranges_.empty() || number <= ranges_.back().second) return 0;
    return number - ranges_.back().second - 1;
}

void sequence_set::add(std::int64_t number) {
    const auto behind = std::find_if(ranges_.begin(), ranges_.end(), [number](const auto& r) {
        return number <= r.second || number - r.second == 1;  // it belongs to this one, or before it
    });
    if (behind == ranges_.end()) {
        ranges_.emplace_back(number, number);
    } else if (number < behind->first) {
        if (behind->first - number == 1) {
            behind->first = number;
        } else {
            ranges_.insert(behind, {number, number});
        }
    } else if (number > behind->second) {
        behind->second = number;
        const auto next = behind + 1;
        if (next != ranges_.end() && next->first - number == 1) {
            behind->second = next->second;
            ranges_.erase(next);
        }
    }
    if (ranges_.size() <= most_ranges) return;
    // Never the number that has just come: it would be fresh again and again.
    const auto oldest = ranges_.begin();
    ranges_.erase(oldest->first == number ? oldest + 1 : oldest);
}

std::string sequence_set::text() const {
    std::string out;
    for (const auto& [first, last] : ranges_) {
        if (!out.empty()) out += ',';
        out += std::to_string(first);
        if (last != first) out.append(1, '-').append(std::to_string(last));
    }
    return out;
}

}  // namespace voltgate
