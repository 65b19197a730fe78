// Recent frames of all charge points, both directions: one byte-bounded ring per I/O thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

class log;

enum class frame_direction : std::uint8_t { received, sent };

/// What became of a frame, as `…/messages` shows it.
enum class verdict : std::uint8_t { ok, deviating, refused, unreadable };

[[nodiscard]] std::string_view to_string(frame_direction d) noexcept;
[[nodiscard]] std::string_view to_string(verdict v) noexcept;

struct history_entry {
    std::chrono::system_clock::time_point time;
    frame_direction direction{};
    voltgate::verdict verdict{};
    std::string text;
};

/// Thread-safe; written by one I/O thread, read by requests. Texts longer than an eighth of the ring are cut.
class history_ring {
  public:
    explicit history_ring(std::size_t bytes);

    /// From here on what is added is shown at level trace too, with the tags in it or without. Before there are readers
    /// and writers.
    void show_in(log& l, bool personal) noexcept {
        log_ = &l;
        log_tags_ = personal;
    }

    void add(std::string_view charge_point_id, std::chrono::system_clock::time_point time, frame_direction direction,
             verdict v, std::string_view text);

    /// The newest entries of one charge point, oldest first, at most `limit`.
    [[nodiscard]] std::vector<history_entry> of(std::string_view charge_point_id, std::size_t limit) const;

    /// Puts what `change` makes of each text in its place, as far as there is room for it.
    void rewrite(const std::function<std::string(std::string_view)>& change);

  private:
    struct header {
        std::int64_t time_us;
        std::uint32_t size;  // of the whole record, header included, rounded up
        std::uint32_t text_size;
        std::uint16_t id_size;
        frame_direction direction;
        voltgate::verdict verdict;
    };

    void show(std::string_view charge_point_id, frame_direction direction, verdict v, std::string_view text);
    void make_room(std::size_t size);
    /// Calls `each` with the place of every record, oldest first.
    template <class Each>
    void walk(Each each) const;

    log* log_ = nullptr;
    bool log_tags_ = false;
    mutable std::mutex mutex_;
    std::vector<char> bytes_;
    std::size_t begin_ = 0;     // the oldest record
    std::size_t end_ = 0;       // where the next one goes
    std::size_t used_end_ = 0;  // while wrapped: where the records before the wrap end
    bool wrapped_ = false;
};

}  // namespace voltgate
