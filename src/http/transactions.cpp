// The transactions that the journal holds: a page of them, one of them.
#include "http/labels.hpp"
#include "http/preferences.hpp"
#include "http/router.hpp"
#include "http/transaction_texts.hpp"
#include "ocpp/personal.hpp"
#include "stores/queries.hpp"
#include "stores/stored_time.hpp"
#include "stores/transaction_messages.hpp"
#include "text/timestamp.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate::http {

namespace {

std::string page_body(const transaction_page& page) {
    std::string body = R"({"items":[)";
    for (const auto& t : page.items) {
        if (body.back() != '[') body += ',';
        append_transaction_json(body, t);
    }
    body += ']';
    if (page.next) body.append(R"(,"next":")").append(to_string(*page.next)).append(1, '"');
    return body += '}';
}

std::string page_csv(const transaction_page& page, bool personal) {
    std::string body = transaction_csv_head();
    for (const auto& t : page.items) append_transaction_csv(body, t, personal);
    return body;
}

std::string render(const transaction_page& page, bool as_csv, bool personal) {
    if (as_csv) return page_csv(page, personal);
    auto body = page_body(page);
    if (!personal) ocpp::mask_tags(body);
    return body;
}

constexpr std::pair<std::string_view, transaction_state> states[] = {
    {"running", transaction_state::running},
    {"stopped", transaction_state::stopped},
    {"presumed_ended", transaction_state::presumed_ended},
    {"closed", transaction_state::closed},
};

std::optional<response> read_state(const request& req, std::optional<transaction_state>& into) {
    const auto text = req.query_value("state");
    if (!text) return std::nullopt;
    for (const auto& [word, state] : states)
        if (word == *text) into = state;
    if (!into) return problem(problem_kind::wrong_query, "state must be running, stopped, presumed_ended or closed");
    return std::nullopt;
}

std::string attention_words() {
    std::string words = "any";
    for (std::size_t i = 0; i < attention_count; ++i) words.append(", ").append(to_string(static_cast<attention>(i)));
    return words;
}

/// "any", or words with commas between them: any of these.
std::optional<response> read_attention(const request& req, std::optional<std::uint32_t>& into) {
    const auto text = req.query_value("attention");
    if (!text) return std::nullopt;
    std::uint32_t bits = 0;
    std::string_view rest = *text;
    while (!rest.empty()) {
        const auto word = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        const auto known = attention_from_string(word);
        if (!known && word != "any")
            return problem(problem_kind::wrong_query, "attention must be one or more of " + attention_words());
        bits |= known ? attention_set::bit(*known) : (1U << attention_count) - 1;
    }
    if (bits == 0) return problem(problem_kind::wrong_query, "attention must be one or more of " + attention_words());
    into = bits;
    return std::nullopt;
}

std::optional<response> read_time(const request& req, std::string_view name, std::optional<std::int64_t>& into) {
    const auto text = req.query_value(name);
    if (!text) return std::nullopt;
    const auto time = ocpp::read_timestamp(*text);
    if (!time || time->odd)
        return problem(problem_kind::wrong_query, std::string(name) + " must be a time like 2026-01-02T03:04:05Z");
    into = stored_time(time->time);
    return std::nullopt;
}

std::optional<response> read_filters(const request& req, transaction_query& q) {
    q.charge_point_id = req.query_value("chargePointId");
    q.charge_points = req.may.charge_points;
    q.id_tag = req.query_value("idTag");
    if (q.id_tag && !req.may.personal) return problem(403, "the filter idTag needs the scope \"personal\"");
    if (req.query_value("connectorId")) {
        const auto id = query_number(req, "connectorId", 0, 0, std::numeric_limits<std::int32_t>::max());
        if (!id) return problem(problem_kind::wrong_query, "connectorId must be a whole number from 0 on");
        if (!q.charge_point_id)
            return problem(problem_kind::wrong_query, "connectorId says something only together with chargePointId");
        q.connector_id = static_cast<std::int64_t>(*id);
    }
    if (auto bad = read_state(req, q.state)) return bad;
    if (auto bad = read_attention(req, q.attentions)) return bad;
    if (auto bad = read_time(req, "changedAfter", q.changed_after)) return bad;
    if (auto bad = read_time(req, "startedAfter", q.started_from)) return bad;
    return read_time(req, "startedBefore", q.started_before);
}

std::optional<response> read_query(const request& req, transaction_query& q) {
    const auto limit = query_number(req, "limit", usual_page, 1, largest_page);
    if (!limit) return problem(problem_kind::wrong_query, "limit must be a whole number from 1 to 10000");
    q.limit = *limit;
    if (const auto after = req.query_value("after")) {
        q.after = transaction_cursor_from_string(*after);
        if (!q.after) return problem(problem_kind::wrong_query, "after must be the `next` of an earlier page");
    }
    return read_filters(req, q);
}

}  // namespace

