#include "events/report_assembler.hpp"

#include "events/payload_fields.hpp"
#include "ocpp/secrets.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace voltgate {

namespace {

using ocpp::value_view;

/// What stands between an array's brackets.
std::string elements_of(value_view array) {
    if (array.kind() != ocpp::value_kind::array) return {};
    std::string text = ocpp::without_secrets(array.json());
    if (text.size() < 2 || text.front() != '[') return text;
    return text.substr(1, text.size() - 2);
}

/// Profiles are reported for one EVSE and one source at a time: each keeps them beside it.
std::string profile_items(value_view request) {
    const auto [evse, source, profiles] = pick<"evseId", "chargingLimitSource", "chargingProfile">(request);
    std::string items;
    if (profiles.kind() != ocpp::value_kind::array) return items;
    for (auto p = profiles.first(); p.kind() != ocpp::value_kind::absent; p = p.next()) {
        text_writer w(items, p.json().size() + 96);
        if (!items.empty()) w.put(',');
        w.put(R"({"evseId":)");
        put_integer(w, evse);
        w.put(R"(,"chargingLimitSource":)");
        put_string(w, source);
        w.put_all(R"(,"chargingProfile":)", p.json(), "}");
        w.finish();
    }
    return items;
}

}  // namespace

std::optional<report_part> read_report_part(std::string_view message, value_view request) {
    const auto [id, sequence, tbc, generated_at, report, monitor, events] =
        pick<"requestId", "seqNo", "tbc", "generatedAt", "reportData", "monitor", "eventData">(request);
    report_part part;
    if (message == "NotifyReport") {
        part.items = elements_of(report);
    } else if (message == "NotifyMonitoringReport") {
        part.items = elements_of(monitor);
    } else if (message == "NotifyEvent") {
        part.items = elements_of(events);
    } else if (message == "ReportChargingProfiles") {
        part.items = profile_items(request);
    } else {
        return std::nullopt;
    }
    part.message = message;
    part.request_id = id.integer();
    const auto number = sequence.integer();
    if (number && *number >= 0 && *number <= std::numeric_limits<std::int32_t>::max()) part.sequence = number;
    part.more = tbc.boolean().value_or(false);
    text_writer w(part.generated_at, 32);
    put_timestamp(w, generated_at);
    w.finish();
    return part;
}

report_assembler::~report_assembler() {
    for (const auto& r : open_) memory_.give(r.held);
}

std::vector<report_assembler::report>::iterator report_assembler::find(const report_part& part) {
    return std::find_if(open_.begin(), open_.end(),
                        [&](const report& r) { return r.message == part.message && r.request_id == part.request_id; });
}

void report_assembler::finish(std::vector<report>::iterator r, bool last_came, std::vector<std::string>& finished) {
    const bool complete = last_came && r->first == 0 && !r->sequence.has_gaps();
    std::string payload;
    text_writer w(payload, r->items.size() + 192);
    w.put(R"({"report":)");
    put_own_text(w, r->message);
    w.put(R"(,"requestId":)");
    put_integer(w, r->request_id);
    w.put_all(R"(,"generatedAt":)", r->generated_at.empty() ? std::string_view("null") : r->generated_at);
    w.put(complete ? std::string_view(R"(,"complete":true,"firstPart":)")
                   : std::string_view(R"(,"complete":false,"firstPart":)"));
    w.put(r->first);
    w.put(R"(,"parts":)");
    w.put(r->parts);
    w.put_all(R"(,"items":[)", r->items, "]}");
    w.finish();
    finished.push_back(std::move(payload));
    memory_.give(r->held);
    open_.erase(r);
}

report_assembler::added report_assembler::add(report_part part, time_point now, std::vector<std::string>& finished) {
    added result;
    auto r = find(part);
    std::int64_t sequence = part.sequence.value_or(r == open_.end() ? 0 : r->next);
    // A report that begins anew under the same number: the charge point was asked again.
    if (r != open_.end() && sequence == 0 && part.sequence && r->generated_at != part.generated_at) {
        finish(r, false, finished);
        r = open_.end();
    }
    if (r != open_.end() && r->sequence.contains(sequence)) {
        result.repeated = true;
        return result;
    }
    const std::size_t bytes = part.items.size() + 1;
    if (r != open_.end() && (r->items.size() + bytes > most_bytes || r->parts >= most_parts)) {
        finish(r, false, finished);
        r = open_.end();
    }
    if (r == open_.end()) {
        if (open_.size() >= most_open) {
            const auto oldest = std::min_element(
                open_.begin(), open_.end(), [](const report& a, const report& b) { return a.touched < b.touched; });
            finish(oldest, false, finished);
        }
        r = open_.emplace(open_.end());
        r->message = part.message;
        r->request_id = part.request_id;
        r->generated_at = part.generated_at;
        r->first = sequence;
    } else {
        result.missing = r->sequence.missing_before(sequence);
    }
    const bool has_memory = memory_.take(bytes);
    if (has_memory) r->held += bytes;
    if (!r->items.empty() && !part.items.empty()) r->items += ',';
    r->items += part.items;
    r->sequence.add(sequence);
    r->first = std::min(r->first, sequence);
    r->next = sequence + 1;
    ++r->parts;
    r->touched = now;
    if (!part.more || !has_memory) finish(r, !part.more, finished);
    return result;
}

void report_assembler::expire(time_point now, std::vector<std::string>& finished) {
    for (auto r = open_.begin(); r != open_.end();) {
        const auto at = r - open_.begin();
        if (now - r->touched > patience) {
            finish(r, false, finished);
            r = open_.begin() + at;
        } else {
            ++r;
        }
    }
}

report_assembler::time_point report_assembler::next_expiry() const noexcept {
    auto first = time_point::max();
    for (const auto& r : open_) first = std::min(first, r.touched + patience + time_point::duration(1));
    return first;
}

void report_assembler::end(std::vector<std::string>& finished) {
    while (!open_.empty()) finish(open_.begin(), false, finished);
}

}  // namespace voltgate
