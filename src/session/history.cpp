#include "session/history.hpp"

#include "observe/log.hpp"
#include "ocpp/personal.hpp"

#include <algorithm>
#include <cstring>

namespace voltgate {

std::string_view to_string(frame_direction d) noexcept { return d == frame_direction::received ? "received" : "sent"; }

std::string_view to_string(verdict v) noexcept {
    switch (v) {
        case verdict::ok: return "ok";
        case verdict::deviating: return "deviating";
        case verdict::refused: return "refused";
        case verdict::unreadable: return "unreadable";
    }
    return "?";
}

namespace {

char folded(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_charge_point(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return folded(x) == folded(y); });
}

}  // namespace

history_ring::history_ring(std::size_t bytes) : bytes_(bytes) {}  // zero-filled: resident from the start

void history_ring::make_room(std::size_t size) {
    const auto drop_oldest = [this] {
        header oldest;
        std::memcpy(&oldest, bytes_.data() + begin_, sizeof oldest);
        begin_ += oldest.size;
        if (begin_ == used_end_) {
            begin_ = 0;
            wrapped_ = false;
        }
    };
    if (!wrapped_ && end_ + size > bytes_.size()) {
        used_end_ = end_;
        end_ = 0;
        wrapped_ = used_end_ != 0;
    }
    while (wrapped_ && end_ + size > begin_) drop_oldest();
    if (!wrapped_ && end_ + size > bytes_.size()) {  // the wrap was used up while dropping
        used_end_ = end_;
        end_ = 0;
        wrapped_ = true;
        while (wrapped_ && end_ + size > begin_) drop_oldest();
    }
}

void history_ring::show(std::string_view charge_point_id, frame_direction direction, verdict v, std::string_view text) {
    std::string shown(text);
    if (!log_tags_) ocpp::mask_tags(shown);
    log_->trace("frame", {{"charge_point", charge_point_id},
                          {"direction", to_string(direction)},
                          {"verdict", to_string(v)},
                          {"text", shown}});
}

void history_ring::add(std::string_view charge_point_id, std::chrono::system_clock::time_point time,
                       frame_direction direction, verdict v, std::string_view text) {
    if (log_ && log_->enabled(log_config::severity::trace)) show(charge_point_id, direction, v, text);
    if (bytes_.empty()) return;
    text = text.substr(0, bytes_.size() / 8);
    charge_point_id = charge_point_id.substr(0, 255);
    constexpr std::size_t alignment = alignof(header);
    const std::size_t size =
        (sizeof(header) + charge_point_id.size() + text.size() + alignment - 1) / alignment * alignment;
    if (size > bytes_.size() / 2) return;
    const header h{std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count(),
                   static_cast<std::uint32_t>(size),
                   static_cast<std::uint32_t>(text.size()),
                   static_cast<std::uint16_t>(charge_point_id.size()),
                   direction,
                   v};
    const std::lock_guard lock(mutex_);
    make_room(size);
    char* at = bytes_.data() + end_;
    std::memcpy(at, &h, sizeof h);
    std::memcpy(at + sizeof h, charge_point_id.data(), charge_point_id.size());
    std::memcpy(at + sizeof h + charge_point_id.size(), text.data(), text.size());
    end_ += size;
}

template <class Each>
void history_ring::walk(Each each) const {
    const auto scan = [&](std::size_t from, std::size_t to) {
        while (from < to) {
            header h;
            std::memcpy(&h, bytes_.data() + from, sizeof h);
            each(from, h);
            from += h.size;
        }
    };
    if (wrapped_) {
        scan(begin_, used_end_);
        scan(0, end_);
    } else {
        scan(begin_, end_);
    }
}

std::vector<history_entry> history_ring::of(std::string_view charge_point_id, std::size_t limit) const {
    std::vector<std::size_t> found;
    const std::lock_guard lock(mutex_);
    walk([&](std::size_t at, const header& h) {
        const std::string_view id(bytes_.data() + at + sizeof h, h.id_size);
        if (same_charge_point(id, charge_point_id)) found.push_back(at);
    });
    if (found.size() > limit) found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(limit));
    std::vector<history_entry> entries;
    entries.reserve(found.size());
    for (const std::size_t at : found) {
        header h;
        std::memcpy(&h, bytes_.data() + at, sizeof h);
        history_entry e;
        e.time = std::chrono::system_clock::time_point(
            std::chrono::duration_cast<std::chrono::system_clock::duration>(std::chrono::microseconds(h.time_us)));
        e.direction = h.direction;
        e.verdict = h.verdict;
        e.text.assign(bytes_.data() + at + sizeof h + h.id_size, h.text_size);
        entries.push_back(std::move(e));
    }
    return entries;
}

void history_ring::rewrite(const std::function<std::string(std::string_view)>& change) {
    const std::lock_guard lock(mutex_);
    walk([&](std::size_t at, header h) {
        char* const text = bytes_.data() + at + sizeof h + h.id_size;
        const std::string_view old(text, h.text_size);
        const std::string fresh = change(old).substr(0, old.size());
        if (fresh == old) return;
        std::fill_n(text, h.text_size, ' ');
        std::memcpy(text, fresh.data(), fresh.size());
        h.text_size = static_cast<std::uint32_t>(fresh.size());
        std::memcpy(bytes_.data() + at, &h, sizeof h);
    });
}

}  // namespace voltgate
