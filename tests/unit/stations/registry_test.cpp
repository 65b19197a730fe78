// Who is known, who is live, who took over from whom. The sessions here have no socket: the registry never asks.
#include "stations/registry.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "session/session.hpp"
#include "support/manual_clock.hpp"
#include "support/no_gateway.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace voltgate;
using namespace std::chrono_literals;

class socketless_session final : public session {
  public:
    socketless_session(session_thread& thread, const session_ports& ports, const config& c, session_origin origin)
        : session(thread, ports, c.session,
                  std::make_shared<const charge_point_settings>(settings_for(c, origin.charge_point_id)),
                  std::move(origin)) {}

  private:
    void send_what_waits() override {}
    bool start_ping() override { return true; }
    void hang_up() noexcept override {}
    bool peer_has_gone() noexcept override { return false; }
};

config small() {
    config c;
    c.server.io_threads = 1;
    c.history.bytes = 0;
    c.limits.charge_points = 3;
    return c;
}

struct fixture {
    std::shared_ptr<test::manual_clock> clock = std::make_shared<test::manual_clock>();
    const config settings = small();
    metrics counters{1};
    session_thread thread{0, 0, *clock, this_machine(), counters.shard_of(0)};
    test::no_gateway host;
    voltgate::registry registry{settings.limits};
    std::vector<std::shared_ptr<session>> sessions;
    std::uint64_t last_epoch = 0, last_order = 0;

    ~fixture() {
        for (auto& s : sessions) s->record.reset();  // the record and its live session hold each other
    }

    std::shared_ptr<session> make_session(std::string id, std::uint8_t strength = 0) {
        session_origin origin;
        origin.strength = strength;
        origin.order = ++last_order;
        origin.charge_point_id = std::move(id);
        return sessions.emplace_back(
            std::make_shared<socketless_session>(thread, host.ports, settings, std::move(origin)));
    }
    registry::entry_result enter(const std::shared_ptr<session>& s, std::uint64_t epoch) {
        auto entered = registry.enter(s, epoch);
        s->record = entered.record;
        return entered;
    }
    std::shared_ptr<session> connect(std::string id) {
        auto s = make_session(std::move(id));
        enter(s, ++last_epoch);
        return s;
    }
    void disconnect(const std::shared_ptr<session>& s) {
        registry.leave(*s, clock->utc());
        registry.left(*s);
    }
    /// Known, and gone again a second later.
    void visit(std::string id) {
        const auto s = connect(std::move(id));
        clock->advance(1s);
        disconnect(s);
    }
    std::vector<std::string> page(std::string_view after, std::size_t limit, bool connected_only = false) {
        std::vector<std::string> ids;
        for (const auto& each : registry.page(after, limit, connected_only)) ids.push_back(each.record->id());
        return ids;
    }
};

using ids = std::vector<std::string>;

}  // namespace

TEST_CASE_METHOD(fixture, "A charge point is known from its first connection on, live or not") {
    CHECK_FALSE(registry.find("CP-1"));
    const auto s = connect("CP-1");
    CHECK(registry.locate("CP-1").live == s);
    CHECK(registry.find("CP-1")->epoch == 1);
    clock->advance(5s);
    disconnect(s);
    CHECK(registry.size() == 1);
    CHECK_FALSE(registry.locate("CP-1").live);
    CHECK(registry.find("CP-1")->last_seen.load() == clock->utc());
}

TEST_CASE_METHOD(fixture, "Identities are compared without regard to case, and shown as they were first spelt") {
    connect("Cp-1");
    const auto s = connect("CP-1");
    CHECK(registry.size() == 1);
    CHECK(registry.locate("cp-1").live == s);
    CHECK(registry.find("cP-1")->id() == "Cp-1");
}

TEST_CASE_METHOD(fixture, "A session that is authenticated less strongly than the live one does not take over") {
    const auto live = make_session("CP-1", 2);
    enter(live, 1);
    const auto weak = make_session("CP-1", 1);
    const auto refused = enter(weak, 2);
    CHECK(refused.stronger);
    CHECK_FALSE(refused.replaced);
    CHECK(registry.locate("CP-1").live == live);
    disconnect(weak);
    CHECK(registry.locate("CP-1").live == live);
    const auto as_strong = make_session("CP-1", 2);
    CHECK(enter(as_strong, 3).replaced == live);
    disconnect(as_strong);
    const auto later = make_session("CP-1");
    CHECK_FALSE(enter(later, 4).stronger);
}

