#include "stations/station_authenticator.hpp"

#include "async/with_deadline.hpp"
#include "observe/log.hpp"
#include "security/credentials.hpp"
#include "session/session.hpp"
#include "stations/registry.hpp"
#include "stores/ports.hpp"

#include <voltgate/clock.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace voltgate {

namespace {

authentication_request request_of(const upgrade_attempt& a) {
    authentication_request r;
    r.charge_point_id = a.charge_point_id;
    r.remote_address = a.remote_address;
    r.ocpp_version = a.version;
    r.security_profile = a.peer.profile;
    auto presented = read_basic(a.authorization, a.charge_point_id);
    if (presented.what == basic_password::fault::none) r.password = std::move(presented.bytes);
    if (a.peer.certificate) {
        const auto& c = *a.peer.certificate;
        r.certificate = presented_certificate{c.common_name, c.organization, c.serial};
    }
    return r;
}

// From its first use on the pending password is the only one.
credential_edit promotion_of(std::string pending, credential::time_point now) {
    return [pending = std::move(pending), now](credential& c) {
        if (c.pending != pending) return false;
        c.password = std::exchange(c.pending, {});
        c.set_at = now;
        c.pending_since.reset();
        return true;
    };
}

// What is looked up stands in this frame, not in authenticate()'s.
io_awaitable<void> find_stored(credential_port& credentials, std::string_view id, std::optional<credential>& found) {
    found = co_await credentials.find(std::string(id));
}

}  // namespace

// A charge point at the door: what is known of it, and what is made of that.
struct station_authenticator::attempt {
    registry::located where;
    std::optional<credential> stored;
    known_identity known;
    authentication result;
    bool decided = false;  // by the host program's authenticator

    void learn(const upgrade_attempt& a) {
        known.password = a.settings.password;
        if (stored && !stored->password.empty()) known.password = stored->password;
        if (stored) known.pending_password = stored->pending;
        known.serial_number = a.settings.serial_number;
        known.least_profile = a.settings.security_profile;
        if (where.record) known.least_profile = std::max(known.least_profile, where.record->seen_profile.load());
        if (where.live) known.live_strength = where.live->strength();
    }
};

io_awaitable<void> station_authenticator::ask_host(session_thread& thread, const upgrade_attempt& a, attempt& d) const {
    const deadline until = thread.io.timers.after(parts_.settings.security.authenticator_timeout);
    auto asking = with_deadline(thread.io.timers, until, of_host_(request_of(a)));
    const auto answer = co_await std::move(asking);
    using kind = authentication_answer::kind;
    d.decided = !answer || answer->what() != kind::use_default;
    if (!answer) {
        d.result.failure = authentication_failure::authenticator_failed;
    } else if (answer->what() == kind::refuse) {
        d.result.failure = authentication_failure::refused_by_host;
        d.result.reason = answer->reason();
    } else if (answer->what() == kind::accept) {
        d.result.strength = std::max<std::uint8_t>(1, a.peer.profile);
        d.result.failure = objection_to(a.peer, d.result.strength, d.known);
    }
}

void station_authenticator::report(session_thread& thread, const upgrade_attempt& a, const attempt& d) const {
    if (d.result.failure != authentication_failure::none) {
        thread.shard.authentication_failed(d.result.failure);
    } else if (d.result.is_unknown) {
        thread.shard.unknown_let_in();
        parts_.log.warning("a charge point was let in without authentication",
                           {{"charge_point", a.charge_point_id}, {"remote", a.remote_address}});
    }
}

io_awaitable<void> station_authenticator::promote_password(const upgrade_attempt& a, const attempt& d) const {
    auto promote = promotion_of(d.stored->pending, parts_.clock.utc());
    const auto change = co_await parts_.stores.credentials->change(std::string(a.charge_point_id), std::move(promote));
    if (change.what != credential_change::fate::failed) {
        parts_.log.info("a new password is used: the old one is not valid any more",
                        {{"charge_point", a.charge_point_id}});
    } else {
        parts_.log.warning("a new password is used, and the old one stays valid too: that could not be stored",
                           {{"charge_point", a.charge_point_id}});
    }
}

io_awaitable<authentication> station_authenticator::authenticate(session_thread& thread,
                                                                 const upgrade_attempt& a) const {
    // Neither this nor what few need is in the frame: Asio hands that to the session next, which keeps its size.
    const auto d = std::make_unique<attempt>();
    d->where = parts_.stations.locate(a.charge_point_id);
    co_await find_stored(*parts_.stores.credentials, a.charge_point_id, d->stored);
    d->learn(a);
    if (of_host_) co_await ask_host(thread, a, *d);
    if (!d->decided) {
        d->result =
            voltgate::authenticate(parts_.settings.security, a.charge_point_id, a.peer, a.authorization, d->known);
    }
    if (d->result.used_pending) co_await promote_password(a, *d);
    report(thread, a, *d);
    co_return d->result;
}

}  // namespace voltgate
