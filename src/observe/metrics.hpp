// What the gateway counts, and its text for Prometheus.
//
// Counting is on the path of every message: each I/O thread has a shard of plain counters, found by index, that are
// added up when somebody asks. No lock, no look-up, no allocation; and no label that a charge point could choose.
#pragma once

#include "observe/authentication_failure.hpp"
#include "observe/journal_stats.hpp"
#include "observe/refusal.hpp"

#include <voltgate/command.hpp>
#include <voltgate/conformance.hpp>
#include <voltgate/event.hpp>
#include <voltgate/ocpp/version.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

class metrics {
  public:
    /// Instead of an action's index: an action that the version does not have, or none at all.
    static constexpr std::uint16_t other_action = 0xFFFF;

    enum class message : std::uint8_t { call, call_result, call_error, call_result_error, send };
    static constexpr std::size_t message_count = static_cast<std::size_t>(message::send) + 1;

    enum class direction : std::uint8_t { received, sent };
    static constexpr std::size_t direction_count = static_cast<std::size_t>(direction::sent) + 1;

    /// What became of a request for a charge point connection.
    enum class connection_result : std::uint8_t {
        accepted,
        bad_request,  // no usable WebSocket handshake
        bad_identity,
        unknown_charge_point,
        unauthorized,
        no_subprotocol,  // none in common
        over_limit,
        stopping,
    };
    static constexpr std::size_t connection_result_count = static_cast<std::size_t>(connection_result::stopping) + 1;

    /// Why a connection was not let in.
    enum class refused_connection : std::uint8_t {
        connections,  // limits.connections, and so on
        connections_per_address,
        connection_rate,
        connection_rate_per_address,
        untrusted_proxy,  // not from a trusted balancer, where only these connect
        proxy_header,     // none, or one that cannot be read
        proxy_timeout,
    };
    static constexpr std::size_t refused_connection_count =
        static_cast<std::size_t>(refused_connection::proxy_timeout) + 1;

    enum class limited_call : std::uint8_t { refused, delayed };
    static constexpr std::size_t limited_call_count = static_cast<std::size_t>(limited_call::delayed) + 1;

    enum class handshake : std::uint8_t { full, resumed, failed, timeout };
    static constexpr std::size_t handshake_count = static_cast<std::size_t>(handshake::timeout) + 1;

    /// What became of a charge point's certificate request.
    enum class signing : std::uint8_t { signed_here, refused, failed, by_hand, no_signer };
    static constexpr std::size_t signing_count = static_cast<std::size_t>(signing::no_signer) + 1;

    class shard;

    /// Seconds since 1970 at which something of TLS expires.
    struct expiry {
        std::string_view kind;
        std::int64_t at;
    };

    /// What is counted elsewhere.
    struct readings {
        std::uint64_t log_lines_dropped = 0;
        std::uint64_t subscriber_events_dropped = 0;
        std::size_t subscribers = 0;
        std::optional<journal_stats> journal;  // unset: switched off
        std::vector<expiry> tls;
        std::array<std::uint64_t, refusal_reason_count> refusals{};
    };

    explicit metrics(std::size_t threads);
    ~metrics();
    metrics(const metrics&) = delete;
    metrics& operator=(const metrics&) = delete;

    /// The shard of one I/O thread, `thread` < threads.
    [[nodiscard]] shard& shard_of(std::size_t thread) noexcept { return *shards_[thread]; }

    /// All of it in Prometheus' text format. Thread-safe.
    [[nodiscard]] std::string text(const readings& r) const;

  private:
    friend class metrics_report;

    std::vector<std::unique_ptr<shard>> shards_;
};

/// One thread's part. The members called for every message are for that thread alone; the others may be called
/// anywhere.
class alignas(64) metrics::shard {
  public:
    using duration = std::chrono::steady_clock::duration;

    shard();

    // Per message.
    void received(ocpp::version v, std::uint16_t action) noexcept { bump(received_[slot(v, action)]); }
    void sent(ocpp::version v, message m) noexcept { bump(sent_[index(v)][index(m)]); }
    /// From the receipt of a CALL to the hand-over of its answer.
    void processed(ocpp::version v, std::uint16_t action, duration d) noexcept { processed_[slot(v, action)].add(d); }

    // The rest.
    /// Bytes that came to wait for being written; negative: that wait no more.
    void queued(std::int64_t bytes) noexcept { send_queue_.fetch_add(bytes, std::memory_order_relaxed); }
    void deviation(rule r) noexcept { count(deviations_[index(r)]); }
    /// `code` as it stands in the message, in any version's spelling.
    void call_error(direction d, std::string_view code) noexcept;
    /// From the hand-over of a CALL to its end.
    void outbound_call(ocpp::version v, std::uint16_t action, outcome o, duration d) noexcept;
    void command(ocpp::version v, std::uint16_t action, outcome o) noexcept {
        count(commands_[slot(v, action)][index(o)]);
    }
    void event(event_type t) noexcept { count(events_[index(t)]); }
    void connection(connection_result r) noexcept { count(connections_[index(r)]); }
    void refused(refused_connection r) noexcept { count(refused_[index(r)]); }
    void limited(limited_call c) noexcept { count(limited_calls_[index(c)]); }
    void boot_deferred() noexcept { count(boots_deferred_); }
    void authentication_failed(authentication_failure f) noexcept { count(authentication_failures_[index(f)]); }
    void compression_agreed() noexcept { count(compressed_); }
    void unknown_let_in() noexcept { count(unknown_let_in_); }
    void tls_handshake(handshake h) noexcept { count(handshakes_[index(h)]); }
    void certificate_request(signing result) noexcept { count(certificate_requests_[index(result)]); }
    void opened(ocpp::version v) noexcept { active_[index(v)].fetch_add(1, std::memory_order_relaxed); }
    void closed(ocpp::version v) noexcept { active_[index(v)].fetch_sub(1, std::memory_order_relaxed); }
    void takeover() noexcept { count(takeovers_); }
    void ping_rtt(duration d) noexcept { ping_rtt_.add_shared(d); }

