// All charge points that were ever seen, and the one live session of each. Thread-safe; every call is short.
#pragma once

#include "stations/charge_point.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

class session;

class registry {
  public:
    explicit registry(const limits_config& limits) : limits_(limits) {}

    struct entry_result {
        std::shared_ptr<charge_point> record;
        std::shared_ptr<session> replaced;  // the session it took over from, if any
        std::shared_ptr<session> leaving;   // else the one whose end is being told: wait for it
        bool stronger = false;              // a session that is authenticated more strongly is there: likewise
        bool stale = false;                 // a newer connection is there already, or on another node: it has lost
        bool outdated = false;              // an older connection had a larger epoch: claim another one
    };
    /// Makes `s` the live session of its identity.
    [[nodiscard]] entry_result enter(const std::shared_ptr<session>& s, std::uint64_t epoch);

    /// `s` has ended; no effect if it is not, or no longer, the live session.
    void leave(const session& s, std::chrono::system_clock::time_point now);
    /// And all of it is told: who enters next need not wait for it.
    void left(const session& s);

    /// Another node has it: who claimed it with this epoch or an earlier one is too late. The session that ends by
    /// that; null: none does, a newer one too.
    [[nodiscard]] std::shared_ptr<session> lose(std::string_view id, std::uint64_t epoch);

    /// How long the next takeover of this identity is to be delayed: zero, unless they come too often.
    /// Counts this one if a session is live.
    [[nodiscard]] std::chrono::milliseconds takeover_delay(std::string_view id,
                                                           std::chrono::steady_clock::time_point now);

    /// Null when nothing is known of it.
    [[nodiscard]] std::shared_ptr<charge_point> find(std::string_view id) const;
    struct located {
        std::shared_ptr<charge_point> record;  // null: unknown
        std::shared_ptr<session> live;         // null: not connected
    };
    [[nodiscard]] located locate(std::string_view id) const;

    /// Records in the order of their keys, after `after`, at most `limit`, with their sessions.
    [[nodiscard]] std::vector<located> page(std::string_view after, std::size_t limit, bool connected_only) const;

    [[nodiscard]] std::size_t size() const;

    /// A charge point that is known from before, and not connected. Those added first are forgotten first.
    void add_known(std::shared_ptr<charge_point> record);
    /// A charge point that may never have been seen.
    void remember(std::string_view id);
    /// One that was never seen is known no more.
    void forget_unseen(std::string_view id);
    /// Forgets them all, and lets go of their sessions.
    void clear();

  private:
    [[nodiscard]] const std::shared_ptr<charge_point>& record_of(std::string_view id);
    void forget_longest_unseen();

    const limits_config limits_;
    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<charge_point>, std::less<>> records_;  // by folded id
};

}  // namespace voltgate
