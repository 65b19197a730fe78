// A gateway whose disk fails: what is answered, what is not, what is stored in the end.
#include "journal/journal.hpp"
#include "journal/tables.hpp"
#include "runtime/core.hpp"
#include "support/faulty_disk.hpp"
#include "support/http_client.hpp"
#include "support/manual_clock.hpp"
#include "support/running_gateway.hpp"
#include "support/stored_events.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <fmt/format.h>

#include <fstream>
#include <set>

using namespace voltgate;
using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;
using fault = faulty_disk::fault;

namespace {

constexpr auto commit_timeout = std::chrono::milliseconds(600);

running_gateway::configure careful_journal(const std::string& directory, running_gateway::configure more = {}) {
    return journal_in(directory, [more = std::move(more)](config& c) {
        c.events.durability = events_config::durable::disk;
        c.events.commit_timeout = commit_timeout;
        if (more) more(c);
    });
}

struct faulty_gateway {
    temporary_directory directory;
    faulty_disk disk{directory.path()};
    running_gateway gateway;
    http_client http{gateway.port()};

    explicit faulty_gateway(running_gateway::configure more = {})
        : gateway(careful_journal(directory.path(), std::move(more))) {}
    ~faulty_gateway() { disk.set(fault::none); }  // before the gateway stops
    faulty_gateway(const faulty_gateway&) = delete;
    faulty_gateway& operator=(const faulty_gateway&) = delete;

    [[nodiscard]] json::object health() { return http.get("/health").json().as_object(); }
    [[nodiscard]] std::string journal_health() {
        return std::string(health().at("components").at("journal").as_string());
    }
    void expect_health(std::string_view status) {
        eventually([&] { return health().at("status").as_string() == status; }, fmt::format("health is {}", status));
    }
    [[nodiscard]] journal_stats stats() { return core_of(*gateway).journal()->stats(); }
    [[nodiscard]] std::vector<event> stored() {
        eventually([this] { return stats().buffered_bytes == 0; }, "everything is stored");
        return stored_events(directory.path());
    }
};

json::object start_request(int connector, int meter) {
    json::object request;
    request["connectorId"] = connector;
    request["idTag"] = "TAG-1";
    request["meterStart"] = meter;
    request["timestamp"] = "2026-01-02T03:04:05Z";
    return request;
}

json::object meter_request(std::int64_t id, std::string_view value) {
    const auto text = fmt::format(
        R"({{"connectorId":1,"transactionId":{},"meterValue":[{{"timestamp":"2026-01-02T03:30:00Z","sampledValue":[{{"value":"{}"}}]}}]}})",
        id, value);
    return parse_json(text).as_object();
}

json::object stop_request(std::int64_t id, int meter) {
    json::object request;
    request["transactionId"] = id;
    request["meterStop"] = meter;
    request["timestamp"] = "2026-01-02T04:04:05Z";
    return request;
}

json::object security_request() {
    json::object request;
    request["type"] = "MemoryExhaustion";
    request["timestamp"] = "2026-01-02T04:04:05Z";
    return request;
}

json::object data_request(std::size_t bytes) {
    json::object request;
    request["vendorId"] = "com.example";
    request["data"] = std::string(bytes, 'd');
    return request;
}

json::object status_request(std::size_t bytes) {
    json::object request;
    request["connectorId"] = 1;
    request["errorCode"] = "NoError";
    request["status"] = "Available";
    request["info"] = std::string(bytes, 's');
    return request;
}

}  // namespace