  private:
    friend class metrics_report;

    using counter = std::atomic<std::uint64_t>;
    using gauge = std::atomic<std::int64_t>;

    static constexpr std::size_t version_count = 3;
    static constexpr std::size_t outcome_count = static_cast<std::size_t>(outcome::unknown) + 1;
    static constexpr std::size_t error_code_count = 13;  // ocpp::rpc_error, and one for all that no version knows

    template <class Enum>
    static constexpr std::size_t index(Enum e) noexcept {
        return static_cast<std::size_t>(e);
    }

    /// For the shard's own thread: no other writes, so this needs no locked instruction.
    static void bump(counter& c, std::uint64_t by = 1) noexcept {
        c.store(c.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
    }
    static void count(counter& c, std::uint64_t by = 1) noexcept { c.fetch_add(by, std::memory_order_relaxed); }

    /// Durations by upper bound, in nanoseconds.
    template <const auto& bounds>
    struct histogram {
        void add(duration d) noexcept {
            const auto n = nanoseconds_of(d);
            bump(buckets[bucket_of(n)]);
            bump(sum, n);
        }
        void add_shared(duration d) noexcept {
            const auto n = nanoseconds_of(d);
            count(buckets[bucket_of(n)]);
            count(sum, n);
        }
        static std::size_t bucket_of(std::uint64_t n) noexcept {
            std::size_t i = 0;
            while (i < bounds.size() && n > bounds[i]) ++i;
            return i;
        }
        static std::uint64_t nanoseconds_of(duration d) noexcept {
            const auto n = std::chrono::duration_cast<std::chrono::nanoseconds>(d).count();
            return n < 0 ? 0 : static_cast<std::uint64_t>(n);
        }

        std::array<counter, bounds.size() + 1> buckets{};
        counter sum{0};
    };

    static constexpr std::uint64_t us = 1000;
    static constexpr std::uint64_t ms = 1000 * us;
    static constexpr std::uint64_t s = 1000 * ms;
    static constexpr std::array<std::uint64_t, 17> processing_bounds = {
        50 * us, 100 * us, 250 * us, 500 * us, 1 * ms, 2500 * us, 5 * ms, 10 * ms, 25 * ms,
        50 * ms, 100 * ms, 250 * ms, 500 * ms, 1 * s,  2500 * ms, 5 * s,  10 * s};
    static constexpr std::array<std::uint64_t, 13> round_trip_bounds = {
        5 * ms, 10 * ms,   25 * ms, 50 * ms, 100 * ms, 250 * ms, 500 * ms,
        1 * s,  2500 * ms, 5 * s,   10 * s,  30 * s,   60 * s};
    using processing_histogram = histogram<processing_bounds>;
    using round_trip_histogram = histogram<round_trip_bounds>;

    /// Where the counters of a version's actions stand in a table of all: by index, the last one for all others.
    struct action_range {
        std::uint32_t first = 0;
        std::uint16_t count = 0;
    };
    [[nodiscard]] std::size_t slot(ocpp::version v, std::uint16_t action) const noexcept {
        const auto& range = actions_[index(v)];
        return range.first + std::min(action, range.count);
    }
    static std::array<action_range, version_count> ranges() noexcept;

    const std::array<action_range, version_count> actions_;
    std::vector<counter> received_;
    std::array<std::array<counter, message_count>, version_count> sent_{};
    std::vector<processing_histogram> processed_;
    gauge send_queue_{0};
    std::array<counter, rule_count> deviations_{};
    std::array<std::array<counter, error_code_count>, direction_count> call_errors_{};
    std::vector<std::array<round_trip_histogram, outcome_count>> outbound_calls_;
    std::vector<std::array<counter, outcome_count>> commands_;
    std::array<counter, event_type_count> events_{};
    std::array<counter, connection_result_count> connections_{};
    std::array<counter, refused_connection_count> refused_{};
    std::array<counter, limited_call_count> limited_calls_{};
    counter boots_deferred_{0};
    std::array<counter, authentication_failure_count> authentication_failures_{};
    counter unknown_let_in_{0};
    counter compressed_{0};
    std::array<counter, handshake_count> handshakes_{};
    std::array<counter, signing_count> certificate_requests_{};
    std::array<gauge, version_count> active_{};
    counter takeovers_{0};
    round_trip_histogram ping_rtt_;
};

}  // namespace voltgate
