#include "http/tag_export.hpp"

#include "http/id_tag_json.hpp"
#include "http/message.hpp"
#include "http/transaction_texts.hpp"
#include "ocpp/frame.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"

#include <boost/json/serialize.hpp>

#include <chrono>
#include <utility>

namespace voltgate::http {

namespace {

using part = tag_position::part;

void append_text(std::string& out, std::string_view name, std::string_view text) {
    out.append(",\"").append(name).append("\":");
    ocpp::append_json_string(out, text);
}

void append_time(std::string& out, std::string_view name, std::chrono::system_clock::time_point time) {
    append_text(out, name, timestamp(time));
}

std::string_view name_of(part p) noexcept {
    switch (p) {
        case part::transactions: return "transactions";
        case part::events: return "events";
        case part::commands: return "commands";
        case part::reservations: return "reservations";
        case part::entry:
        case part::end: break;
    }
    return {};
}

// An id of a command, say, is no JSON.
std::optional<std::string> changed(std::string_view text, const ocpp::wanted_tags& wanted) {
    auto fresh = ocpp::changed_everywhere(text, wanted);
    if (text.starts_with('{') || text.starts_with('[')) return fresh;
    auto all = ocpp::changed_words(fresh ? std::string_view(*fresh) : text, wanted);
    return all ? std::move(all) : std::move(fresh);
}

}  // namespace

tag_export::tag_export(named_tag of, std::string gateway_id)
    : tag_(std::move(of.tag)),
      key_(fold_id(tag_)),
      pseudonym_(std::move(of.pseudonym)),
      gateway_id_(std::move(gateway_id)) {}

bool tag_export::is_of(std::string_view tag) const { return tag == pseudonym_ || fold_id(tag) == key_; }

ocpp::wanted_tags tag_export::wanted(std::function<std::optional<std::string>(std::string_view)> change) const {
    return {{key_.size(), pseudonym_.size()}, [this, change = std::move(change)](std::string_view tag) {
                return is_of(tag) ? change(tag) : std::nullopt;
            }};
}

// Quick, and never wrong in that it is not.
bool tag_export::may_be_named_in(std::string_view text) const {
    const std::string folded = fold_id(text);
    const auto holds = [&folded](const std::string& word) { return folded.find(word) != std::string::npos; };
    return text.find('\\') != std::string_view::npos || holds(key_) || holds(pseudonym_);
}

bool tag_export::is_named_in(std::string_view json) const {
    if (!may_be_named_in(json)) return false;
    bool named = false;
    const auto look = wanted([&named](std::string_view) {
        named = true;
        return std::nullopt;
    });
    static_cast<void>(changed(json, look));
    return named;
}

std::string tag_export::replaced(std::string_view json, const std::function<std::string(std::string_view)>& by) const {
    if (!may_be_named_in(json)) return std::string(json);
    auto fresh = changed(json, wanted([&by](std::string_view tag) { return std::optional(by(tag)); }));
    return fresh ? std::move(*fresh) : std::string(json);
}

void tag_export::begin(std::string& out, part p) {
    if (p != part::transactions) out += ']';
    first_ = true;
    if (p != part::end) out.append(",\"").append(name_of(p)).append("\":[");
}

void tag_export::separate(std::string& out) {
    if (!std::exchange(first_, false)) out += ',';
}

std::string tag_export::without_others(std::string json) const {
    auto masked = ocpp::changed_personal(json, [this](std::string_view text, ocpp::personal what) {
        const bool is_own = is_of(text) || (what == ocpp::personal::text && is_named_in(text));
        return is_own ? std::nullopt : std::optional(std::string(ocpp::tag_mask));
    });
    return masked ? std::move(*masked) : std::move(json);
}

std::string tag_export::text_of(part p, const tag_piece& piece) {
    std::string out;
    switch (p) {
        case part::entry: add_head(out, piece.entry); break;
        case part::transactions: add_transactions(out, piece.transactions); break;
        case part::events: add_events(out, piece.events); break;
        case part::commands: add_commands(out, piece.commands); break;
        case part::reservations: add_reservations(out, piece.reservations); break;
        case part::end: break;
    }
    if (piece.next.what != p) begin(out, piece.next.what);
    return without_others(std::move(out));
}

void tag_export::add_head(std::string& out, const std::optional<id_tag_entry>& listed) const {
    out += R"({"idTag":)";
    ocpp::append_json_string(out, tag_);
    append_text(out, "pseudonym", pseudonym_);
    out.append(R"(,"listed":)").append(listed ? boost::json::serialize(id_tag_object(*listed)) : "null");
}

void tag_export::add_transactions(std::string& out, const std::vector<stored_transaction>& all) {
    for (const auto& t : all) {
        separate(out);
        append_transaction_json(out, t);
    }
}

void tag_export::add_events(std::string& out, const std::vector<event>& all) {
    for (const auto& e : all) {
        if (e.type == event_type::privacy_erased || (!is_named_in(e.payload) && !is_named_in(e.trace_id))) continue;
        separate(out);
        append_json(out, e, gateway_id_);
    }
}

void tag_export::add_commands(std::string& out, const std::vector<command_record>& all) {
    for (const auto& c : all) {
        const command_result& r = c.result;
        const bool failed = r.outcome == outcome::call_error;
        const std::string& answer = failed ? r.error_details : r.payload;
        const std::string& description = failed ? r.error_description : r.deviations;
        bool named = false;
        for (const auto* text : {&c.command.command_id, &c.command.payload, &answer, &c.command.trace_id, &r.error_code,
                                 &description, &r.detail})
            named = named || is_named_in(*text);
        if (!named) continue;
        separate(out);
        out += R"({"commandId":)";
        ocpp::append_json_string(out, c.command.command_id);
        append_text(out, "commandName", c.command.action);
        append_text(out, "chargePointId", c.charge_point_id);
        append_time(out, "createdAt", c.created_at);
        out.append(R"(,"payload":)").append(c.command.payload.empty() ? "{}" : c.command.payload);
        out.append(R"(,"answer":)").append(answer.empty() ? "null" : answer);
        if (!c.command.trace_id.empty()) append_text(out, "traceId", c.command.trace_id);
        if (failed) {
            append_text(out, "errorCode", r.error_code);
            append_text(out, "errorDescription", r.error_description);
        }
        if (!r.detail.empty()) append_text(out, "detail", r.detail);
        out += '}';
    }
}

void tag_export::add_reservations(std::string& out, const std::vector<reservation>& all) {
    for (const auto& r : all) {
        separate(out);
        out += R"({"chargePointId":)";
        ocpp::append_json_string(out, r.charge_point_id);
        out.append(R"(,"reservationId":)").append(std::to_string(r.id));
        append_text(out, "idTag", r.id_tag);
        if (!r.parent_id_tag.empty()) append_text(out, "parentIdTag", r.parent_id_tag);
        append_time(out, "expiryDate", r.expires_at);
        out += '}';
    }
}

}  // namespace voltgate::http
