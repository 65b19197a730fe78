#include "observe/metrics.hpp"

#include "exposition.hpp"
#include "observe/process.hpp"
#include "ocpp/schema.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <fcntl.h>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace voltgate;
using namespace std::chrono_literals;
using ocpp::version;
using test::exposition;

namespace {

std::uint16_t index_of(version v, std::string_view action) {
    const auto* found = ocpp::find_action(v, action);
    REQUIRE(found != nullptr);
    return found->index;
}

exposition read(const metrics& m, const metrics::readings& r = {}) { return exposition(m.text(r)); }

}  // namespace

TEST_CASE("nothing counted is a valid text in which the small families stand at zero") {
    const metrics m(2);
    const auto e = read(m);
    CHECK(e.value("gateway_active_connections", {{"version", "1.6"}}) == 0);
    CHECK(e.value("gateway_connections_total", {{"result", "accepted"}}) == 0);
    CHECK(e.value("gateway_takeovers_total") == 0);
    CHECK(e.value("gateway_deviations_total", {{"rule", "odd_timestamp"}}) == 0);
    CHECK(e.value("gateway_send_queue_bytes") == 0);
    CHECK(e.value("gateway_ping_rtt_seconds_count") == 0);
    CHECK(e.type("gateway_messages_received_total") == "counter");
    CHECK(e.type("gateway_message_processing_duration_seconds") == "histogram");
}

TEST_CASE("the families are those that the dashboards and alerts are made for") {
    const metrics m(1);
    const auto e = read(m);
    const std::map<std::string, std::string> expected = {
        {"gateway_active_connections", "gauge"},
        {"gateway_authentication_failures_total", "counter"},
        {"gateway_boots_deferred_total", "counter"},
        {"gateway_call_errors_total", "counter"},
        {"gateway_calls_limited_total", "counter"},
        {"gateway_certificate_requests_total", "counter"},
        {"gateway_commands_total", "counter"},
        {"gateway_connections_refused_total", "counter"},
        {"gateway_refusals_total", "counter"},
        {"gateway_connections_total", "counter"},
        {"gateway_deviations_total", "counter"},
        {"gateway_event_subscribers", "gauge"},
        {"gateway_events_published_total", "counter"},
        {"gateway_log_lines_dropped_total", "counter"},
        {"gateway_message_processing_duration_seconds", "histogram"},
        {"gateway_messages_received_total", "counter"},
        {"gateway_messages_sent_total", "counter"},
        {"gateway_outbound_call_duration_seconds", "histogram"},
        {"gateway_ping_rtt_seconds", "histogram"},
        {"gateway_send_queue_bytes", "gauge"},
        {"gateway_subscriber_events_dropped_total", "counter"},
        {"gateway_compressed_connections_total", "counter"},
        {"gateway_takeovers_total", "counter"},
        {"gateway_tls_handshakes_total", "counter"},
        {"gateway_unauthenticated_connections_total", "counter"},
        {"process_cpu_seconds_total", "counter"},
        {"process_max_fds", "gauge"},
        {"process_open_fds", "gauge"},
        {"process_resident_memory_bytes", "gauge"},
        {"process_start_time_seconds", "gauge"},
    };
    CHECK(e.types() == expected);
}

TEST_CASE("what met a limit is counted by that limit") {
    metrics m(2);
    m.shard_of(0).refused(metrics::refused_connection::connections);
    m.shard_of(1).refused(metrics::refused_connection::connections);
    m.shard_of(1).refused(metrics::refused_connection::proxy_timeout);
    m.shard_of(0).limited(metrics::limited_call::delayed);
    m.shard_of(0).boot_deferred();
    const auto e = read(m);
    CHECK(e.value("gateway_connections_refused_total", {{"reason", "connections"}}) == 2);
    CHECK(e.value("gateway_connections_refused_total", {{"reason", "proxy_timeout"}}) == 1);
    CHECK(e.value("gateway_connections_refused_total", {{"reason", "untrusted_proxy"}}) == 0);
    CHECK(e.value("gateway_calls_limited_total", {{"result", "delayed"}}) == 1);
    CHECK(e.value("gateway_calls_limited_total", {{"result", "refused"}}) == 0);
    CHECK(e.value("gateway_boots_deferred_total") == 1);
}

