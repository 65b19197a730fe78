#include "http/event_query.hpp"

#include "http/labels.hpp"
#include "http/upgrade.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>
#include <vector>

namespace voltgate::http {

std::optional<response> read_event_filter(const request& req, const std::shared_ptr<profile_map>& profiles,
                                          event_filter& filter) {
    filter.charge_point_id = req.query_value("chargePointId").value_or("");
    filter.charge_points = req.may.charge_points;
    std::vector<std::string_view> names;
    append_list(names, req.query_value("type").value_or(""));
    for (const auto name : names) {
        const auto type = event_type_from_string(name);
        if (!type) return problem(problem_kind::wrong_query, "unknown event type \"" + std::string(name) + "\"");
        if (std::ranges::find(filter.types, *type) == filter.types.end()) filter.types.push_back(*type);
    }
    std::vector<std::string> labels;
    if (auto bad = read_labels(req, labels)) return bad;
    filter.accepts = labelled(profiles, std::move(labels));
    return std::nullopt;
}

std::string event_cursor(std::string_view journal_id, std::uint64_t sequence) {
    std::string text(journal_id);
    return text.append(":").append(std::to_string(sequence));
}

std::optional<response> read_event_cursor(std::string_view text, std::string_view journal_id, std::uint64_t& sequence) {
    const auto colon = text.rfind(':');
    const std::string_view journal = colon == std::string_view::npos ? journal_id : text.substr(0, colon);
    const std::string_view digits = colon == std::string_view::npos ? text : text.substr(colon + 1);
    const char* const end = digits.data() + digits.size();
    const auto [read_to, failed] = std::from_chars(digits.data(), end, sequence);
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) - 1;
    if (failed != std::errc() || read_to != end || journal.empty() || sequence > largest) {
        return problem(problem_kind::wrong_query,
                       "a position is a sequence number, or journalId:sequence as an event's id or `next` gives it");
    }
    if (journal == journal_id) return std::nullopt;
    return problem(410, "the position is one of journal \"" + std::string(journal) + "\", this gateway's is \"" +
                            std::string(journal_id) + "\"; begin anew, without a position or at 0");
}

response beyond_the_journal(std::string_view journal_id, std::uint64_t asked, std::uint64_t last) {
    return problem(410, "the position " + std::to_string(asked) + " lies beyond the journal's last event: what came " +
                            "after " + std::to_string(last) + " was lost with an unclean end; go on from " +
                            event_cursor(journal_id, last));
}

}  // namespace voltgate::http
