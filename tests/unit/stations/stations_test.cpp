// How sessions come and go where several nodes share the knowledge of whose a charge point is.
#include "stations/stations.hpp"

#include "async/async_condition.hpp"
#include "events/bus.hpp"
#include "machine/this_machine.hpp"
#include "observe/log.hpp"
#include "observe/refusal_log.hpp"
#include "session/session.hpp"
#include "stations/publisher.hpp"
#include "stores/memory_stores.hpp"
#include "support/manual_clock.hpp"
#include "support/no_gateway.hpp"
#include "support/stepped_session.hpp"

#include <boost/asio/error.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

/// What the nodes of a site know together.
struct owners {
    struct owner {
        std::string node;
        std::uint64_t epoch = 0;
    };
    std::map<std::string, owner> of;
    std::map<std::string, ownership_port::loss_handler> nodes;
    std::uint64_t last = 0;
};

class shared_ownership final : public ownership_port {
  public:
    shared_ownership(owners& all, std::string node) : all_(all), node_(std::move(node)) {}

    io_awaitable<claim_result> claim(std::string id) override {
        while (answers_late) co_await answers.async_wait(*answers_late, as_result);
        if (fails) co_return error_code(asio::error::host_unreachable);
        ownership_claim claimed;
        claimed.epoch = ++all_.last;
        ++granted;
        auto& owner = all_.of[id];
        if (!owner.node.empty() && owner.node != node_) {
            claimed.previous_owner = owner.node;
            if (const auto& lost = all_.nodes[owner.node]) lost(id, owner.epoch);
        }
        owner = {node_, claimed.epoch};
        if (before_it_is_told) before_it_is_told(claimed.epoch);
        co_return claimed;
    }
    void release(const std::string& id, std::uint64_t epoch) override {
        released.push_back(epoch);
        if (all_.of[id].epoch == epoch) all_.of.erase(id);
    }
    void on_lost(loss_handler lost) override { all_.nodes[node_] = std::move(lost); }

    bool fails = false;
    thread_timers* answers_late = nullptr;
    async_condition answers;
    std::function<void(std::uint64_t epoch)> before_it_is_told;
    std::vector<std::uint64_t> released;
    std::uint64_t granted = 0;

  private:
    owners& all_;
    const std::string node_;
};

/// One node: its stations, with nothing kept.
struct node {
    node(owners& all, const std::string& name) {
        auto shared = std::make_unique<shared_ownership>(all, name);
        ownership = shared.get();
        ownership->on_lost([this](const std::string& id, std::uint64_t epoch) { stations.lost(id, epoch); });
        stores.ownership = std::move(shared);
        stores.events = std::make_unique<memory_events>(bus);
        stores.charge_points = std::make_unique<memory_charge_points>();
        told = event_stream(bus.subscribe({}, 100));
    }
    ~node() { known.clear(); }

    /// What was told, in words: "charge_point.connected 1; charge_point.disconnected 1 replaced".
    std::string heard() {
        std::string words;
        for (const auto& item : told.take()) {
            if (!words.empty()) words += "; ";
            words.append(to_string(item.event->type)).append(" ").append(std::to_string(item.event->epoch));
            const auto at = item.event->payload.find(R"("reason":")");
            if (at == std::string::npos) continue;
            const auto begin = at + 10;
            words.append(" ").append(item.event->payload, begin, item.event->payload.find('"', begin) - begin);
        }
        return words;
    }
    [[nodiscard]] bool is_here() const { return known.locate("CP-1").live != nullptr; }
    [[nodiscard]] std::vector<refusal_log::entry> refused() const { return refusals.read({}).items; }

    config settings;
    asio::io_context elsewhere;
    manual_clock clock;
    voltgate::log log;
    event_bus bus{elsewhere.get_executor(), this_machine().random()};
    event_stream told;
    refusal_log refusals;
    voltgate::stores stores;
    registry known{settings.limits};
    voltgate::publisher publisher{clock, stores};
    voltgate::stations stations{{settings, clock, log, known, publisher, stores, refusals}};
    shared_ownership* ownership = nullptr;
};

/// A session of a node.
struct host final : no_gateway {
    explicit host(node& n) : at(n) {}
    io_awaitable<void> enter(std::shared_ptr<session> s) override { return at.stations.enter(std::move(s)); }
    void leave(session& s, end_reason why) override {
        was_counted = s.counted;
        at.stations.leave(s, why);
    }
    node& at;
    bool was_counted = false;
};

