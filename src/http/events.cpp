// GET /api/v1/events: a page of what the journal holds, ascending.
#include "http/event_query.hpp"
#include "http/labels.hpp"
#include "http/router.hpp"
#include "http/stream.hpp"
#include "stores/queries.hpp"

#include <string>
#include <utility>
#include <vector>

namespace voltgate::http {

namespace {

constexpr std::size_t enough_bytes = 8 * 1024 * 1024;  // of a body: the page then ends early

}  // namespace

io_awaitable<response> get_events(route_context& c) {
    const auto limit = query_number(c.req, "limit", usual_page, 1, largest_page);
    if (!limit) co_return problem(problem_kind::wrong_query, "limit must be a whole number from 1 to 10000");
    event_query q;
    q.limit = *limit;
    if (auto bad = read_event_filter(c.req, c.parts.profiles, q.filter)) co_return std::move(*bad);
    std::vector<std::string> labels;
    if (auto bad = read_labels(c.req, labels)) co_return std::move(*bad);
    if (!c.parts.queries()) co_return journal_is_off();
    const stored_queries& stored = *c.parts.queries();
    auto keys = co_await look_for_labelled(*stored.workers, c.parts.profiles, std::move(labels));
    if (!keys.value) co_return journal_unreadable(keys.error);
    q.keys = std::move(*keys.value);
    const std::string& journal_id = stored.events->journal_id();
    if (const auto after = c.req.query_value("after")) {
        if (auto bad = read_event_cursor(*after, journal_id, q.after)) co_return std::move(*bad);
    }
    const auto asked = q.after;
    std::string body = R"({"items":[)";
    const event_sink render = [&body, &gateway_id = c.parts.settings.node_id,
                               personal = c.req.may.personal](const event& e) {
        if (body.back() != '[') body += ',';
        append_event(body, e, gateway_id, personal);
        return body.size() < enough_bytes;
    };
    event_page page;
    bool on = true;
    while (on) {  // a page without events is the end: not where many had to be passed over
        auto read = co_await stored.events->page(q, render);
        if (!read.value) co_return journal_unreadable(read.error);
        page = *read.value;
        on = page.more && page.count == 0;
        q.after = page.next;
    }
    if (asked > page.last) co_return beyond_the_journal(journal_id, asked, page.last);
    body.append(R"(],"next":")").append(event_cursor(journal_id, page.next));
    body.append(R"(","journalId":")").append(journal_id);
    body.append(R"(","oldest":)").append(std::to_string(page.oldest)) += '}';
    response r(200, std::move(body));
    r.may_hold_tags = false;
    co_return r;
}

}  // namespace voltgate::http
