// Rows of events, unpacked.
#include "support/stored_events.hpp"

#include "journal/event_record.hpp"
#include "journal/schema.hpp"
#include "support/wait.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace voltgate::test {

std::vector<event> stored_events(const std::string& directory) {
    auto db = open_for_reading(journal_file(directory));
    sqlite::statement rows(db, "SELECT first, last, body FROM events ORDER BY first");
    std::vector<event> events;
    std::uint64_t next = 0;
    while (rows.step()) {
        const auto first = static_cast<std::uint64_t>(rows.integer(0));
        if (next != 0 && first != next) throw unexpected(fmt::format("event {} follows event {}", first, next - 1));
        next = first;
        std::string_view body = rows.text(2);
        event e;
        while (take_record(body, e)) {
            e.sequence = next++;
            events.push_back(e);
        }
        if (next != static_cast<std::uint64_t>(rows.integer(1)) + 1)
            throw unexpected(
                fmt::format("the row of event {} ends at {}, not at {}", first, next - 1, rows.integer(1)));
    }
    return events;
}

std::size_t count_events(const std::vector<event>& events, event_type type, std::string_view charge_point_id,
                         std::string_view text) {
    return static_cast<std::size_t>(std::count_if(events.begin(), events.end(), [&](const event& e) {
        return e.type == type && e.charge_point_id == charge_point_id && e.payload.find(text) != std::string::npos;
    }));
}

}  // namespace voltgate::test
