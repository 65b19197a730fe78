// Puts reports together that charge points of 2.x send in parts: NotifyReport, NotifyMonitoringReport, NotifyEvent,
// ReportChargingProfiles. Bounded in parts, bytes and time. Pure: time comes in, payloads of device.report come out.
#pragma once

#include "events/memory_budget.hpp"
#include "events/sequence_set.hpp"
#include "ocpp/payload.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

/// One part of a report.
struct report_part {
    std::string_view message;                // the action it came with
    std::optional<std::int64_t> request_id;  // NotifyEvent has none
    std::optional<std::int64_t> sequence;    // ReportChargingProfiles has none: its parts count as they come
    bool more = false;                       // tbc
    std::string generated_at;                // JSON text
    std::string items;                       // JSON texts with commas between them
};
/// Nullopt: the message is no part of a report. Without secrets.
[[nodiscard]] std::optional<report_part> read_report_part(std::string_view message, ocpp::value_view request);

/// The unfinished reports of one charge point.
class report_assembler {
  public:
    using time_point = std::chrono::steady_clock::time_point;

    static constexpr std::size_t most_bytes = 1024 * 1024;  // of a report: the rest comes as another one
    static constexpr std::size_t most_parts = 1000;
    static constexpr std::size_t most_open = 4;
    static constexpr std::chrono::seconds patience{60};  // for the next part

    /// `memory`: what all unfinished reports of a gateway share.
    explicit report_assembler(memory_budget& memory) noexcept : memory_(memory) {}
    report_assembler(const report_assembler&) = delete;
    report_assembler& operator=(const report_assembler&) = delete;
    ~report_assembler();

    struct added {
        added() = default;
        std::int64_t missing = 0;  // parts before this one that have not come
        bool repeated = false;     // the part came before; it changes nothing
    };
    /// Appends the payloads of what is finished now to `finished`.
    added add(report_part part, time_point now, std::vector<std::string>& finished);
    /// Gives up those that nothing was added to for too long.
    void expire(time_point now, std::vector<std::string>& finished);
    /// When expire() has something to do next; max: never.
    [[nodiscard]] time_point next_expiry() const noexcept;
    /// Gives up all.
    void end(std::vector<std::string>& finished);

    [[nodiscard]] bool empty() const noexcept { return open_.empty(); }

  private:
    struct report {
        std::string message, generated_at, items;
        std::optional<std::int64_t> request_id;
        sequence_set sequence;
        std::int64_t first = 0, next = 0;  // sequence numbers
        std::size_t parts = 0, held = 0;
        time_point touched;
    };
    [[nodiscard]] std::vector<report>::iterator find(const report_part& part);
    void finish(std::vector<report>::iterator r, bool last_came, std::vector<std::string>& finished);

    memory_budget& memory_;
    std::vector<report> open_;
};

}  // namespace voltgate
