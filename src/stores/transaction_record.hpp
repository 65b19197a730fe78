// A transaction as it is kept, of every OCPP version and in every store, and what follows from what is known of it.
#pragma once

#include "events/register_reading.hpp"
#include "stores/id_tag_status.hpp"

#include <voltgate/conformance.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

/// What a charge point's own time is worth. unset: none, or one from before 2020, as clocks show that were never set;
/// off: more than ten minutes ahead of its receipt. One that lies back may belong to a message that waited.
enum class clock_state : std::uint8_t { ok, off, unset };
[[nodiscard]] std::string_view to_string(clock_state s) noexcept;
[[nodiscard]] clock_state clock_of(std::optional<std::chrono::system_clock::time_point> stamp,
                                   std::chrono::system_clock::time_point received) noexcept;

/// Whether a time shows that its clock is right: it lies within five minutes of its receipt.
[[nodiscard]] bool is_right(std::chrono::system_clock::time_point stamp,
                            std::chrono::system_clock::time_point received) noexcept;

/// Why a person should look at a transaction.
enum class attention : std::uint8_t {
    presumed,            // never stopped, and another one began in its place
    conflict,            // stopped again with other readings
    salvaged,            // a message of it was not whole
    clock,               // its start or stop has no usable time
    running_long,        // for more than a day
    meter_backwards,     // it ended below its start
    two_on_connector,    // another one runs in the same place, and which one is older cannot be told
    stop_before_start,   // by the charge point's own times
    left_open,           // it runs, and its charge point booted or its connector is available
    possible_duplicate,  // it may be an earlier one, told again
};
inline constexpr std::size_t attention_count = static_cast<std::size_t>(attention::possible_duplicate) + 1;
[[nodiscard]] std::string_view to_string(attention a) noexcept;
[[nodiscard]] std::optional<attention> attention_from_string(std::string_view word) noexcept;
/// The rule that it is counted under.
[[nodiscard]] rule rule_of(attention a) noexcept;

class attention_set {
  public:
    attention_set() = default;
    explicit attention_set(std::uint32_t bits) noexcept : bits_(bits) {}
    void add(attention a) noexcept { bits_ |= bit(a); }
    void add(attention_set others) noexcept { bits_ |= others.bits_; }
    void remove(attention a) noexcept { bits_ &= ~bit(a); }
    [[nodiscard]] bool has(attention a) const noexcept { return (bits_ & bit(a)) != 0; }
    [[nodiscard]] bool empty() const noexcept { return bits_ == 0; }
    [[nodiscard]] std::uint32_t bits() const noexcept { return bits_; }
    /// What is in it and not in `other`.
    [[nodiscard]] attention_set without(attention_set other) const noexcept {
        return attention_set(bits_ & ~other.bits_);
    }
    [[nodiscard]] std::vector<attention> all() const;
    [[nodiscard]] static std::uint32_t bit(attention a) noexcept { return 1U << static_cast<unsigned>(a); }

  private:
    std::uint32_t bits_ = 0;
};

struct transaction_record {
    using time_point = std::chrono::system_clock::time_point;

    std::uint32_t number = 0;             // 0: not stored yet
    std::int32_t id = 0;                  // 1.6: what its charge point knows it by
    std::string station_id;               // 2.x: likewise
    std::optional<std::int64_t> evse_id;  // 2.x; of 1.6 connector n is EVSE n
    std::optional<std::int64_t> connector_id, reservation_id;
    std::string id_tag;                       // as sent
    std::string id_tag_key;                   // case folded; empty: none, or one that is not to be compared
    std::optional<id_tag_status> tag_status;  // what it was answered; unset: no token was named
    register_reading meter_start, meter_stop;
    std::string start_text, stop_text;     // the charge point's times as sent; empty: none
    time_point started_at;                 // the charge point's time, else that of receipt
    std::optional<time_point> stopped_at;  // likewise; unset: no stop has come
    std::optional<time_point> start_received, stop_received;
    std::optional<clock_state> start_clock, stop_clock;
    bool used = false;  // a later message bore its id
    std::string stop_reason, stop_id_tag;
    bool start_salvaged = false, stop_salvaged = false;  // nulls may be filled by an intact repetition
    attention_set attentions;
    std::optional<time_point> presumed_at;  // receipt of the start that shows that it has ended
    std::optional<exact_decimal> last_reading_wh;
    std::optional<time_point> last_reading_at;
    std::optional<time_point> closed_at;  // by hand
    std::string close_reason, closed_by;
    std::optional<exact_decimal> close_reading_wh;
    std::uint32_t duplicate_of = 0;  // number of the transaction that it may be; 0: none

    [[nodiscard]] bool is_open() const noexcept { return !stopped_at && !presumed_at && !closed_at; }
};

/// "running", "stopped", "presumed_ended", "closed". A stop counts before a close by hand, that before a presumption.
[[nodiscard]] std::string_view state_of(const transaction_record& t) noexcept;

/// Where the end's reading comes from: of a stop, else of a close by hand.
[[nodiscard]] const std::optional<exact_decimal>& meter_stop_of(const transaction_record& t) noexcept;

/// What was charged, where both readings are of the same register.
struct charged_energy {
    std::optional<exact_decimal> wh;
    std::string_view source;  // "register", "phases", "lone_phase", "manual"; empty: `wh` is unset
};
[[nodiscard]] charged_energy energy_of(const transaction_record& t);

/// The worst of its start's and its stop's.
[[nodiscard]] clock_state clock_of(const transaction_record& t) noexcept;

}  // namespace voltgate