TEST_CASE("handshakes are counted, and it is told when certificates expire") {
    metrics m(2);
    m.shard_of(0).tls_handshake(metrics::handshake::full);
    m.shard_of(1).tls_handshake(metrics::handshake::full);
    m.shard_of(1).tls_handshake(metrics::handshake::timeout);
    metrics::readings r;
    r.tls = {{"ec", 1'900'000'000}, {"crl", 1'800'000'000}};
    const auto e = read(m, r);
    CHECK(e.value("gateway_tls_handshakes_total", {{"result", "full"}}) == 2);
    CHECK(e.value("gateway_tls_handshakes_total", {{"result", "resumed"}}) == 0);
    CHECK(e.value("gateway_tls_handshakes_total", {{"result", "timeout"}}) == 1);
    CHECK(e.value("gateway_tls_certificate_expiry_timestamp_seconds", {{"kind", "ec"}}) == 1'900'000'000);
    CHECK(e.value("gateway_tls_certificate_expiry_timestamp_seconds", {{"kind", "crl"}}) == 1'800'000'000);
}

TEST_CASE("counts of all threads are added up") {
    metrics m(3);
    const auto boot = index_of(version::v16, "BootNotification");
    for (std::size_t i = 0; i < 3; ++i) {
        auto& s = m.shard_of(i);
        s.received(version::v16, boot);
        s.sent(version::v16, metrics::message::call_result);
        s.opened(version::v201);
        s.queued(100);
    }
    m.shard_of(1).closed(version::v201);
    m.shard_of(2).queued(-250);
    m.shard_of(0).takeover();
    m.shard_of(0).connection(metrics::connection_result::no_subprotocol);
    m.shard_of(1).event(event_type::transaction_started);
    m.shard_of(1).deviation(rule::odd_timestamp);
    const auto e = read(m);
    CHECK(e.value("gateway_messages_received_total", {{"version", "1.6"}, {"action", "BootNotification"}}) == 3);
    CHECK(e.value("gateway_messages_sent_total", {{"version", "1.6"}, {"type", "call_result"}}) == 3);
    CHECK(e.value("gateway_active_connections", {{"version", "2.0.1"}}) == 2);
    CHECK(e.value("gateway_send_queue_bytes") == 50);
    CHECK(e.value("gateway_takeovers_total") == 1);
    CHECK(e.value("gateway_connections_total", {{"result", "no_subprotocol"}}) == 1);
    CHECK(e.value("gateway_events_published_total", {{"type", "transaction.started"}}) == 1);
    CHECK(e.value("gateway_deviations_total", {{"rule", "odd_timestamp"}}) == 1);
}

TEST_CASE("every action of every version has a counter of its own") {
    metrics m(1);
    double n = 0;
    for (const auto v : {version::v16, version::v201, version::v21})
        for (const auto& action : ocpp::actions(v)) {
            ++n;
            for (double i = 0; i < n; ++i) m.shard_of(0).received(v, action.index);
        }
    const auto e = read(m);
    n = 0;
    for (const auto v : {version::v16, version::v201, version::v21})
        for (const auto& action : ocpp::actions(v)) {
            INFO(to_string(v) << ' ' << action.name);
            CHECK(e.value("gateway_messages_received_total",
                          {{"version", std::string(to_string(v))}, {"action", std::string(action.name)}}) == ++n);
        }
}

TEST_CASE("actions that a version does not have count as other") {
    metrics m(1);
    auto& s = m.shard_of(0);
    for (const auto v : {version::v16, version::v201, version::v21}) {
        s.received(v, metrics::other_action);
        s.received(v, static_cast<std::uint16_t>(ocpp::actions(v).size()));
        s.processed(v, metrics::other_action, 1ms);
        s.command(v, metrics::other_action, outcome::not_sent);
        s.outbound_call(v, metrics::other_action, outcome::unknown, 1s);
    }
    const auto e = read(m);
    for (const auto* v : {"1.6", "2.0.1", "2.1"})
        CHECK(e.value("gateway_messages_received_total", {{"version", v}, {"action", "other"}}) == 2);
    CHECK(e.value("gateway_message_processing_duration_seconds_count", {{"action", "other"}}) == 3);
    CHECK(e.value("gateway_commands_total", {{"name", "other"}, {"outcome", "not_sent"}}) == 3);
    CHECK(e.value("gateway_outbound_call_duration_seconds_count", {{"action", "other"}, {"outcome", "unknown"}}) == 3);
}

TEST_CASE("durations fall into the bucket that they do not exceed, and versions are added up") {
    metrics m(2);
    m.shard_of(0).processed(version::v16, index_of(version::v16, "Heartbeat"), 50us);
    m.shard_of(0).processed(version::v201, index_of(version::v201, "Heartbeat"), 51us);
    m.shard_of(1).processed(version::v21, index_of(version::v21, "Heartbeat"), 11s);
    m.shard_of(1).processed(version::v21, index_of(version::v21, "Heartbeat"), -1s);
    const auto e = read(m);
    const std::string name = "gateway_message_processing_duration_seconds";
    CHECK(e.value(name + "_bucket", {{"action", "Heartbeat"}, {"le", "5e-05"}}) == 2);
    CHECK(e.value(name + "_bucket", {{"action", "Heartbeat"}, {"le", "0.0001"}}) == 3);
    CHECK(e.value(name + "_bucket", {{"action", "Heartbeat"}, {"le", "10"}}) == 3);
    CHECK(e.value(name + "_bucket", {{"action", "Heartbeat"}, {"le", "+Inf"}}) == 4);
    CHECK(e.value(name + "_count", {{"action", "Heartbeat"}}) == 4);
    CHECK(std::abs(e.value(name + "_sum", {{"action", "Heartbeat"}}) - 11.000101) < 1e-9);
    CHECK_FALSE(e.has(name + "_count", {{"action", "Authorize"}}));
}

TEST_CASE("outbound calls, commands and pings have their own") {
    metrics m(1);
    auto& s = m.shard_of(0);
    const auto reset = index_of(version::v16, "Reset");
    s.outbound_call(version::v16, reset, outcome::result, 300ms);
    s.outbound_call(version::v201, index_of(version::v201, "Reset"), outcome::call_error, 31s);
    s.command(version::v16, reset, outcome::result);
    s.ping_rtt(20ms);
    const auto e = read(m);
    const std::string name = "gateway_outbound_call_duration_seconds";
    CHECK(e.value(name + "_bucket", {{"action", "Reset"}, {"outcome", "result"}, {"le", "0.25"}}) == 0);
    CHECK(e.value(name + "_bucket", {{"action", "Reset"}, {"outcome", "result"}, {"le", "0.5"}}) == 1);
    CHECK(e.value(name + "_bucket", {{"action", "Reset"}, {"outcome", "call_error"}, {"le", "60"}}) == 1);
    CHECK(e.value("gateway_commands_total", {{"name", "Reset"}, {"outcome", "result"}}) == 1);
    CHECK(e.value("gateway_ping_rtt_seconds_bucket", {{"le", "0.025"}}) == 1);
}

TEST_CASE("error codes count under one name whatever the version's spelling, and invented ones as other") {
    metrics m(1);
    auto& s = m.shard_of(0);
    using direction = metrics::direction;
    s.call_error(direction::received, "OccurenceConstraintViolation");
    s.call_error(direction::received, "OccurrenceConstraintViolation");
    s.call_error(direction::received, "evil\"} 1\n");
    s.call_error(direction::sent, "NotImplemented");
    const auto e = read(m);
    const std::string name = "gateway_call_errors_total";
    CHECK(e.value(name, {{"direction", "received"}, {"code", "OccurrenceConstraintViolation"}}) == 2);
    CHECK(e.value(name, {{"direction", "received"}, {"code", "other"}}) == 1);
    CHECK(e.value(name, {{"direction", "sent"}, {"code", "NotImplemented"}}) == 1);
    CHECK(e.value(name, {{"direction", "sent"}, {"code", "other"}}) == 0);
}

TEST_CASE("what is counted elsewhere is shown as given") {
    const metrics m(1);
    metrics::readings r;
    r.log_lines_dropped = 7;
    r.subscriber_events_dropped = 8;
    r.subscribers = 9;
    const auto e = read(m, r);
    CHECK(e.value("gateway_log_lines_dropped_total") == 7);
    CHECK(e.value("gateway_subscriber_events_dropped_total") == 8);
    CHECK(e.value("gateway_event_subscribers") == 9);
}

TEST_CASE("the journal tells how it is, where there is one") {
    const metrics m(1);
    metrics::readings r;
    CHECK(m.text(r).find("gateway_journal") == std::string::npos);
    journal_stats j;
    j.events = 1;
    j.batches = 2;
    j.failed_batches = 3;
    j.shed_events = 4;
    j.failed_operations = 5;
    j.commit_nanoseconds = 6'500'000'000;
    j.buffered_bytes = 7;
    j.file_bytes = 8;
    j.last_sequence = 9;
    j.clock_jumps = 10;
    r.journal = j;
    auto e = read(m, r);
    CHECK(e.value("gateway_journal_events_total") == 1);
    CHECK(e.value("gateway_journal_batches_total") == 2);
    CHECK(e.value("gateway_journal_failed_batches_total") == 3);
    CHECK(e.value("gateway_journal_shed_events_total") == 4);
    CHECK(e.value("gateway_journal_failed_operations_total") == 5);
    CHECK(e.value("gateway_journal_commit_seconds_total") == 6.5);
    CHECK(e.value("gateway_journal_buffer_bytes") == 7);
    CHECK(e.value("gateway_journal_file_bytes") == 8);
    CHECK(e.value("gateway_journal_last_sequence") == 9);
    CHECK(e.value("gateway_journal_restored") == 0);
    CHECK(e.value("gateway_journal_up") == 1);
    CHECK(e.value("gateway_clock_jumps_total") == 10);
    CHECK(e.value("gateway_journal_ageing_held") == 0);
    r.journal->trouble = "the disk is full";
    r.journal->ageing_held = true;
    e = read(m, r);
    CHECK(e.value("gateway_journal_ageing_held") == 1);
    CHECK(e.value("gateway_journal_up") == 0);
}

TEST_CASE("the text can be asked for while all threads count") {
    constexpr std::size_t threads = 4;
    constexpr int rounds = 20'000;
    metrics m(threads);
    const auto heartbeat = index_of(version::v16, "Heartbeat");
    {
        std::vector<std::jthread> counting;
        for (std::size_t t = 0; t < threads; ++t)
            counting.emplace_back([&m, t, heartbeat] {
                auto& own = m.shard_of(t);
                auto& foreign = m.shard_of((t + 1) % threads);
                for (int i = 0; i < rounds; ++i) {
                    own.received(version::v16, heartbeat);
                    own.processed(version::v16, heartbeat, 60us);
                    foreign.queued(1);
                    foreign.deviation(rule::wrong_type);
                }
            });
        for (int i = 0; i < 20; ++i) CHECK(read(m).size() > 0);
    }
    const auto e = read(m);
    const double all = static_cast<double>(threads) * rounds;
    CHECK(e.value("gateway_messages_received_total", {{"version", "1.6"}, {"action", "Heartbeat"}}) == all);
    CHECK(e.value("gateway_message_processing_duration_seconds_count", {{"action", "Heartbeat"}}) == all);
    CHECK(e.value("gateway_send_queue_bytes") == all);
    CHECK(e.value("gateway_deviations_total", {{"rule", "wrong_type"}}) == all);
}

TEST_CASE("large counts are shown to the last unit") {
    metrics m(1);
    m.shard_of(0).queued(123'456'789'012);
    CHECK(m.text({}).find("gateway_send_queue_bytes 123456789012\n") != std::string::npos);
}

TEST_CASE("the process figures are those of this process") {
    const auto before = read_process_figures();
    CHECK(before.resident_bytes > 100'000);
    CHECK(before.cpu_seconds > 0);
    CHECK(before.max_descriptors > 0);
    const int extra = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    REQUIRE(extra >= 0);
    CHECK(read_process_figures().open_descriptors == before.open_descriptors + 1);
    ::close(extra);
    CHECK(read_process_figures().open_descriptors == before.open_descriptors);
    const auto now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    CHECK(before.start_time <= now + 2);
    CHECK(before.start_time > now - 7 * 24 * 3600.0);
}

TEST_CASE("the reader of these tests refuses what a scraper would") {
    const std::string head = "# HELP a_total x\n# TYPE a_total counter\n";
    CHECK_NOTHROW(exposition(head + "a_total 1\n"));
    for (const auto* bad : {"a_total 1", "a_total 1\na_total 2\n", "a_total -1\n", "a_total x\n", "b_total 1\n",
                            "a_total{l=\"\"} 1\n", "a_total{l=x} 1\n", "a_total{l=\"a\nb\"} 1\n", "a_total\n",
                            "# HELP a_total y\n", "# HELP b y\n# TYPE b counter\n", "\n"})
        CHECK_THROWS(exposition(head + bad));
    const std::string histogram = "# HELP h x\n# TYPE h histogram\n";
    CHECK_NOTHROW(exposition(histogram + "h_count 1\nh_sum 1\nh_bucket{le=\"1\"} 0\nh_bucket{le=\"+Inf\"} 1\n"));
    CHECK_THROWS(exposition(histogram + "h_count 1\nh_sum 1\nh_bucket{le=\"1\"} 1\n"));
    CHECK_THROWS(exposition(histogram + "h_count 2\nh_sum 1\nh_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\n"));
}
