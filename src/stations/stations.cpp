#include "stations/stations.hpp"

#include "async/with_deadline.hpp"
#include "observe/log.hpp"
#include "observe/refusal_log.hpp"
#include "observe/spawn.hpp"
#include "session/session.hpp"
#include "stations/publisher.hpp"
#include "stores/ports.hpp"
#include "text/json_text.hpp"

#include <voltgate/clock.hpp>

#include <boost/asio/co_spawn.hpp>

#include <utility>

namespace voltgate {

namespace {

// What is under way for somebody who may have stopped waiting.
struct pending_claim {
    bool awaited = true;
    std::optional<std::uint64_t> granted;  // and not told yet
};

// One that is granted when nobody waits for it any more is given back.
io_awaitable<ownership_port::claim_result> claim_or_give_back(ownership_port& ownership, std::string id,
                                                              std::shared_ptr<pending_claim> pending) {
    auto claimed = co_await ownership.claim(id);
    if (claimed && !pending->awaited) ownership.release(id, claimed->epoch);
    if (claimed && pending->awaited) pending->granted = claimed->epoch;
    co_return claimed;
}

io_awaitable<void> end_lost(std::shared_ptr<session> s) {
    auto replacing = s->replace();
    co_await std::move(replacing);
}

}  // namespace

io_awaitable<std::optional<ownership_claim>> stations::claim(session& s) {
    const auto pending = std::make_shared<pending_claim>();
    auto& timers = s.thread().io.timers;
    auto claiming = claim_or_give_back(*parts_.stores.ownership, s.charge_point_id(), pending);
    const auto until = timers.after(parts_.settings.events.commit_timeout);
    auto waiting = with_deadline(timers, until, std::move(claiming));
    auto claimed = co_await std::move(waiting);
    pending->awaited = false;
    if (!claimed) {
        if (pending->granted) parts_.stores.ownership->release(s.charge_point_id(), *pending->granted);
        refuse_unclaimed(s, "the store that knows failed, or said nothing in time");
        co_return std::nullopt;
    }
    if (!*claimed) {
        refuse_unclaimed(s, claimed->error().message());
        co_return std::nullopt;
    }
    co_return std::move(**claimed);
}

void stations::refuse_unclaimed(session& s, std::string detail) {
    add_refusal(s, refusal_reason::ownership, "which node it belongs to could not be settled: " + detail);
    s.close(1013, "which node it belongs to could not be settled; try again", end_reason::refused);
}

io_awaitable<void> stations::enter(std::shared_ptr<session> s) {
    auto& known = parts_.registry;
    const auto delay = known.takeover_delay(s->charge_point_id(), parts_.clock.steady());
    if (delay.count() > 0) {
        parts_.log.warning("an identity is taken over again and again; connecting it is delayed",
                           {{"charge_point", s->charge_point_id()}, {"delay_ms", delay.count()}});
        co_await s->pause(delay);
    }
    registry::entry_result entry;
    do {
        if (s->closing()) co_return;  // it would never leave, and takes nothing from whoever is there
        auto claiming = claim(*s);
        const auto claimed = co_await std::move(claiming);
        if (!claimed) co_return;
        if (!s->closing()) entry = known.enter(s, claimed->epoch);
        if (s->epoch() != claimed->epoch) parts_.stores.ownership->release(s->charge_point_id(), claimed->epoch);
        if (s->closing()) co_return;
        if (claimed->previous_owner) {
            parts_.log.info("charge point comes from another node",
                            {{"charge_point", s->charge_point_id()}, {"node", *claimed->previous_owner}});
        }
    } while (entry.outdated);
    s->record = entry.record;
    s->thread().shard.opened(s->version());
    s->counted = true;
    if (entry.stale) {
        s->close(1008, "a newer connection of the same identity is there", end_reason::replaced);
        co_return;
    }
    if (entry.stronger) {  // it came while this one was being authenticated
        note_refusal(*s, refusal_reason::weaker_than_live, authentication_failure::weaker_than_live,
                     "it is connected, and authenticated more strongly");
        s->close(1008, "the live connection is authenticated more strongly", end_reason::refused);
        co_return;
    }
    if (s->strength() > 0 && s->security_profile() > s->record->seen_profile) {
        s->record->seen_profile = s->security_profile();
        parts_.stores.charge_points->changed(s->record);
    }
    if (entry.replaced) s->thread().shard.takeover();
    const auto old = entry.replaced ? entry.replaced : entry.leaving;
    entry = {};
    if (old) {  // its end is told before this beginning
        auto replacing = old->replace();
        co_await asio::co_spawn(old->thread().executor(), std::move(replacing), as_result);
    }
    if (!s->closing()) tell_arrival(*s);
}

void stations::tell_arrival(session& s) {
    s.announced = true;
    std::string& payload = new_payload(s);
    payload = R"({"remoteAddress":)";
    ocpp::append_json_string(payload, s.remote_address());
    payload.append(R"(,"subprotocol":")").append(ocpp::subprotocol(s.version())).append("\"}");
    parts_.publisher.publish(s, event_type::charge_point_connected);
    if (came_) came_(s.record->key());
    parts_.log.info("charge point connected", {{"charge_point", s.charge_point_id()},
                                               {"epoch", s.epoch()},
                                               {"remote", s.remote_address()},
                                               {"version", ocpp::to_string(s.version())}});
}

void stations::note_refusal(session& s, refusal_reason why, authentication_failure counted_as, std::string detail) {
    s.thread().shard.authentication_failed(counted_as);
    add_refusal(s, why, std::move(detail));
}

void stations::add_refusal(session& s, refusal_reason why, std::string detail) {
    refusal r;
    r.reason = why;
    r.detail = std::move(detail);
    r.remote_address = s.remote_address();
    r.charge_point_id = s.charge_point_id();
    parts_.refusals.add(std::move(r), parts_.clock.utc(), parts_.clock.steady(), parts_.log);
}

void stations::leave(session& s, end_reason why) {
    if (s.counted) s.thread().shard.closed(s.version());
    s.counted = false;
    parts_.registry.leave(s, parts_.clock.utc());
    if (s.record) parts_.stores.charge_points->changed(s.record);
    if (s.announced) tell_departure(s, why);
    parts_.registry.left(s);
    if (s.epoch() > 0) parts_.stores.ownership->release(s.charge_point_id(), s.epoch());
}

void stations::lost(const std::string& charge_point_id, std::uint64_t epoch) {
    const auto here = parts_.registry.lose(charge_point_id, epoch);
    if (!here) return;
    parts_.log.info("charge point is with another node now", {{"charge_point", charge_point_id}, {"epoch", epoch}});
    spawn(here->thread().executor(), parts_.log, "the end of a session that another node took over", end_lost(here));
}

void stations::tell_departure(session& s, end_reason why) {
    parts_.publisher.end_reports(s);
    s.announced = false;
    new_payload(s).append(R"({"reason":")").append(to_string(why)).append("\"}");
    parts_.publisher.publish(s, event_type::charge_point_disconnected);
    parts_.log.info("charge point disconnected",
                    {{"charge_point", s.charge_point_id()}, {"epoch", s.epoch()}, {"reason", to_string(why)}});
}

void stations::deviated(session& s, rule r, std::string_view text) {
    if (s.record) {
        s.record->add_deviation(r);
        parts_.stores.charge_points->changed(s.record);
    }
    if (!parts_.log.enabled(log_config::severity::debug)) return;
    parts_.log.debug("deviation", {{"charge_point", s.charge_point_id()}, {"rule", to_string(r)}, {"detail", text}});
}

}  // namespace voltgate
