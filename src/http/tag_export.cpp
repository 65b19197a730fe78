#include "http/tag_export.hpp"

#include "gateway/charge_point.hpp"
#include "http/id_tag_json.hpp"
#include "http/message.hpp"
#include "http/transaction_texts.hpp"
#include "journal/event_record.hpp"
#include "ocpp/frame.hpp"
#include "stores/stored_time.hpp"

#include <boost/json/serialize.hpp>

#include <utility>

namespace voltgate::http {

namespace {

constexpr std::size_t transactions_at_once = 200;
constexpr std::size_t looked_at_bytes = 4 * 1024 * 1024;  // of what is looked at for one piece

void append_text(std::string& out, std::string_view name, std::string_view text) {
    out.append(",\"").append(name).append("\":");
    ocpp::append_json_string(out, text);
}

void append_time(std::string& out, std::string_view name, std::int64_t time) {
    append_text(out, name, timestamp(time_from_stored(time)));
}

// An id of a command, say, is no JSON.
std::optional<std::string> changed(std::string_view text, const ocpp::wanted_tags& wanted) {
    auto fresh = ocpp::changed_everywhere(text, wanted);
    if (text.starts_with('{') || text.starts_with('[')) return fresh;
    auto all = ocpp::changed_words(fresh ? std::string_view(*fresh) : text, wanted);
    return all ? std::move(all) : std::move(fresh);
}

}  // namespace

tag_export::tag_export(std::string tag, std::string pseudonym, std::string gateway_id)
    : tag_(std::move(tag)), key_(fold_id(tag_)), pseudonym_(std::move(pseudonym)), gateway_id_(std::move(gateway_id)) {}

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

void tag_export::begin(part p, std::string_view name, std::string& out) {
    if (part_ != part::head) out += ']';
    part_ = p;
    after_ = 0;
    first_ = true;
    if (!name.empty()) out.append(",\"").append(name).append("\":[");
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

std::optional<std::string> tag_export::next(sqlite::database& db) {
    if (part_ == part::end) return std::nullopt;
    return without_others(next_piece(db));
}

std::string tag_export::next_piece(sqlite::database& db) {
    std::string out;
    switch (part_) {
        case part::head: {
            out += R"({"idTag":)";
            ocpp::append_json_string(out, tag_);
            append_text(out, "pseudonym", pseudonym_);
            const auto entry = read_id_tag(db, tag_);
            out.append(R"(,"listed":)").append(entry ? boost::json::serialize(id_tag_object(*entry)) : "null");
            begin(part::transactions, "transactions", out);
            break;
        }
        case part::transactions:
            if (add_transactions(db, out)) break;
            after_ = 0;
            if (std::exchange(under_pseudonym_, true)) begin(part::events, "events", out);
            break;
        case part::events:
            if (!add_events(db, out)) begin(part::commands, "commands", out);
            break;
        case part::commands:
            if (!add_commands(db, out)) begin(part::reservations, "reservations", out);
            break;
        case part::reservations:
            add_reservations(db, out);
            begin(part::end, {}, out);
            break;
        case part::end: break;
    }
    return out;
}

bool tag_export::add_transactions(sqlite::database& db, std::string& out) {
    transaction_query q;
    q.id_tag = under_pseudonym_ ? pseudonym_ : tag_;
    q.limit = transactions_at_once;
    if (after_ > 0) q.after = transaction_cursor{0, after_};
    const auto page = read_transactions(db, q);
    for (const auto& t : page.items) {
        separate(out);
        append_transaction_json(out, t);
    }
    if (page.next) after_ = page.next->number;
    return page.next.has_value();
}

bool tag_export::add_events(sqlite::database& db, std::string& out) {
    sqlite::statement rows(db, "SELECT first, body FROM events WHERE first > ? ORDER BY first");
    rows.bind(after_);
    std::size_t seen = 0;
    event e;
    while (rows.step()) {
        after_ = rows.integer(0);
        std::string_view body = rows.text(1);
        seen += body.size();
        e.sequence = static_cast<std::uint64_t>(after_);
        for (; take_record(body, e); ++e.sequence) {
            if (e.type == event_type::privacy_erased || (!is_named_in(e.payload) && !is_named_in(e.trace_id))) continue;
            separate(out);
            append_json(out, e, gateway_id_);
        }
        if (seen >= looked_at_bytes) return true;
    }
    return false;
}

bool tag_export::add_commands(sqlite::database& db, std::string& out) {
    sqlite::statement rows(db,
                           "SELECT number, command_id, name, charge_point_id, created_at, payload, answer, trace_id, "
                           "error_code, error_description, detail, outcome FROM commands WHERE number > ? ORDER BY "
                           "number");
    rows.bind(after_);
    std::size_t seen = 0;
    while (rows.step()) {
        after_ = rows.integer(0);
        const auto payload = rows.text(5), answer = rows.text(6);
        seen += payload.size() + answer.size();
        bool named = false;
        for (const int column : {1, 5, 6, 7, 8, 9, 10}) named = named || is_named_in(rows.text(column));
        if (named) {
            separate(out);
            out += R"({"commandId":)";
            ocpp::append_json_string(out, rows.text(1));
            append_text(out, "commandName", rows.text(2));
            append_text(out, "chargePointId", rows.text(3));
            append_time(out, "createdAt", rows.integer(4));
            out.append(R"(,"payload":)").append(payload.empty() ? "{}" : payload);
            out.append(R"(,"answer":)").append(answer.empty() ? "null" : answer);
            if (!rows.text(7).empty()) append_text(out, "traceId", rows.text(7));
            if (rows.text(11) == "call_error") {
                append_text(out, "errorCode", rows.text(8));
                append_text(out, "errorDescription", rows.text(9));
            }
            if (!rows.text(10).empty()) append_text(out, "detail", rows.text(10));
            out += '}';
        }
        if (seen >= looked_at_bytes) return true;
    }
    return false;
}

void tag_export::add_reservations(sqlite::database& db, std::string& out) {
    sqlite::statement rows(db,
                           "SELECT c.id, r.reservation, r.id_tag, r.parent, r.expires_at FROM reservations r JOIN "
                           "charge_points c ON c.row = r.charge_point WHERE lower(r.id_tag) IN (?1, ?2) OR "
                           "lower(r.parent) IN (?1, ?2) ORDER BY r.number");
    rows.bind(key_, pseudonym_);
    while (rows.step()) {
        separate(out);
        out += R"({"chargePointId":)";
        ocpp::append_json_string(out, rows.text(0));
        out.append(R"(,"reservationId":)").append(std::to_string(rows.integer(1)));
        append_text(out, "idTag", rows.text(2));
        if (!rows.text(3).empty()) append_text(out, "parentIdTag", rows.text(3));
        append_time(out, "expiryDate", rows.integer(4));
        out += '}';
    }
}

}  // namespace voltgate::http
