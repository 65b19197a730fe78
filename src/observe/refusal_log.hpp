// The refusals of late: for the log, a line each as long as they are few; for /api/v1/refusals, the last of every kind;
// for /metrics, their number. Bounded in all three, whatever comes.
#pragma once

#include "async/token_bucket.hpp"
#include "observe/refusal.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace voltgate {

class log;

/// Thread-safe.
class refusal_log {
  public:
    using wall_time = std::chrono::system_clock::time_point;
    using steady_time = token_bucket::time_point;

    static constexpr std::size_t most_kept = 1000;
    static constexpr std::size_t longest_text = 256;  // of a path and the like; longer ones are cut

    /// The same, again and again: one reason, address, listener and charge point. Texts are those of the last time.
    struct entry {
        refusal what;
        wall_time first, last;
        std::uint64_t count = 0;
        std::uint64_t number = 0;  // larger: later
    };

    struct query {
        std::string_view charge_point_id;  // without regard to case; empty: any
        std::optional<refusal_reason> reason;
        std::size_t limit = 100;
        std::uint64_t before = 0;  // a number; 0: from the newest on
    };
    struct page {
        std::vector<entry> items;  // the newest first
        std::uint64_t next = 0;    // for `before`; 0: there are no more
    };

    /// Texts that came from outside may hold anything: they are cut, and made valid UTF-8.
    void add(refusal r, wall_time now, steady_time steady, log& l);
    /// Tells the log, at most every ten seconds, how many it was not told of.
    void tell_unlogged(steady_time now, log& l);

    [[nodiscard]] page read(const query& q) const;
    /// Takes those out that are `unwanted`, and says how many; their number stays counted.
    std::size_t forget(const std::function<bool(const refusal&)>& unwanted);
    [[nodiscard]] std::array<std::uint64_t, refusal_reason_count> counts() const noexcept;

  private:
    void keep(refusal&& r, wall_time now);

    std::array<std::atomic<std::uint64_t>, refusal_reason_count> counts_{};
    mutable std::mutex mutex_;
    std::list<entry> entries_;  // the newest first
    std::unordered_map<std::string, std::list<entry>::iterator> by_key_;
    std::uint64_t last_number_ = 0;
    std::array<token_bucket, refusal_reason_count> lines_{};
    std::array<std::uint64_t, refusal_reason_count> unlogged_{};
    steady_time told_unlogged_{};
};

}  // namespace voltgate
