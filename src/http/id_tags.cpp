// /api/v1/id-tags: the managed list of id tags, entry by entry, page by page, or imported.
#include "config/texts.hpp"
#include "http/entity_tag.hpp"
#include "http/id_tag_json.hpp"
#include "http/router.hpp"
#include "stores/id_tag_list.hpp"
#include "stores/queries.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace voltgate::http {

namespace {

namespace json = boost::json;
using fate = revision_change::fate;

// The position behind the empty tag: a parameter must have a value, and no tag has this character.
const std::string after_empty_tag = "\x01";

// What every route begins with.
std::optional<response> refusal(route_context& c) {
    if (!c.parts.stores.id_tag_list || !c.parts.queries()) return journal_is_off();
    return std::nullopt;
}

constexpr std::string_view as_it_was = "the list is as it was";

response unreadable(const std::string& why) {
    response r = journal_unreadable(why);
    r.headers.emplace_back("Retry-After", "5");
    return r;
}

response missing() { return problem(problem_kind::unknown_id_tag, "the list holds no such id tag"); }

response refused(std::optional<std::uint64_t> revision) {
    if (!revision) return problem(412, "the list holds no such id tag, and If-Match asks for one");
    response r = problem(412, "the id tag has revision " + std::to_string(*revision) +
                                  ", which If-Match or If-None-Match rules out; read it and decide anew");
    r.headers.emplace_back("ETag", entity_tag(*revision));
    return r;
}

response entry_response(const id_tag_entry& e, unsigned status) {
    response r = json_response(id_tag_object(e), status);
    r.headers.emplace_back("ETag", entity_tag(e.revision));
    return r;
}

// What is wrong with the query.
error_text read_query(const request& req, id_tag_query& query) {
    const auto limit = query_number(req, "limit", usual_page, 1, largest_page);
    if (!limit) return "limit must be a whole number from 1 to 10000";
    query.limit = *limit;
    if (const auto after = req.query_value("after")) query.after = *after;
    if (const auto status = req.query_value("status")) {
        query.status = read_id_tag_status(*status);
        if (!query.status) return "status must be " + std::string(id_tag_statuses);
    }
    if (const auto parent = req.query_value("parentIdTag")) query.parent = *parent;
    return {};
}

// The page has one entry more than wanted where there is a next one.
std::string page_json(const std::vector<id_tag_entry>& entries, std::size_t wanted) {
    const std::size_t count = std::min(wanted, entries.size());
    json::array items;
    items.reserve(count);
    for (std::size_t i = 0; i < count; ++i) items.push_back(id_tag_object(entries[i]));
    json::object body;
    body["items"] = std::move(items);
    if (count < entries.size()) {
        const auto& last = entries[count - 1].id_tag;
        body["next"] = last.empty() ? after_empty_tag : last;
    }
    return json::serialize(body);
}

}  // namespace

io_awaitable<response> get_id_tags(route_context& c) {
    if (auto bad = refusal(c)) co_return std::move(*bad);
    id_tag_query query;
    if (const auto wrong = read_query(c.req, query)) co_return problem(problem_kind::wrong_query, wrong.text());
    const std::size_t wanted = query.limit++;  // one more tells whether there is a next page
    auto page = co_await c.parts.queries()->id_tags->page(std::move(query));
    if (!page.value) co_return unreadable(page.error);
    auto render = [entries = std::move(*page.value), wanted] { return page_json(entries, wanted); };
    auto body = co_await c.parts.queries()->workers->run<std::string>(std::move(render));
    if (!body.value) co_return unreadable(body.error);
    co_return response(200, std::move(*body.value));
}

io_awaitable<response> get_id_tag(route_context& c) {
    if (auto bad = refusal(c)) co_return std::move(*bad);
    auto found = co_await c.parts.queries()->id_tags->find(std::string(c.parameters[0]));
    if (!found.value) co_return unreadable(found.error);
    if (!*found.value) co_return missing();
    co_return entry_response(**found.value, 200);
}

io_awaitable<response> put_id_tag(route_context& c) {
    if (auto bad = refusal(c)) co_return std::move(*bad);
    id_tag_entry entry;
    if (!settings::is_id_tag(c.parameters[0])) {
        co_return problem(400, "the id tag in the path must have " + std::string(settings::id_tag_allowed));
    }
    if (const auto wrong = read_entry(c.thread.reader, c.req.body, entry, c.parameters[0])) {
        co_return problem(problem_kind::wrong_body, wrong.in("the body").text());
    }
    response wrong;
    auto condition = read_condition(c.req, wrong);
    if (!condition) co_return wrong;
    const auto change = co_await c.parts.stores.id_tag_list->put(entry, std::move(condition));
    if (change.what == fate::failed) co_return not_stored(c.parts, as_it_was);
    if (change.what == fate::refused) co_return refused(change.revision);
    entry.revision = *change.revision;
    co_return entry_response(entry, change.what == fate::created ? 201 : 200);
}

io_awaitable<response> delete_id_tag(route_context& c) {
    if (auto bad = refusal(c)) co_return std::move(*bad);
    response wrong;
    auto condition = read_condition(c.req, wrong);
    if (!condition) co_return wrong;
    std::string id_tag(c.parameters[0]);
    if (id_tag.empty() && !c.req.if_match)
        co_return problem(problem_kind::bad_request,
                          "the empty tag goes with If-Match alone: no unset variable removes it");
    const auto change = co_await c.parts.stores.id_tag_list->remove(std::move(id_tag), std::move(condition));
    switch (change.what) {
        case fate::removed: co_return response(204, {});
        case fate::missing: co_return missing();
        case fate::refused: co_return refused(change.revision);
        default: co_return not_stored(c.parts, as_it_was);
    }
}

io_awaitable<response> post_id_tags(route_context& c) {
    if (auto bad = refusal(c)) co_return std::move(*bad);
    // By a worker: a large list takes longer than charge points should wait.
    auto reading = [&body = c.req.body] { return read_import(body); };
    auto read = co_await c.parts.queries()->workers->run<id_tag_import>(reading);
    if (!read.value) co_return unreadable(read.error);
    if (read.value->wrong)
        co_return problem(problem_kind::wrong_body, std::string(read.value->wrong.text()) + "; nothing was imported");
    const std::size_t count = read.value->entries.size();
    const std::size_t stored = co_await c.parts.stores.id_tag_list->import(std::move(read.value->entries));
    if (stored < count) {
        std::string so_far(as_it_was);
        if (stored > 0) so_far = fmt::format("{} of {} are stored, in the order of their id tags", stored, count);
        co_return not_stored(c.parts, so_far);
    }
    json::object body;
    body["imported"] = count;
    co_return json_response(body);
}

}  // namespace voltgate::http
