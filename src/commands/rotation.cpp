#include "commands/rotation.hpp"

#include "async/random_source.hpp"
#include "commands/command_dispatcher.hpp"
#include "security/credentials.hpp"
#include "session/session.hpp"
#include "stations/registry.hpp"
#include "stores/credential_port.hpp"

#include <voltgate/clock.hpp>

#include <utility>

namespace voltgate {

namespace {

constexpr std::size_t password_size = 20;

std::string make_password(password_form form, random_source& random) {
    return form == password_form::hex ? random_hex(password_size, random) : random_text(password_size, random);
}

// Both forms need no escapes.
command command_for(ocpp::version v, const std::string& password) {
    if (v == ocpp::version::v16)
        return {"ChangeConfiguration", R"({"key":"AuthorizationKey","value":")" + password + "\"}"};
    return {"SetVariables",
            R"({"setVariableData":[{"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"},)"
            R"("attributeValue":")" +
                password + "\"}]}"};
}

std::string status_in(ocpp::payload_reader& reader, const command_result& r) {
    if (r.outcome != outcome::result || !reader.read(r.payload, nullptr)) return {};
    const auto root = reader.root();
    const auto list = root["setVariableResult"];
    const auto status = list ? list.first()["attributeStatus"] : root["status"];
    return status.kind() == ocpp::value_kind::string ? status.string() : std::string();
}

// A charge point that answered anything but a plain no may have it.
bool may_have_it(const command_result& r, std::string_view status) {
    if (r.outcome == outcome::not_sent) return false;
    return r.outcome != outcome::result || status.empty() || status == "Accepted" || status == "RebootRequired";
}

}  // namespace

io_awaitable<rotation> rotate_password(rotation_parts with, rotation_request r) {
    rotation done;
    const auto where = with.stations.locate(r.charge_point_id);
    if (!where.live) {
        done.what = rotation::fate::dropped;
        done.result = command_result(outcome::not_sent, where.record ? reason::offline : reason::unknown_charge_point,
                                     "the charge point is not connected");
        co_return done;
    }
    const std::string password = make_password(r.form, with.random);
    const std::string hash = hash_password(password, with.random);
    auto& store = with.credentials;
    credential_edit add = [hash, now = with.clock.utc(), replace = r.replace_pending](credential& c) {
        if (!c.pending.empty() && !replace) return false;
        c.pending = hash;
        c.pending_since = now;
        return true;
    };
    const auto added = co_await store.change(r.charge_point_id, std::move(add));
    if (added.what != credential_change::fate::done) {
        if (added.what == credential_change::fate::unchanged) done.what = rotation::fate::busy;
        co_return done;
    }
    command telling = command_for(where.live->version(), password);
    caller_patience to_the_end;
    auto [ec, result] = co_await with.commands.async_send_command(r.charge_point_id, std::move(telling),
                                                                  std::move(to_the_end), as_result);
    if (ec) result = command_result(outcome::not_sent, reason::stopping, ec.message());
    done.status = status_in(with.thread.reader, result);
    done.what = may_have_it(result, done.status) ? rotation::fate::kept : rotation::fate::dropped;
    done.result = std::move(result);
    if (done.what == rotation::fate::dropped) {
        credential_edit drop = [hash](credential& c) {
            if (c.pending != hash) return false;
            c.pending.clear();
            c.pending_since.reset();
            return true;
        };
        co_await store.change(std::move(r.charge_point_id), std::move(drop));
    }
    co_return done;
}

}  // namespace voltgate