TEST_CASE("while the disk fails messages of transactions stay unanswered, and all else goes on", "[journal]") {
    const auto [what, words] = GENERATE(std::pair(fault::full, "full"), std::pair(fault::write_error, "I/O"),
                                        std::pair(fault::read_error, "I/O"), std::pair(fault::sync_error, "I/O"));
    faulty_gateway f;
    auto cp = f.gateway.connect("CP-1");
    auto other = f.gateway.connect("CP-2");
    const auto id = cp.start_transaction();
    REQUIRE(f.health().at("status").as_string() == "healthy");

    f.disk.set(what);
    const std::pair<const char*, json::object> messages[] = {{"StartTransaction", start_request(2, 77)},
                                                             {"MeterValues", meter_request(id, "1234.5")},
                                                             {"StopTransaction", stop_request(id, 2000)},
                                                             {"SecurityEventNotification", security_request()}};
    for (const auto& [action, request] : messages) {
        const auto sent_at = std::chrono::steady_clock::now();
        cp.send_call(action, request);
        other.heartbeat();
        other.status(1, "Charging");
        other.authorize("TAG-1");
        const auto answered_after = std::chrono::steady_clock::now() - sent_at;
        CHECK(answered_after < commit_timeout);  // nobody waited for the disk
        cp.expect_silence_until_heartbeat();     // neither an answer nor an error
    }
    f.expect_health("degraded");
    CHECK(f.http.get("/health").status == 200);
    CHECK(f.http.get("/health/ready").status == 200);
    CHECK_THAT(f.journal_health(), ContainsSubstring(words));
    CHECK_THAT(f.http.get("/metrics").body, ContainsSubstring("gateway_journal_up 0"));
    CHECK(f.stats().failed_batches > 0);
    eventually([&] { return f.stats().failed_operations == 4; }, "all four are given up");

    f.disk.set(fault::none);
    f.expect_health("healthy");
    for (const auto& [action, request] : messages) cp.call(action, request);
    const auto events = f.stored();
    CHECK(count_events(events, event_type::transaction_started, "CP-1") == 2);
    CHECK(count_events(events, event_type::transaction_started, "CP-1", R"("meterStartWh":77)") == 1);
    CHECK(count_events(events, event_type::transaction_meter_values, "CP-1") == 1);
    CHECK(count_events(events, event_type::transaction_stopped, "CP-1", R"("known":true)") == 1);
    CHECK(count_events(events, event_type::security_event, "CP-1") == 1);
    CHECK(count_events(events, event_type::connector_status_changed, "CP-2") == 4);
    CHECK(count_events(events, event_type::authorization_requested, "CP-2") == 4);
    CHECK(count_events(events, event_type::charge_point_disconnected, "CP-1") == 0);
    CHECK(count_events(events, event_type::charge_point_disconnected, "CP-2") == 0);
    CHECK_THAT(f.http.get("/metrics").body, ContainsSubstring("gateway_journal_up 1"));
}

TEST_CASE("trouble ends by itself when the disk has room again, though nothing is left to store", "[journal]") {
    faulty_gateway f;
    static_cast<void>(f.stored());
    f.disk.set(fault::full);
    CHECK(f.http.put("/api/v1/id-tags/TAG-1", json::object{{"status", "Accepted"}}).status == 503);  // given up
    f.expect_health("degraded");
    f.disk.set(fault::none);
    f.expect_health("healthy");
    CHECK(f.stats().failed_operations == 1);
}

TEST_CASE("a message that waits when the disk comes back is answered then", "[journal]") {
    faulty_gateway f([](config& c) { c.events.commit_timeout = std::chrono::seconds(10); });
    auto cp = f.gateway.connect("CP-1");
    f.disk.set(fault::full);
    const auto call = cp.send_call("StartTransaction", start_request(1, 5));
    f.expect_health("degraded");
    f.disk.set(fault::none);
    CHECK(cp.expect_result(call).at("transactionId").as_int64() > 0);
    CHECK(count_events(f.stored(), event_type::transaction_started, "CP-1") == 1);
}

TEST_CASE("a disk that does not return from a synchronisation stops nobody but those who wait for it", "[journal]") {
    faulty_gateway f;
    auto cp = f.gateway.connect("CP-1");
    auto other = f.gateway.connect("CP-2");
    f.disk.set(fault::sync_blocks);
    cp.send_call("StartTransaction", start_request(1, 5), "start-1");
    eventually([&] { return f.disk.blocked() > 0; }, "the writer waits for the disk");
    for (int i = 0; i < 200; ++i) other.heartbeat();
    other.status(1, "Charging");
    other.authorize("TAG-1");
    CHECK(f.disk.blocked() == 1);
    cp.expect_silence_until_heartbeat();  // it was abandoned when its time was over
    cp.send_call("StartTransaction", start_request(1, 5), "start-1");
    f.expect_health("degraded");
    CHECK_THAT(f.journal_health(), ContainsSubstring("has not finished"));
    CHECK(f.disk.blocked() == 1);
    cp.expect_silence_until_heartbeat();
    cp.send_call("StartTransaction", start_request(1, 5), "start-2");  // the other kind of retry joins the commit
    f.disk.set(fault::none);
    CHECK(cp.expect_result("start-2").at("transactionId").as_int64() > 0);
    f.expect_health("healthy");
    CHECK(count_events(f.stored(), event_type::transaction_started, "CP-1") == 1);
}

TEST_CASE("a slow disk is shared: many wait for one commit", "[journal]") {
    faulty_gateway f([](config& c) { c.events.commit_timeout = std::chrono::seconds(10); });
    std::vector<voltgate::test::charge_point> fleet;
    for (int i = 0; i < 20; ++i) fleet.push_back(f.gateway.connect(fmt::format("CP-{}", i)));
    f.disk.set_sync_delay(std::chrono::milliseconds(100));
    const auto before = f.stats().batches;
    std::vector<std::string> calls;
    for (auto& cp : fleet) calls.push_back(cp.send_call("StartTransaction", start_request(1, 5)));
    for (std::size_t i = 0; i < fleet.size(); ++i) fleet[i].expect_result(calls[i]);
    CHECK(f.stats().batches - before < 10);
    f.disk.set_sync_delay(std::chrono::milliseconds(0));
    CHECK(f.stats().trouble.empty());
}

