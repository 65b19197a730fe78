// What is set of single charge points: PUT and DELETE /api/v1/charge-points/{id}, and POST of many of them, with their
// passwords.
#include "stores/profiles.hpp"

#include "config/check.hpp"
#include "http/entity_tag.hpp"
#include "http/entry_list.hpp"
#include "http/router.hpp"
#include "http/settings_json.hpp"
#include "http/upgrade.hpp"
#include "text/fold_id.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace voltgate::http {

namespace {

namespace json = boost::json;
using fate = revision_change::fate;

constexpr std::size_t slice = 100;                // entries per turn of the I/O thread
constexpr std::size_t longest_entry = 16 * 1024;  // bytes of JSON: more than all its members may have

response refused(std::optional<std::uint64_t> revision) {
    if (!revision) return problem(412, "nothing is set of this charge point, and If-Match asks for something");
    response r = problem(412, "what is set of this charge point has the ETag " + entity_tag(*revision) +
                                  ", which If-Match or If-None-Match rules out; read it and decide anew");
    add_profile_tag(r, *revision);
    return r;
}

// As many as are remembered at most. Those that are set already take no room.
std::optional<response> no_room(const gateway_parts& parts, const std::vector<profile_ptr>& wanted) {
    const auto& known = *parts.profiles;
    const auto fresh = static_cast<std::size_t>(
        std::ranges::count_if(wanted, [&](const auto& p) { return !known.find(p->charge_point_id); }));
    if (fresh == 0 || known.size() + fresh <= parts.settings.limits.charge_points) return std::nullopt;
    return problem(409, "no more charge points are set than limits.charge_points: " +
                            std::to_string(parts.settings.limits.charge_points) +
                            "; raise it, or DELETE those that are gone");
}

// What is wrong with what its overrides would make of it together with the configuration.
error_text fault_in_force(const gateway_parts& parts, const profile_ptr& p) {
    if (!p->overriding) return {};
    return settings::idle_fault(*parts.settings_in_force.effective_of(p->charge_point_id, p).in_force).in("overrides");
}

// A list on its way in.
struct import {
    import(std::string_view text, random_source& r) :random(r), list(text, longest_entry) {}

    random_source& random;
    entry_list list;
    std::vector<profile_ptr> profiles;
    std::vector<credential> credentials;
    std::unordered_map<std::string, std::size_t> places;  // by folded identity

    /// What is wrong with the entry; then it is not taken.
    error_text take(std::string_view text, credential::time_point now) {
        profile_entry e;
        if (auto wrong = read_profile_entry(text, &random, e)) return wrong;
        const auto& id = e.profile.charge_point_id;
        const auto [place, is_new] = places.emplace(fold_id(id), profiles.size());
        if (!is_new) return "id is the same as in entry " + std::to_string(place->second) + "; each may come once";
        if (!e.password.empty()) {
            credential fresh;
            fresh.charge_point_id = id;
            fresh.password = std::move(e.password);
            fresh.set_at = now;
            credentials.push_back(std::move(fresh));
        }
        profiles.push_back(std::make_shared<const charge_point_profile>(std::move(e.profile)));
        return {};
    }
};

io_awaitable<std::optional<response>> read_all(route_context& c, import& all) {
    if (!all.list.open())
        co_return problem(problem_kind::wrong_body, R"(the body must be an array of entries, or {"items":[...]})");
    const auto now = c.parts.clock.utc();
    error_text wrong;
    auto text = all.list.next();
    while (!text.empty() && !wrong) {
        wrong = all.take(text, now);
        if (!wrong) wrong = fault_in_force(c.parts, all.profiles.back());
        if (all.profiles.size() % slice == 0) co_await asio::post(c.thread.executor(), asio::deferred);
        if (!wrong) text = all.list.next();
    }
    if (!wrong) wrong = all.list.wrong();
    if (!wrong) co_return std::nullopt;
    const auto where = in_entry(all.profiles.size(), wrong);
    co_return problem(problem_kind::wrong_body, std::string(where.text()) + "; nothing was imported");
}

void announce(const gateway_parts& parts, const profile_ptr& p) {
    parts.registry.remember(p->charge_point_id);
    parts.settings_in_force.renew(p->charge_point_id);
}

}  // namespace

