// /api/v1/charge-points/{id}/credentials: the password of a charge point, which nobody can read again.
#include "security/credentials.hpp"

#include "async/random_source.hpp"
#include "commands/rotation.hpp"
#include "http/router.hpp"
#include "http/upgrade.hpp"

#include <utility>

namespace voltgate::http {

namespace {

namespace json = boost::json;
using fate = credential_change::fate;

constexpr std::size_t generated_size = 20;

std::optional<response> refusal(route_context& c) {
    if (const auto fault = identity_fault(c.parameters[0])) return problem(400, fault.text());
    return std::nullopt;
}

json::object metadata(route_context& c, const std::optional<credential>& stored) {
    const std::string_view id = c.parameters[0];
    const auto record = c.parts.registry.find(id);
    const bool is_set = stored && !stored->password.empty();
    const auto time_or_null = [](const std::optional<credential::time_point>& t) {
        return t ? json::value(timestamp(*t)) : json::value(nullptr);
    };
    json::object o;
    o["chargePointId"] = id;
    o["source"] = is_set ? "stored" : c.parts.settings_in_force.of(id)->password.empty() ? "none" : "configured";
    o["setAt"] = stored ? time_or_null(stored->set_at) : json::value(nullptr);
    o["pending"] = stored && !stored->pending.empty();
    o["pendingSince"] = stored ? time_or_null(stored->pending_since) : json::value(nullptr);
    o["seenProfile"] = record ? record->seen_profile.load() : 0;
    return o;
}

// What is wrong with the value.
error_text read_form(ocpp::value_view value, std::string_view name, password_form& form) {
    const auto text = value.string();
    if (value.kind() != ocpp::value_kind::string || (text != "hex" && text != "text"))
        return std::string(name) + " must be \"hex\" or \"text\"";
    form = text == "hex" ? password_form::hex : password_form::text;
    return {};
}

struct put_request {
    std::string password;
    bool generated = false;
};

// What is wrong with the body, without what stands in it.
error_text read_put(ocpp::payload_reader& reader, std::string_view body, random_source& random, put_request& put) {
    if (!reader.read(body, nullptr)) return "the body is not JSON: " + std::string(reader.syntax_error());
    const auto root = reader.root();
    const auto password = root["password"], generate = root["generate"];
    if (root.kind() != ocpp::value_kind::object || root.size() != 1 || (!password.present() && !generate.present()))
        return R"(the body must be {"password":"…"} or {"generate":"hex"} or {"generate":"text"})";
    if (generate.present()) {
        password_form form{};
        if (auto wrong = read_form(generate, "generate", form)) return wrong;
        put.generated = true;
        put.password =
            form == password_form::hex ? random_hex(generated_size, random) : random_text(generated_size, random);
        return {};
    }
    if (password.kind() != ocpp::value_kind::string) return "password must be a text";
    put.password = password.string();
    return password_fault(put.password).in("password");
}

// What is wrong with the body.
error_text read_rotation(ocpp::payload_reader& reader, std::string_view body, rotation_request& r) {
    if (!reader.read(body, nullptr)) return "the body is not JSON: " + std::string(reader.syntax_error());
    const auto root = reader.root();
    if (root.kind() != ocpp::value_kind::object) return "the body must be a JSON object, which may be empty";
    for (auto member = root.first(); member.kind() != ocpp::value_kind::absent; member = member.next()) {
        if (member.key() == "form") {
            if (auto wrong = read_form(member, "form", r.form)) return wrong;
        } else if (member.key() == "replacePending") {
            const auto value = member.boolean();
            if (!value) return "replacePending must be true or false";
            r.replace_pending = *value;
        } else {
            return "unknown member; known: form, replacePending";
        }
    }
    return {};
}

unsigned status_of(const rotation& done) {
    if (done.result.outcome == outcome::unknown) return 504;
    if (done.result.outcome != outcome::not_sent) return 200;
    return done.result.reason == reason::unknown_charge_point ? 404 : 503;
}

// False: there was none to forget.
bool forget_profile(route_context& c) {
    const auto record = c.parts.registry.find(c.parameters[0]);
    if (!record || record->seen_profile.exchange(0) == 0) return false;
    c.parts.stores.charge_points->changed(record);
    return true;
}

}  // namespace

io_awaitable<response> get_credentials(route_context& c) {
    if (auto bad = refusal(c)) co_return std::move(*bad);
    std::string id(c.parameters[0]);
    const auto stored = co_await c.parts.stores.credentials->find(std::move(id));
    auto body = metadata(c, stored);
    if (!stored && body["source"] == "none")
        co_return problem(problem_kind::no_credentials, "no password of this charge point is known");
    co_return json_response(body);
}

io_awaitable<response> put_credentials(route_context& c) {
    if (auto bad = refusal(c)) co_return std::move(*bad);
    put_request put;
    if (const auto wrong = read_put(c.thread.reader, c.req.body, c.parts.machine.random(), put))
        co_return problem(problem_kind::wrong_body, wrong.text());
    credential fresh;
    fresh.password = hash_password(put.password, c.parts.machine.random());
    fresh.set_at = c.parts.clock.utc();
    credential_edit set = [fresh](credential& kept) {
        const std::string id = kept.charge_point_id;
        kept = fresh;
        kept.charge_point_id = id;
        return true;
    };
    std::string id(c.parameters[0]);
    const auto change = co_await c.parts.stores.credentials->change(std::move(id), std::move(set));
    if (change.what != fate::done) co_return not_stored(c.parts, "nothing has changed");
    auto body = metadata(c, fresh);
    if (put.generated) body["password"] = put.password;
    response r = json_response(body, change.was_empty ? 201 : 200);
    r.audit = put.generated ? "generated" : "given";
    co_return r;
}

io_awaitable<response> delete_credentials(route_context& c) {
    if (auto bad = refusal(c)) co_return std::move(*bad);
    credential_edit remove = [](credential& kept) {
        kept.password.clear();
        kept.pending.clear();
        return true;
    };
    std::string id(c.parameters[0]);
    const auto change = co_await c.parts.stores.credentials->change(std::move(id), std::move(remove));
    if (change.what != fate::done) co_return not_stored(c.parts, "nothing has changed");
    const bool had_profile = forget_profile(c);
    if (change.was_empty && !had_profile)
        co_return problem(problem_kind::no_credentials, "no password of this charge point is stored");
    co_return response(204, {});
}

io_awaitable<response> delete_seen_profile(route_context& c) {
    if (auto bad = refusal(c)) co_return std::move(*bad);
    if (!forget_profile(c))
        co_return problem(problem_kind::no_credentials, "this charge point was not seen on a security profile");
    co_return response(204, {});
}

io_awaitable<response> rotate_credentials(route_context& c) {
    if (auto bad = refusal(c)) co_return std::move(*bad);
    rotation_request wanted;
    if (const auto wrong = read_rotation(c.thread.reader, c.req.body, wanted)) {
        co_return problem(problem_kind::wrong_body, wrong.text());
    }
    wanted.charge_point_id = c.parameters[0];
    const rotation_parts with{c.parts.commands, c.parts.registry,         *c.parts.stores.credentials,
                              c.parts.clock,    c.parts.machine.random(), c.thread};
    const auto done = co_await rotate_password(with, std::move(wanted));
    if (done.what == rotation::fate::not_stored) co_return not_stored(c.parts, "nothing has changed");
    if (done.what == rotation::fate::busy) {
        co_return problem(
            409,
            "an earlier rotation is pending: it ends when the charge point connects with its new "
            "password; {\"replacePending\":true} gives that password up, with which it may be locked out");
    }
    const bool kept = done.what == rotation::fate::kept;
    json::object body;
    body["chargePointId"] = c.parameters[0];
    body["pending"] = kept;
    body["outcome"] = to_string(done.result.outcome);
    body["reason"] = to_string(done.result.reason);
    body["status"] = done.status.empty() ? json::value(nullptr) : json::value(done.status);
    body["commandId"] = done.result.command_id.empty() ? json::value(nullptr) : json::value(done.result.command_id);
    body["detail"] = done.result.detail;
    response r = json_response(body, status_of(done));
    if (r.status == 503) r.headers.emplace_back("Retry-After", "5");
    r.audit = kept ? "pending" : "dropped";
    co_return r;
}

}  // namespace voltgate::http
