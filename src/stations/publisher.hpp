// What sessions have to tell, as events. Everything is called on the strand of the session that it is of.
#pragma once

#include "events/memory_budget.hpp"
#include "events/report_assembler.hpp"

#include <voltgate/event.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace voltgate {

class charge_point;
class clock_source;
class session;
struct stores;

/// An empty payload to build the next event of a session in, with the memory of the last one.
[[nodiscard]] std::string& new_payload(session& s) noexcept;

class publisher {
  public:
    using time_point = std::chrono::system_clock::time_point;

    /// Both outlive it; the stores are asked from the first event on.
    publisher(const clock_source& clock, const stores& kept) : clock_(clock), stores_(kept) {}

    /// Publishes an event with the payload that was built in new_payload().
    void publish(session& s, event_type type, std::optional<time_point> occurred_at = std::nullopt);
    /// All members but payload and id.
    void fill(const session& s, event& e, event_type type, std::optional<time_point> occurred_at) const;
    /// A part of a report came: device.report is published once it is finished, or no more of it comes.
    void add_report_part(session& s, report_part part);
    /// The session ends: what came of its reports is told.
    void end_reports(session& s);

  private:
    void expire_reports(session& s);
    void publish_reports(session& s, std::vector<std::string> payloads);
    void note_right_clock(const std::shared_ptr<charge_point>& record, time_point now) const;

    const clock_source& clock_;
    const stores& stores_;
    memory_budget report_memory_{64UL * 1024 * 1024};
};

}  // namespace voltgate
