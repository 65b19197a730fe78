#include "stations/publisher.hpp"

#include "session/session.hpp"
#include "stations/charge_point.hpp"
#include "stations/session_reports.hpp"
#include "stores/ports.hpp"
#include "stores/transaction_rules.hpp"

#include <voltgate/clock.hpp>

#include <utility>

namespace voltgate {

std::string& new_payload(session& s) noexcept {
    auto& payload = s.thread().scratch_event.payload;
    payload.clear();
    return payload;
}

// Stored at least once an hour: after a crash it says whether a start that comes again can be trusted.
void publisher::note_right_clock(const std::shared_ptr<charge_point>& record, time_point now) const {
    const auto before = record->clock_right_at.exchange(now, std::memory_order_relaxed);
    if (now - before > std::chrono::hours(1)) stores_.charge_points->changed(record);
}

void publisher::fill(const session& s, event& e, event_type type, std::optional<time_point> occurred_at) const {
    e.id = {};
    e.type = type;
    e.epoch = s.epoch();
    const bool of_its_life =
        type == event_type::charge_point_connected || type == event_type::charge_point_disconnected;
    e.timestamp = of_its_life ? clock_.utc() : s.last_activity();
    e.occurred_at = occurred_at;
    if (occurred_at && s.record && is_right(*occurred_at, e.timestamp)) note_right_clock(s.record, e.timestamp);
    e.ocpp_version = s.version();
    e.charge_point_id = s.record ? s.record->id() : s.charge_point_id();
}

void publisher::publish(session& s, event_type type, std::optional<time_point> occurred_at) {
    event& e = s.thread().scratch_event;  // where nobody takes it, its memory serves the next one
    fill(s, e, type, occurred_at);
    s.thread().shard.event(type);
    stores_.events->record(e);
}

void publisher::publish_reports(session& s, std::vector<std::string> payloads) {
    for (auto& payload : payloads) {
        new_payload(s) = std::move(payload);
        publish(s, event_type::device_report);
    }
    auto& reports = s.record->reports;
    if (reports && reports->assembler.empty()) reports.reset();
    if (reports) s.thread().io.timers.arm(reports->due, deadline::at(reports->assembler.next_expiry()));
}

void publisher::add_report_part(session& s, report_part part) {
    auto& reports = s.record->reports;
    if (!reports) reports = std::make_unique<session_reports>(report_memory_, [this, &s] { expire_reports(s); });
    std::vector<std::string> finished;
    const auto added = reports->assembler.add(std::move(part), clock_.steady(), finished);
    if (added.missing > 0) s.count_deviation(rule::sequence_gap, "a part of a report is missing");
    if (added.repeated) s.count_deviation(rule::repeated_sequence, "a part of a report came again");
    publish_reports(s, std::move(finished));
}

void publisher::expire_reports(session& s) {
    std::vector<std::string> given_up;
    s.record->reports->assembler.expire(clock_.steady(), given_up);
    publish_reports(s, std::move(given_up));
}

void publisher::end_reports(session& s) {
    if (!s.record->reports) return;
    std::vector<std::string> unfinished;
    s.record->reports->assembler.end(unfinished);
    publish_reports(s, std::move(unfinished));
}

}  // namespace voltgate
