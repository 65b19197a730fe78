#include "http/command_texts.hpp"

#include "ocpp/frame.hpp"
#include "ocpp/personal.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"
#include "text/timestamp.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace voltgate::http {

namespace {

constexpr double longest_timeout_seconds = 3600;
constexpr std::size_t longest_id = 128;

std::string encoded_segment(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                              std::string_view("-._~").find(c) != std::string_view::npos;
        if (is_plain) {
            encoded += c;
        } else {
            encoded.append(1, '%').append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
        }
    }
    return encoded;
}

// "respond-async" among the preferences (RFC 7240), with or without parameters.
bool prefers_async(std::string_view prefer) {
    constexpr std::string_view wanted = "respond-async";
    while (!prefer.empty()) {
        const auto comma = prefer.find(',');
        std::string_view one = prefer.substr(0, std::min(comma, prefer.find(';')));
        while (!one.empty() && (one.front() == ' ' || one.front() == '\t')) one.remove_prefix(1);
        while (!one.empty() && (one.back() == ' ' || one.back() == '\t')) one.remove_suffix(1);
        if (one.size() == wanted.size() && fold_id(one) == wanted) return true;
        prefer = comma == std::string_view::npos ? std::string_view{} : prefer.substr(comma + 1);
    }
    return false;
}

}  // namespace

unsigned status_of(const command_result& r) {
    switch (r.outcome) {
        case outcome::result:
        case outcome::call_error: return 200;
        case outcome::unknown: return 504;
        case outcome::not_sent: break;
    }
    switch (r.reason) {
        case reason::unknown_charge_point: return 404;
        case reason::conflict: return 409;
        case reason::cancelled:
        case reason::expired: return 410;
        case reason::invalid_payload: return 422;
        case reason::queue_full: return 429;
        default: return 503;
    }
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
    out.append(",\"").append(name).append("\":");
    ocpp::append_json_string(out, text);
}

void append_outcome(std::string& out, const command_result& r) {
    append_member(out, "outcome", to_string(r.outcome));
    append_member(out, "reason", to_string(r.reason));
    if (r.outcome == outcome::result) {
        out.append(R"(,"payload":)").append(r.payload);
    } else if (r.outcome == outcome::call_error) {
        append_member(out, "errorCode", r.error_code);
        append_member(out, "errorDescription", r.error_description);
        out.append(R"(,"errorDetails":)").append(r.error_details.empty() ? "{}" : r.error_details);
    } else {
        append_member(out, "detail", r.detail);
        if (!r.payload.empty()) out.append(R"(,"payload":)").append(r.payload);
    }
    if (!r.deviations.empty()) out.append(R"(,"deviations":)").append(r.deviations);
}

void begin_command(std::string& out, const std::string& command_id, const std::string& command_name,
                   std::string_view charge_point_id) {
    out += R"({"commandId":)";
    ocpp::append_json_string(out, command_id);
    append_member(out, "commandName", command_name);
    append_member(out, "chargePointId", charge_point_id);
}

response accepted_response(std::string_view charge_point_id, const std::string& command_name,
                           const std::string& command_id, command_state state, std::string_view waits_for,
                           std::optional<std::int64_t> reservation_id) {
    std::string body;
    begin_command(body, command_id, command_name, charge_point_id);
    append_member(body, "state", to_string(state));
    append_member(body, "waitsFor", waits_for);
    if (reservation_id) body.append(R"(,"reservationId":)").append(std::to_string(*reservation_id));
    body += '}';
    response answer(202, std::move(body));
    answer.headers.emplace_back("Location", "/api/v1/commands/" + encoded_segment(command_id));
    return answer;
}

bool read_command_member(std::string_view name, ocpp::value_view member, command& c, error_text& wrong) {
    const bool is_text = member.kind() == ocpp::value_kind::string;
    if (name == "commandId") {
        if (!is_text || member.raw().empty() || member.raw().size() > longest_id) {
            wrong = "commandId must be a text of 1 to 128 bytes";
        }
        c.command_id = member.string();
    } else if (name == "traceId") {
        if (!is_text || member.raw().size() > longest_id) wrong = "traceId must be a text of at most 128 bytes";
        c.trace_id = member.string();
    } else if (name == "timeoutSeconds") {
        const auto kind = member.kind();
        const auto seconds = member.number();
        const bool is_number = kind == ocpp::value_kind::integer || kind == ocpp::value_kind::number;
        if (!is_number || !seconds || !(*seconds > 0) || *seconds > longest_timeout_seconds) {
            wrong = "timeoutSeconds must be a number above 0 and at most 3600";
            return true;
        }
        c.timeout =
            std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(*seconds));
    } else if (name == "expiresAt") {
        const auto time = is_text ? ocpp::read_timestamp(member.raw()) : std::nullopt;
        if (!time || time->odd) {
            wrong = "expiresAt must be a time like 2026-01-02T03:04:05Z";
            return true;
        }
        c.expires_at = time->time;
    } else {
        return false;
    }
    return true;
}

response misused(error_code ec) {
    if (ec == errc::gateway_not_running) return problem(problem_kind::stopping, ec.message());
    return problem(ec == errc::invalid_command ? problem_kind::wrong_body : problem_kind::journal_unavailable,
                   ec.message());
}

caller_patience patience_of(const request& req) {
    caller_patience patience;
    patience.what = prefers_async(req.prefer) ? caller_patience::until::taken : caller_patience::until::waiting;
    return patience;
}

std::string audit_of_command(std::string_view name, const std::string& command_id, std::string_view body,
                             std::string_view outcome) {
    std::unordered_set<std::string> tags;
    std::set<std::size_t> lengths;
    const auto note = [&](std::string_view tag, ocpp::personal what) -> std::optional<std::string> {
        if (what == ocpp::personal::tag && tags.insert(fold_id(tag)).second) lengths.insert(tag.size());
        return std::nullopt;
    };
    static_cast<void>(ocpp::changed_personal(body, note));
    const auto mask = [&tags](std::string_view word) {
        return tags.contains(fold_id(word)) ? std::optional<std::string>(ocpp::tag_mask) : std::nullopt;
    };
    const ocpp::wanted_tags named{{lengths.begin(), lengths.end()}, mask};
    const auto masked = ocpp::changed_words(command_id, named);
    std::string text(name);
    return text.append(1, ' ').append(masked.value_or(command_id)).append(1, ' ').append(outcome);
}

}  // namespace voltgate::http