TEST_CASE("when the buffer fills up, events go in the stated order and are counted", "[journal]") {
    constexpr std::size_t buffer = 1024 * 1024, size = 10'000;
    faulty_gateway f([](config& c) { c.journal.buffer = buffer; });
    auto cp = f.gateway.connect("CP-1");
    static_cast<void>(f.stored());
    f.disk.set(fault::full);
    const auto send = [&](int count, const char* action, const json::object& request) {
        for (int i = 0; i < count; ++i) cp.call(action, request);
    };
    send(100, "DataTransfer", data_request(size));  // expendable: up to half of it
    const auto shed_expendable = f.stats().shed_events;
    const auto after_expendable = f.stats().buffered_bytes;
    CHECK(shed_expendable > 30);
    CHECK(after_expendable > buffer / 2 - size);
    CHECK(after_expendable < buffer / 2 + 2 * size);
    send(10, "StatusNotification", status_request(size));
    CHECK(f.stats().shed_events == shed_expendable);
    send(1, "DataTransfer", data_request(1));
    CHECK(f.stats().shed_events == shed_expendable + 1);
    send(60, "StatusNotification", status_request(size));  // the rest: up to three quarters
    const auto shed_all = f.stats().shed_events;
    CHECK(shed_all > shed_expendable + 30);
    CHECK(f.stats().buffered_bytes < buffer / 4 * 3 + 3 * size);
    // What somebody waits for still has its room.
    const auto refused_before = f.stats().failed_operations;
    cp.send_call("StartTransaction", start_request(1, 5), "start");
    eventually([&] { return f.stats().buffered_bytes > buffer / 4 * 3 - 3 * size; }, "it waits");
    CHECK(f.stats().failed_operations == refused_before);

    f.disk.set(fault::none);
    f.expect_health("healthy");
    cp.send_call("StartTransaction", start_request(1, 5), "start-again");
    CHECK(cp.expect_result("start-again").at("transactionId").as_int64() > 0);
    const auto events = f.stored();
    CHECK(count_events(events, event_type::data_transfer_received, "CP-1") == 100 - shed_expendable);
    CHECK(count_events(events, event_type::connector_status_changed, "CP-1") == 70 - (shed_all - shed_expendable - 1));
    CHECK(count_events(events, event_type::transaction_started, "CP-1") == 1);
    CHECK_THAT(f.http.get("/metrics").body,
               ContainsSubstring(fmt::format("gateway_journal_shed_events_total {}", shed_all)));
}