TEST_CASE_METHOD(fixture, "A newer session takes over, and the old one's leaving changes nothing") {
    const auto old = connect("CP-1");
    const auto fresh = make_session("CP-1");
    const auto entered = enter(fresh, 2);
    CHECK(entered.replaced == old);
    CHECK_FALSE(entered.stale);
    CHECK(entered.record == old->record);
    disconnect(old);
    CHECK(registry.locate("CP-1").live == fresh);
}

TEST_CASE_METHOD(fixture, "The connection that was made later wins, whichever session enters first") {
    const auto older = make_session("CP-1"), newer = make_session("CP-1");
    SECTION("the newer one") {
        enter(newer, 7);
        const auto entered = enter(older, GENERATE(6u, 8u));
        CHECK(entered.stale);
        CHECK_FALSE(entered.replaced);
        CHECK(registry.find("CP-1")->epoch == 7);
        disconnect(older);
    }
    SECTION("the older one, with the larger epoch") {
        enter(older, 8);
        const auto entered = enter(newer, 7);
        CHECK(entered.outdated);
        CHECK_FALSE(entered.stale);
        CHECK(registry.locate("CP-1").live == older);
        CHECK(enter(newer, 9).replaced == older);
    }
    CHECK(registry.locate("CP-1").live == newer);
}

TEST_CASE_METHOD(fixture, "Epochs grow, also after a session that has left") {
    const auto gone = make_session("CP-1"), next = make_session("CP-1");
    enter(gone, 7);
    disconnect(gone);
    CHECK(enter(next, 6).outdated);
    CHECK_FALSE(registry.locate("CP-1").live);
    CHECK_FALSE(enter(next, 8).outdated);
    CHECK(registry.locate("CP-1").live == next);
}

TEST_CASE_METHOD(fixture, "Who enters while the end of the last session is being told has to wait for it") {
    const auto old = connect("CP-1");
    registry.leave(*old, clock->utc());
    CHECK_FALSE(registry.locate("CP-1").live);
    const auto fresh = make_session("CP-1");
    const auto entered = enter(fresh, 2);
    CHECK_FALSE(entered.replaced);
    CHECK(entered.leaving == old);
    registry.left(*old);
    disconnect(fresh);
    CHECK_FALSE(enter(make_session("CP-1"), 3).leaving);
}

TEST_CASE_METHOD(fixture, "A session that never entered leaves no trace") {
    const auto s = make_session("CP-1");
    disconnect(s);
    CHECK(registry.size() == 0);
}

TEST_CASE_METHOD(fixture, "Records come page by page in the order of their keys") {
    const auto b = connect("b");
    connect("C");
    connect("A");
    disconnect(b);
    CHECK(page("", 10) == ids{"A", "b", "C"});
    CHECK(page("", 2) == ids{"A", "b"});
    CHECK(page("B", 2) == ids{"C"});
    CHECK(page("aa", 10) == ids{"b", "C"});
    CHECK(page("c", 10).empty());
    CHECK(page("", 0).empty());
    CHECK(page("", 10, true) == ids{"A", "C"});
    CHECK(page("", 1, true) == ids{"A"});
}

TEST_CASE_METHOD(fixture, "A full registry forgets whom it has not seen for longest, never who is connected") {
    const auto first = connect("connected");
    visit("long ago");
    visit("lately");
    connect("new");
    CHECK(page("", 10) == ids{"connected", "lately", "new"});
    CHECK(registry.locate("connected").live == first);
}

TEST_CASE_METHOD(fixture, "Connected charge points are all known, however many there are") {
    for (const auto* id : {"a", "b", "c", "d", "e"}) connect(id);
    CHECK(registry.size() == 5);
}

TEST_CASE_METHOD(fixture, "Takeovers that come too often are delayed, until a quiet window has passed") {
    const auto& limits = settings.limits;
    CHECK(registry.takeover_delay("CP-1", clock->steady()) == 0ms);
    const auto s = connect("CP-1");
    for (std::size_t i = 0; i < limits.takeovers; ++i) CHECK(registry.takeover_delay("cp-1", clock->steady()) == 0ms);
    CHECK(registry.takeover_delay("cp-1", clock->steady()) == limits.takeover_delay);
    clock->advance(limits.takeover_window + 1ms);
    CHECK(registry.takeover_delay("CP-1", clock->steady()) == 0ms);
}

TEST_CASE_METHOD(fixture, "Where nobody is connected there is nothing to take over") {
    visit("CP-1");
    for (int i = 0; i < 20; ++i) CHECK(registry.takeover_delay("CP-1", clock->steady()) == 0ms);
}