struct connection {
    explicit connection(node& n) : of(n), charge_point(of) {}
    ~connection() { of.at.known.clear(); }  // no session outlives its thread
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;
    host of;
    stepped_session charge_point;
};

}  // namespace

TEST_CASE("A charge point that another node takes over is replaced where it was", "[stations]") {
    owners all;
    node a(all, "a");
    node b(all, "b");
    connection first(a);
    first.charge_point.run();
    CHECK(a.is_here());
    CHECK(all.of["CP-1"].node == "a");

    connection second(b);
    second.charge_point.run();
    first.charge_point.run();
    CHECK(b.is_here());
    CHECK_FALSE(a.is_here());
    CHECK(first.charge_point.heard().starts_with("close 1008"));
    CHECK(a.heard() == "charge_point.connected 1; charge_point.disconnected 1 replaced");
    CHECK(b.heard() == "charge_point.connected 2");
    CHECK(a.ownership->released == std::vector<std::uint64_t>{1});
    CHECK(all.of["CP-1"].node == "b");

    second.charge_point.hang_up();
    second.charge_point.run();
    CHECK(b.ownership->released == std::vector<std::uint64_t>{2});
    CHECK_FALSE(all.of.contains("CP-1"));
}

TEST_CASE("A loss ends no session that claimed its charge point later", "[stations]") {
    owners all;
    node a(all, "a");
    connection first(a);
    first.charge_point.run();
    connection second(a);
    second.charge_point.run();
    first.charge_point.run();
    second.charge_point.run();
    REQUIRE(a.heard() == "charge_point.connected 1; charge_point.disconnected 1 replaced; charge_point.connected 2");
    CHECK(a.ownership->released == std::vector<std::uint64_t>{1});

    a.stations.lost("CP-1", 1);
    second.charge_point.run();
    CHECK(a.is_here());
    a.stations.lost("cp-1", 2);
    second.charge_point.run();
    CHECK_FALSE(a.is_here());
    CHECK(a.heard() == "charge_point.disconnected 2 replaced");
}

TEST_CASE("A charge point that is lost while it enters is replaced before it is there", "[stations]") {
    owners all;
    node a(all, "a");
    a.ownership->before_it_is_told = [&a](std::uint64_t epoch) { a.stations.lost("CP-1", epoch); };
    connection c(a);
    c.charge_point.run();
    CHECK(c.charge_point.heard().starts_with("close 1008"));
    CHECK_FALSE(a.is_here());
    CHECK(a.heard().empty());
    CHECK(a.ownership->released == std::vector<std::uint64_t>{1});
}

TEST_CASE("Where a claim fails the connection ends, is told as refused and counts as none", "[stations]") {
    owners all;
    node a(all, "a");
    a.ownership->fails = true;
    connection c(a);
    c.charge_point.run();
    CHECK(c.charge_point.heard().starts_with("close 1013"));
    c.charge_point.hang_up();
    c.charge_point.run();
    CHECK(c.charge_point.over());
    CHECK_FALSE(c.of.was_counted);
    CHECK(a.heard().empty());
    CHECK(a.ownership->released.empty());
    const auto refused = a.refused();
    REQUIRE(refused.size() == 1);
    CHECK(refused.front().what.reason == refusal_reason::ownership);
    CHECK(refused.front().what.charge_point_id == "CP-1");
    CHECK(refused.front().what.detail.ends_with(error_code(asio::error::host_unreachable).message()));

    a.ownership->fails = false;
    connection again(a);
    again.charge_point.run();
    CHECK(a.heard() == "charge_point.connected 1");
}

TEST_CASE("A claim has so much time, and is given back when it comes later", "[stations]") {
    owners all;
    node a(all, "a");
    connection c(a);
    a.ownership->answers_late = &c.charge_point.thread().io.timers;
    c.charge_point.run();
    CHECK(c.charge_point.heard().empty());
    c.charge_point.advance(a.settings.events.commit_timeout);
    CHECK(c.charge_point.heard().starts_with("close 1013"));
    CHECK(a.refused().size() == 1);
    a.ownership->answers_late = nullptr;
    a.ownership->answers.notify_all();
    c.charge_point.run();
    CHECK(a.ownership->released.size() == a.ownership->granted);
    CHECK_FALSE(all.of.contains("CP-1"));
    CHECK(a.heard().empty());
}