TEST_CASE("a file that may not grow is a full disk, and recovers when it may", "[journal]") {
    faulty_gateway f;
    auto cp = f.gateway.connect("CP-1");
    const auto set_pages = [&](std::int64_t most) {
        core_of(*f.gateway).journal()->submit(make_op([most](journal_batch& b) {
            b.tables.db.execute(fmt::format("PRAGMA max_page_count = {}", most).c_str());
        }));
    };
    set_pages(1);  // what it is now
    for (int i = 0; i < 50; ++i) cp.call("DataTransfer", data_request(5'000));
    f.expect_health("degraded");
    CHECK_THAT(f.journal_health(), ContainsSubstring("full"));
    cp.send_call("StartTransaction", start_request(1, 5));
    cp.expect_silence_until_heartbeat();
    eventually([&] { return f.stats().failed_operations == 1; }, "it is given up");
    set_pages(1'000'000);
    f.expect_health("healthy");
    cp.start_transaction();
    const auto events = f.stored();
    CHECK(count_events(events, event_type::transaction_started, "CP-1") == 1);
    CHECK(count_events(events, event_type::data_transfer_received, "CP-1") == 50);
}

TEST_CASE("a gateway stops in time while its disk fails", "[journal]") {
    faulty_gateway f([](config& c) { c.shutdown.timeout = std::chrono::seconds(2); });
    auto cp = f.gateway.connect("CP-1");
    f.disk.set(fault::full);
    cp.call("DataTransfer", data_request(10));
    cp.send_call("StartTransaction", start_request(1, 5));
    f.gateway.stop();
}

TEST_CASE("a long outage does not pile up what is to be saved of charge points", "[journal]") {
    faulty_gateway f([](config& c) {
        c.session.message_timeout = std::chrono::milliseconds(40);  // charge points are saved every 10 ms
    });
    auto cp = f.gateway.connect("CP-1");
    static_cast<void>(f.stored());
    f.disk.set(fault::full);
    for (int i = 0; i < 8; ++i) {
        const auto before = f.stats().failed_batches;
        cp.status(1, i % 2 ? "Charging" : "Available");
        eventually([&] { return f.stats().failed_batches > before + 1; }, "the disk was tried again");
    }
    CHECK(f.stats().buffered_bytes < 8 * 400 + 4 * 1024);  // the events and a few saves
    f.disk.set(fault::none);
    f.expect_health("healthy");
}

TEST_CASE("a journal that cannot be used stops the start, with what to do", "[journal]") {
    temporary_directory directory;
    const auto detail_of_start = [&] {
        config c;
        c.server.port = 0;
        c.log.level = log_config::severity::off;
        c.journal.path = directory.path();
        gateway g(c);
        std::string detail;
        CHECK(g.start(&detail) == errc::journal_unusable);
        return detail;
    };
    const std::string where = fmt::format("journal.path \"{}\"", directory.path());
    SECTION("the disk is full") {
        faulty_disk disk(directory.path());
        disk.set(fault::full);
        CHECK_THAT(detail_of_start(), ContainsSubstring(where) && ContainsSubstring("make room on the disk"));
    }
    SECTION("the disk fails") {
        faulty_disk disk(directory.path());
        disk.set(fault::write_error);
        CHECK_THAT(detail_of_start(), ContainsSubstring(where) && ContainsSubstring("I/O error"));
    }
    SECTION("it is damaged") {
        {
            running_gateway once(journal_in(directory.path()));
        }
        std::fstream file(directory.file("journal.db"), std::ios::in | std::ios::out | std::ios::binary);
        SECTION("at its beginning") { file << std::string(4096, 'x'); }
        SECTION("at its counters") {
            sqlite::database db(directory.file("journal.db"), sqlite::open_mode::read_only);
            const auto page = db.number("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'").value();
            file.seekp((page - 1) * 4096);
            file << std::string(4096, '\xEE');
        }
        file.close();
        CHECK_THAT(detail_of_start(), ContainsSubstring(where) && ContainsSubstring("voltgate journal check") &&
                                          ContainsSubstring("voltgate journal repair"));
    }
    SECTION("another gateway has it") {
        running_gateway first(journal_in(directory.path()));
        CHECK_THAT(detail_of_start(), ContainsSubstring(where) && ContainsSubstring("another gateway"));
    }
}

TEST_CASE("a clock that jumps back leaves numbers, epochs and ids growing", "[journal]") {
    temporary_directory directory;
    std::set<std::int64_t> ids;
    std::uint64_t epoch = 0;
    auto clock = std::make_shared<manual_clock>();
    const auto transactions = [&](running_gateway& gateway, int meter) {
        auto cp = gateway.connect("CP-1");
        const auto connected = gateway.expect_event(event_type::charge_point_connected, "CP-1");
        CHECK(connected.event->epoch > epoch);
        epoch = connected.event->epoch;
        const auto id = cp.start_transaction(1, "TAG-1", meter);
        CHECK(ids.insert(id).second);
        cp.stop_transaction(id);
    };
    for (int restart = 0; restart < 3; ++restart) {
        running_gateway gateway(journal_in(directory.path()), {}, clock);
        transactions(gateway, restart * 10);
        clock->step_utc(-std::chrono::hours(24 * 365));
        transactions(gateway, restart * 10 + 1);
        clock->step_utc(-std::chrono::hours(1));
    }
    const auto events = stored_events(directory.path());  // without gaps
    CHECK(count_events(events, event_type::transaction_started, "CP-1") == 6);
    CHECK(count_events(events, event_type::transaction_stopped, "CP-1", R"("known":true)") == 6);
    std::uint64_t last_epoch = 0;
    for (const auto& e : events) {
        if (e.type == event_type::gateway_started) continue;  // of no session
        CHECK(e.epoch >= last_epoch);
        last_epoch = e.epoch;
    }
}

TEST_CASE("meter values that come again under a new id after a restart are stored once", "[journal]") {
    temporary_directory directory;
    std::int64_t id = 0;
    {
        running_gateway gateway(journal_in(directory.path()));
        auto cp = gateway.connect("CP-1");
        id = cp.start_transaction();
        cp.call("MeterValues", meter_request(id, "1"));
    }
    running_gateway gateway(journal_in(directory.path()));
    auto cp = gateway.connect("CP-1");
    cp.call("MeterValues", meter_request(id, "1"));
    cp.call("MeterValues", meter_request(id, "2"));
    gateway.stop();
    const auto events = stored_events(directory.path());
    CHECK(count_events(events, event_type::transaction_meter_values, "CP-1") == 2);
}