io_awaitable<response> put_charge_point(route_context& c) {
    const std::string id(c.parameters[0]);
    if (const auto fault = identity_fault(id)) co_return problem(400, fault.text());
    profile_entry e;
    e.profile.charge_point_id = id;
    if (const auto wrong = read_profile_entry(c.req.body, nullptr, e)) {
        co_return problem(problem_kind::wrong_body, wrong.in("the body").text());
    }
    const auto profile = std::make_shared<const charge_point_profile>(std::move(e.profile));
    if (const auto wrong = fault_in_force(c.parts, profile)) {
        co_return problem(problem_kind::wrong_body, wrong.in("the body").text());
    }
    if (auto bad = no_room(c.parts, {profile})) co_return std::move(*bad);
    response wrong;
    auto condition = read_condition(c.req, wrong);
    if (!condition) co_return wrong;
    const auto change = co_await c.parts.stores.profiles->put(profile, std::move(condition));
    if (change.what == fate::failed) co_return not_stored(c.parts, "nothing has changed");
    if (change.what == fate::refused) co_return refused(change.revision);
    announce(c.parts, profile);
    const auto effective = c.parts.settings_in_force.effective_of(id);
    json::object body;
    body["id"] = id;
    put_profile(body, profile);
    body["settings"] = settings_object(effective);
    response r = json_response(body, change.what == fate::created ? 201 : 200);
    add_profile_tag(r, profile->revision());
    co_return r;
}

io_awaitable<response> delete_charge_point(route_context& c) {
    response wrong;
    auto condition = read_condition(c.req, wrong);
    if (!condition) co_return wrong;
    std::string id(c.parameters[0]);
    const auto change = co_await c.parts.stores.profiles->remove(std::move(id), std::move(condition));
    if (change.what == fate::failed) co_return not_stored(c.parts, "nothing has changed");
    if (change.what == fate::refused) co_return refused(change.revision);
    if (change.what == fate::missing) co_return problem(404, "nothing was set of this charge point");
    c.parts.registry.forget_unseen(c.parameters[0]);
    c.parts.settings_in_force.renew(c.parameters[0]);
    co_return response(204, {});
}

io_awaitable<response> post_charge_points(route_context& c) {
    const auto all = std::make_unique<import>(c.req.body, c.parts.machine.random());
    if (auto bad = co_await read_all(c, *all)) co_return std::move(*bad);
    if (auto bad = no_room(c.parts, all->profiles)) co_return std::move(*bad);
    const std::size_t wanted = all->profiles.size(), passwords = all->credentials.size();
    const auto stored_passwords = co_await c.parts.stores.credentials->put(std::move(all->credentials));
    std::vector<profile_ptr> profiles;
    if (stored_passwords == passwords) profiles = all->profiles;
    const auto stored = co_await c.parts.stores.profiles->import(std::move(profiles));
    for (std::size_t i = 0; i < stored; ++i) {
        announce(c.parts, all->profiles[i]);
        if (i % slice == slice - 1) co_await asio::post(c.thread.executor(), asio::deferred);
    }
    if (stored < wanted) {
        co_return not_stored(c.parts, "of the list, in its order, " + std::to_string(stored_passwords) + " of " +
                                          std::to_string(passwords) + " passwords are kept and the rest of " +
                                          std::to_string(stored) + " of " + std::to_string(wanted) + " entries");
    }
    json::object body;
    body["imported"] = wanted;
    body["passwords"] = passwords;
    response r = json_response(body);
    r.audit = std::to_string(wanted) + " entries, " + std::to_string(passwords) + " passwords";
    co_return r;
}

}  // namespace voltgate::http