io_awaitable<response> get_transactions(route_context& c) {
    transaction_query q;
    if (auto bad = read_query(c.req, q)) co_return std::move(*bad);
    std::vector<std::string> labels;
    if (auto bad = read_labels(c.req, labels)) co_return std::move(*bad);
    if (!c.parts.queries()) co_return journal_is_off();
    const stored_queries& stored = *c.parts.queries();
    const bool as_csv = prefers_csv(c.req.accept);
    auto keys = co_await look_for_labelled(*stored.workers, c.parts.profiles, std::move(labels));
    if (!keys.value) co_return journal_unreadable(keys.error);
    q.keys = std::move(*keys.value);
    auto read = co_await stored.transactions->page(std::move(q));
    if (!read.value) co_return journal_unreadable(read.error);
    const auto next = read.value->next;
    auto rendering = [page = std::move(*read.value), as_csv, personal = c.req.may.personal] {
        return render(page, as_csv, personal);
    };
    auto body = co_await stored.workers->run<std::string>(std::move(rendering));
    if (!body.value) co_return journal_unreadable(body.error);
    response r(200, std::move(*body.value));
    r.may_hold_tags = false;
    if (as_csv) {
        r.content_type = "text/csv; charset=utf-8; header=present";
        if (next) r.headers.emplace_back("Next-Page", to_string(*next));
    }
    r.headers.emplace_back("Vary", "Accept");
    co_return r;
}

