// GET /api/v1/models: how many charge points there are of each vendor, model and firmware, and what they get wrong.
#include "http/labels.hpp"
#include "http/router.hpp"

#include <boost/asio/post.hpp>
#include <boost/json/array.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <tuple>
#include <utility>

namespace voltgate::http {

namespace {

namespace json = boost::json;

constexpr std::size_t counted_at_once = 256;  // charge points per turn of the I/O thread
constexpr std::size_t most_counted = 20'000;  // kinds: what a charge point calls itself is its own business

struct count {
    std::uint64_t known = 0, connected = 0;
    std::map<rule, std::uint64_t> deviations;

    void add(const registry::located& where) {
        ++known;
        if (where.live) ++connected;
        for (const auto& [r, times] : where.record->deviations()) deviations[r] += times;
    }
};

struct less {
    bool operator()(const told_model& a, const told_model& b) const {
        return std::tie(a.vendor, a.model, a.firmware) < std::tie(b.vendor, b.model, b.firmware);
    }
};

struct census {
    std::map<told_model, count, less> models;
    count never_booted, others;

    void add(const registry::located& where) {
        const auto told = where.record->model();
        if (!told) return never_booted.add(where);
        const auto found = models.find(*told);
        if (found != models.end()) return found->second.add(where);
        if (models.size() >= most_counted) return others.add(where);
        models[*told].add(where);
    }
};

json::object count_object(const count& c) {
    json::object o, deviations;
    o["known"] = c.known;
    o["connected"] = c.connected;
    for (const auto& [r, times] : c.deviations) deviations[to_string(r)] = times;
    o["deviations"] = std::move(deviations);
    return o;
}

json::object to_json(const census& all, std::size_t limit) {
    std::vector<const std::pair<const told_model, count>*> order;
    for (const auto& entry : all.models) order.push_back(&entry);
    std::ranges::sort(order, [](auto* a, auto* b) {
        return a->second.known != b->second.known ? a->second.known > b->second.known : less()(a->first, b->first);
    });
    if (order.size() > limit) order.resize(limit);
    json::array items;
    for (const auto* entry : order) {
        const auto& [told, counted] = *entry;
        json::object o = count_object(counted);
        o["vendor"] = told.vendor;
        o["model"] = told.model;
        o["firmwareVersion"] = told.firmware;
        items.push_back(std::move(o));
    }
    json::object body;
    body["items"] = std::move(items);
    body["total"] = all.models.size();
    body["neverBooted"] = count_object(all.never_booted);
    if (all.others.known > 0) body["others"] = count_object(all.others);
    return body;
}

}  // namespace

io_awaitable<response> get_models(route_context& c) {
    const auto limit = query_number(c.req, "limit", usual_page, 1, largest_page);
    if (!limit) co_return problem(problem_kind::wrong_query, "limit must be a whole number from 1 to 10000");
    std::vector<std::string> labels;
    if (auto bad = read_labels(c.req, labels)) co_return std::move(*bad);
    const auto all = std::make_unique<census>();
    std::string after;
    bool more = true;
    while (more) {
        const auto found = c.parts.registry.page(after, counted_at_once, false);
        for (const auto& where : found)
            if (c.parts.profiles->has_labels(where.record->key(), labels)) all->add(where);
        more = found.size() == counted_at_once;
        if (more) after = found.back().record->key();
        co_await asio::post(c.thread.executor(), asio::deferred);
    }
    co_return json_response(to_json(*all, *limit));
}

}  // namespace voltgate::http
