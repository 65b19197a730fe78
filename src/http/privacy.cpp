// /api/v1/privacy/{idTag}: what is stored of one who charged, given out or erased.
#include "config/texts.hpp"
#include "http/refusal_json.hpp"
#include "http/router.hpp"
#include "http/tag_export.hpp"
#include "ocpp/frame.hpp"
#include "stations/device_model.hpp"
#include "stores/queries.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace voltgate::http {

namespace {

namespace json = boost::json;
using fate = erased_tag::fate;

constexpr std::size_t largest_export = 32 * 1024 * 1024;
constexpr std::size_t most_messages = 10'000;

std::optional<response> refusal(route_context& c) {
    if (!c.req.may.personal) return problem(403, "this needs the scope \"personal\" too");
    if (!c.parts.queries()) return journal_is_off();
    if (c.parameters[0].empty()) return problem(problem_kind::bad_request, "the empty tag is nobody's: name one");
    if (!settings::is_id_tag(c.parameters[0]))
        return problem(problem_kind::bad_request,
                       "the id tag in the path must have " + std::string(settings::id_tag_allowed));
    return std::nullopt;
}

std::string audit_text(std::string_view what, const std::string& pseudonym) {
    return std::string(what).append(1, ' ').append(pseudonym);
}

// Puts asterisks in the place of the tag, in the frames that name it.
void erase_from_history(const gateway_parts& parts, const tag_export& of) {
    rewrite_messages(parts.threads, [&of](std::string_view text) {
        return of.replaced(text, [](std::string_view tag) { return std::string(tag.size(), '*'); });
    });
}

void append_messages(std::string& out, const gateway_parts& parts, const tag_export& of) {
    out += R"(,"messages":[)";
    std::size_t count = 0;
    rewrite_messages(parts.threads, [&](std::string_view text) {
        if (count < most_messages && of.is_named_in(text)) {
            if (count++ > 0) out += ',';
            ocpp::append_json_string(out, of.without_others(std::string(text)));
        }
        return std::string(text);
    });
    out += ']';
}

void erase_from_variables(const gateway_parts& parts, const tag_export& of) {
    constexpr std::size_t at_once = 1000;
    std::string after;
    for (bool more = true; more;) {
        const auto page = parts.registry.page(after, at_once, false);
        for (const auto& one : page) {
            if (const auto variables = one.record->variables())
                variables->forget_if([&of](std::string_view value) { return of.is_named_in(value); });
        }
        more = page.size() == at_once;
        if (more) after = page.back().record->key();
    }
}

// An id of a charge point is no tag, unless it is the same.
bool names(const tag_export& of, const voltgate::refusal& r) {
    const std::string path = percent_decode(r.path).value_or(r.path);
    const auto before_last = std::string_view(path).substr(0, path.rfind('/') + 1);
    const auto last = std::string_view(path).substr(before_last.size());
    return of.is_of(last) || of.is_of(r.charge_point_id) || of.is_named_in(before_last) || of.is_named_in(r.detail) ||
           of.is_named_in(r.subprotocols);
}

void append_refusals(std::string& out, const gateway_parts& parts, const tag_export& of) {
    refusal_log::query all;
    all.limit = refusal_log::most_kept;
    json::array named;
    for (const auto& e : parts.refusals.read(all).items)
        if (names(of, e.what)) named.push_back(refusal_object(e));
    out.append(R"(,"refusals":)").append(json::serialize(named));
}

}  // namespace

io_awaitable<response> get_privacy(route_context& c) {
    if (auto bad = refusal(c)) co_return std::move(*bad);
    const stored_queries& stored = *c.parts.queries();
    const named_tag of(std::string(c.parameters[0]), stored.privacy->pseudonym_of(c.parameters[0]));
    tag_export all(of, c.parts.settings.node_id);
    std::string body;
    tag_position at;
    while (at.what != tag_position::part::end) {
        auto piece = co_await stored.privacy->read(of, at);
        if (!piece.value) co_return journal_unreadable(piece.error);
        const auto next = piece.value->next;
        auto render = [&all, part = at.what, piece = std::move(*piece.value)] { return all.text_of(part, piece); };
        const auto text = co_await stored.workers->run<std::string>(std::move(render));
        if (!text.value) co_return journal_unreadable(text.error);
        body += *text.value;
        if (body.size() > largest_export)
            co_return problem(413, "it is more than 32 MiB: use \"voltgate privacy export\"");
        at = next;
    }
    auto messages = [&all, &parts = c.parts] {
        std::string text;
        append_messages(text, parts, all);
        append_refusals(text, parts, all);
        return text;
    };
    const auto text = co_await stored.workers->run<std::string>(messages);
    if (!text.value) co_return journal_unreadable(text.error);
    response r(200, body.append(*text.value) += '}');
    r.audit = audit_text("exported", of.pseudonym);
    co_return r;
}

io_awaitable<response> delete_privacy(route_context& c) {
    if (auto bad = refusal(c)) co_return std::move(*bad);
    std::string tag(c.parameters[0]);
    const stored_queries& stored = *c.parts.queries();
    const std::string pseudonym = stored.privacy->pseudonym_of(tag);
    const tag_export of(named_tag(tag, pseudonym), {});
    const auto listed = co_await stored.id_tags->find(tag);
    const auto erased = co_await stored.privacy->erase(std::move(tag), c.parts.clock.utc());
    if (erased.what == fate::busy)
        co_return problem(409,
                          "a transaction of this tag has not ended or a command that names it waits: close or wait "
                          "for it; nothing was changed");
    auto history = [&of, &parts = c.parts] {
        erase_from_history(parts, of);
        erase_from_variables(parts, of);
        return parts.refusals.forget([&of](const voltgate::refusal& r) { return names(of, r); });
    };
    const auto forgotten = co_await stored.workers->run<std::size_t>(std::move(history));
    response r;
    if (erased.what == fate::failed || !forgotten.value) {
        r = problem(problem_kind::journal_unavailable, "the journal did not store all of it: do it again");
        r.headers.emplace_back("Retry-After", "5");
    } else {
        c.thread.shard.event(event_type::privacy_erased);
        json::object body;
        body["pseudonym"] = pseudonym;
        body["transactions"] = erased.count.transactions;
        body["events"] = erased.count.events;
        body["commands"] = erased.count.commands;
        body["reservations"] = erased.count.reservations;
        body["refusals"] = *forgotten.value;
        body["listed"] = listed.value && listed.value->has_value();
        r = json_response(body);
    }
    r.audit = audit_text(r.status == 200 ? "erased" : "not erased", pseudonym);
    co_return r;
}

}  // namespace voltgate::http
