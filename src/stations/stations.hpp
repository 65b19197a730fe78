// How sessions come and go: identities claimed and taken over, what is told of that.
#pragma once

#include "events/memory_budget.hpp"
#include "observe/refusal.hpp"
#include "security/authentication.hpp"
#include "session/host.hpp"
#include "stations/registry.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

class log;
class publisher;
class refusal_log;
struct ownership_claim;
struct stores;

class stations final : public session_host {
  public:
    /// What it works with; all outlives it.
    struct parts {
        const config& settings;
        const clock_source& clock;
        voltgate::log& log;
        voltgate::registry& registry;
        voltgate::publisher& publisher;
        const voltgate::stores& stores;
        refusal_log& refusals;
    };
    explicit stations(const parts& p) : parts_(p), large_messages_(p.settings.limits.large_message_bytes) {}

    /// `came`: is told the key of each charge point that is in the registry from now on. Before the threads run.
    void set_observer(std::function<void(const std::string& key)> came) { came_ = std::move(came); }

    /// Another node has this charge point now: its session here ends as `replaced`, unless it claimed the charge point
    /// later than with this epoch. Any thread, while the I/O threads are there.
    void lost(const std::string& charge_point_id, std::uint64_t epoch);

    /// A session is going to be started. Any thread.
    void expect_session() noexcept { ++live_sessions_; }
    /// Those whose coroutine is not over. Any thread.
    [[nodiscard]] std::size_t live_sessions() const noexcept { return live_sessions_; }

    /// A session that is not let in after all, for GET /api/v1/refusals, the log and the metrics. On its strand; the
    /// caller closes it.
    void note_refusal(session& s, refusal_reason why, authentication_failure counted_as, std::string detail);

    // session_host
    io_awaitable<void> enter(std::shared_ptr<session> s) override;
    void leave(session& s, end_reason why) override;
    void session_over() override { --live_sessions_; }
    void deviated(session& s, rule r, std::string_view text) override;
    [[nodiscard]] memory_budget& large_messages() noexcept override { return large_messages_; }

  private:
    /// With what the store says within its time; else the session is closed, and it is told why.
    io_awaitable<std::optional<ownership_claim>> claim(session& s);
    void refuse_unclaimed(session& s, std::string detail);
    void add_refusal(session& s, refusal_reason why, std::string detail);
    void tell_arrival(session& s);
    void tell_departure(session& s, end_reason why);

    const parts parts_;
    memory_budget large_messages_;
    std::function<void(const std::string&)> came_;
    std::atomic<std::size_t> live_sessions_{0};
};

}  // namespace voltgate
