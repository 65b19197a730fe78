// GET /api/v1/events: a page of what the journal holds, ascending.
#include "http/event_query.hpp"
#include "http/labels.hpp"
#include "http/router.hpp"
#include "http/stream.hpp"
#include "journal/event_pages.hpp"
#include "journal/journal.hpp"

#include <utility>
#include <vector>

namespace voltgate::http {

namespace {

constexpr std::size_t enough_bytes = 8 * 1024 * 1024;  // of a body: the page then ends early

struct event_body {
    event_page page;
    std::string text;
};

event_body read_body(sqlite::database& db, const event_query& q, const std::string& journal_id,
                     const std::string& gateway_id, bool personal) {
    event_body body;
    body.text = R"({"items":[)";
    body.page = read_events(db, q, [&](const event& e) {
        if (body.text.back() != '[') body.text += ',';
        append_event(body.text, e, gateway_id, personal);
        return body.text.size() < enough_bytes;
    });
    body.text.append(R"(],"next":")").append(event_cursor(journal_id, body.page.next));
    body.text.append(R"(","journalId":")").append(journal_id);
    body.text.append(R"(","oldest":)").append(std::to_string(body.page.oldest)) += '}';
    return body;
}

}  // namespace

io_awaitable<response> get_events(route_context& c) {
    const auto limit = query_number(c.req, "limit", usual_page, 1, largest_page);
    if (!limit) co_return problem(problem_kind::wrong_query, "limit must be a whole number from 1 to 10000");
    event_query q;
    q.limit = *limit;
    if (auto bad = read_event_filter(c.req, c.core.profiles(), q.filter)) co_return std::move(*bad);
    std::vector<std::string> labels;
    if (auto bad = read_labels(c.req, labels)) co_return std::move(*bad);
    q.keys = keys_labelled(*c.core.profiles(), labels);
    if (!c.core.journal()) co_return journal_is_off();
    const std::string& journal_id = c.core.journal()->id();
    if (const auto after = c.req.query_value("after")) {
        if (auto bad = read_event_cursor(*after, journal_id, q.after)) co_return std::move(*bad);
    }
    const bool personal = c.req.may.personal;
    const auto asked = q.after;
    event_body body;
    bool on = true;
    while (on) {  // a page without events is the end: not where many had to be passed over
        auto question = [q, journal_id, gateway_id = c.core.settings().node_id, personal](sqlite::database& db) {
            return read_body(db, q, journal_id, gateway_id, personal);
        };
        auto read = co_await c.core.journal()->reader().ask<event_body>(std::move(question));
        if (!read.value)
            co_return problem(problem_kind::journal_unavailable, "the journal cannot be read: " + read.error);
        body = std::move(*read.value);
        on = body.page.more && body.page.count == 0;
        q.after = body.page.next;
    }
    if (asked > body.page.last) co_return beyond_the_journal(journal_id, asked, body.page.last);
    response r(200, std::move(body.text));
    r.may_hold_tags = false;
    co_return r;
}

}  // namespace voltgate::http