namespace {

struct found_transaction {
    std::optional<stored_transaction> value;
    std::optional<response> problem;
};

// To be changed: an id that several charge points have must say whose it is.
io_awaitable<bool> needs_charge_point(route_context& c) {
    if (!c.parts.queries() || c.req.query_value("chargePointId")) co_return false;
    const auto answer =
        co_await c.parts.queries()->transactions->is_ambiguous(std::string(c.parameters[0]), c.req.may.charge_points);
    co_return answer.value.value_or(false);
}

io_awaitable<found_transaction> find(route_context& c) {
    found_transaction found;
    if (!c.parts.queries()) {
        found.problem = journal_is_off();
        co_return found;
    }
    std::optional<std::string> charge_point;
    charge_point = c.req.query_value("chargePointId");
    auto answer = co_await c.parts.queries()->transactions->find(std::string(c.parameters[0]), std::move(charge_point),
                                                                 c.req.may.charge_points);
    if (!answer.value) {
        found.problem = journal_unreadable(answer.error);
    } else if (!*answer.value || !c.req.may.sees((*answer.value)->charge_point_id)) {
        found.problem = problem(problem_kind::unknown_transaction,
                                "no transaction has this id, or it is older than journal.keep_transactions");
    } else {
        found.value = std::move(**answer.value);
    }
    co_return found;
}

response show(const stored_transaction& t) {
    response r;
    append_transaction_json(r.body, t);
    return r;
}

struct wanted_close {
    transaction_close close;
    bool force = false;
};

// What is wrong with the body.
error_text read_close(ocpp::payload_reader& reader, std::string_view body, wanted_close& w) {
    constexpr std::size_t longest_reason = 255;
    if (!reader.read(body, nullptr)) return "the body is not JSON: " + std::string(reader.syntax_error());
    const auto root = reader.root();
    if (root.kind() != ocpp::value_kind::object) return "the body must be a JSON object";
    for (auto member = root.first(); member.kind() != ocpp::value_kind::absent; member = member.next()) {
        const auto kind = member.kind();
        if (member.key() == "reason" && kind == ocpp::value_kind::string) {
            w.close.reason = member.string();
        } else if (member.key() == "meterStopWh" && kind == ocpp::value_kind::null) {
            w.close.meter_stop_wh.reset();
        } else if (member.key() == "meterStopWh" &&
                   (kind == ocpp::value_kind::integer || kind == ocpp::value_kind::number)) {
            w.close.meter_stop_wh = exact_decimal::read(member.raw());
            const bool usable = w.close.meter_stop_wh && *w.close.meter_stop_wh >= exact_decimal(0);
            if (!usable) return "meterStopWh must be a number from 0 on, of at most 40 digits";
        } else if (member.key() == "force" && kind == ocpp::value_kind::boolean) {
            w.force = member.boolean().value_or(false);
        } else {
            return "\"" + std::string(member.key()) +
                   "\" is unknown or of the wrong type; known: reason (text), meterStopWh (number), force (boolean)";
        }
    }
    if (w.close.reason.empty() || w.close.reason.size() > longest_reason) {
        return "reason must say why it is closed, in 1 to 255 bytes";
    }
    return {};
}

/// By what its charge point said last of the place.
bool seems_to_charge(const gateway_parts& parts, const stored_transaction& t) {
    const auto where = parts.registry.locate(t.charge_point_id);
    if (!where.record || t.record.presumed_at) return false;
    const bool of_station = !t.record.station_id.empty();
    const auto& place = of_station ? t.record.evse_id : t.record.connector_id;
    if (!place) return false;
    for (const auto& c : where.record->connectors()) {
        if (c.evse_id != *place) continue;
        if (c.status == "Charging" || c.status == "SuspendedEV" || c.status == "SuspendedEVSE") return true;
        if (of_station && c.status == "Occupied") return true;
    }
    return false;
}

}  // namespace

io_awaitable<response> get_transaction(route_context& c) {
    auto found = co_await find(c);
    if (found.problem) co_return std::move(*found.problem);
    co_return show(*found.value);
}

io_awaitable<response> close_transaction(route_context& c) {
    wanted_close wanted;
    if (const auto wrong = read_close(c.thread.reader, c.req.body, wanted)) {
        co_return problem(problem_kind::wrong_body, wrong.text());
    }
    if (co_await needs_charge_point(c)) {
        co_return problem(problem_kind::ambiguous_transaction,
                          "several charge points have a transaction of this id: name one with chargePointId");
    }
    auto found = co_await find(c);
    if (found.problem) co_return std::move(*found.problem);
    const auto& t = *found.value;
    constexpr std::string_view over = "the transaction was stopped or closed before";
    if (t.record.stopped_at || t.record.closed_at) co_return problem(problem_kind::transaction_ended, over);
    if (!wanted.force && seems_to_charge(c.parts, t)) {
        co_return problem(problem_kind::connector_charging,
                          "its connector is charging; close it all the same with \"force\": true");
    }
    wanted.close.at = c.parts.clock.utc();
    wanted.close.closed_by = c.req.caller;
    const auto closed =
        co_await c.parts.queries()->transactions->close(t.record.number, t.charge_point_id, std::move(wanted.close));
    if (closed == close_outcome::failed)
        co_return problem(problem_kind::journal_unavailable, "the journal cannot store it now; try again");
    if (closed == close_outcome::ended_before) co_return problem(problem_kind::transaction_ended, over);
    c.thread.shard.event(event_type::transaction_closed);
    const auto where = c.parts.registry.locate(t.charge_point_id);
    const auto& place = t.record.station_id.empty() ? t.record.connector_id : t.record.evse_id;
    if (where.record && place && t.record.is_open()) where.record->transaction_ended(*place);
    auto now = co_await find(c);
    response r;
    if (now.problem) {
        r = std::move(*now.problem);
    } else {
        r = show(*now.value);
    }
    r.audit = "closed " + t.id() + " of " + t.charge_point_id;
    co_return r;
}

}  // namespace voltgate::http
