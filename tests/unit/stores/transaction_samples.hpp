// Messages of transactions as tests send them: what they do not name is usual.
#pragma once

#include "stores/transaction_messages.hpp"
#include "stores/transaction_rules.hpp"
#include "text/timestamp.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate::test {

using utc_time = std::chrono::system_clock::time_point;

[[nodiscard]] inline utc_time at(std::string_view text) {
    const auto reading = ocpp::read_timestamp(text);
    REQUIRE(reading);
    return reading->time;
}

[[nodiscard]] inline message_times told(std::string text, utc_time received) {
    message_times times;
    if (const auto reading = ocpp::read_timestamp(text)) times.occurred_at = reading->time;
    times.text = std::move(text);
    times.received = received;
    return times;
}
/// Received a second later, which shows that the clock is right.
[[nodiscard]] inline message_times told(const std::string& text) {
    return told(text, at(text) + std::chrono::seconds(1));
}

[[nodiscard]] inline exact_decimal reading(std::string_view text) {
    const auto wh = exact_decimal::read(text);
    REQUIRE(wh);
    return *wh;
}

[[nodiscard]] inline transaction_start start_of(std::string charge_point = "CP-1", std::int64_t connector = 1,
                                                const std::string& timestamp = "2026-01-02T03:04:05Z") {
    transaction_start t;
    t.charge_point_id = std::move(charge_point);
    t.connector_id = connector;
    t.meter_start_wh = 1000;
    t.id_tag = "TAG-1";
    t.times = told(timestamp);
    t.tag_status = id_tag_status::accepted;
    return t;
}

/// `mark`: another one for each payload; see next_mark().
[[nodiscard]] inline transaction_stop stop_of(std::optional<std::int64_t> id, message_mark mark,
                                              std::string charge_point = "CP-1",
                                              const std::string& timestamp = "2026-01-02T04:04:05Z") {
    transaction_stop t;
    t.charge_point_id = std::move(charge_point);
    t.transaction_id = id;
    t.meter_stop_wh = 2000;
    t.times = told(timestamp);
    t.reason = "Local";
    t.id_tag = "TAG-1";
    t.mark = mark;
    t.mark_with_id = mark + 1'000'000'000;
    return t;
}

[[nodiscard]] inline message_mark next_mark() {
    static message_mark last = 0;
    return ++last;
}
/// Another stop than all before.
[[nodiscard]] inline transaction_stop stop_of(std::optional<std::int64_t> id) { return stop_of(id, next_mark()); }

[[nodiscard]] inline transaction_meter_values use_of(std::int64_t id, message_mark mark = next_mark()) {
    transaction_meter_values u;
    u.transaction_id = id;
    u.mark = mark;
    return u;
}
[[nodiscard]] inline transaction_meter_values use_of(std::int64_t id, const std::string& timestamp, exact_decimal wh) {
    auto u = use_of(id);
    u.occurred_at = at(timestamp);
    u.reading_wh = std::move(wh);
    u.reading_at = u.occurred_at;
    return u;
}

/// Of a 2.x transaction.
[[nodiscard]] inline transaction_message message_of(transaction_phase phase, std::int64_t sequence,
                                                    const std::string& timestamp, std::string id = "T-1",
                                                    std::string charge_point = "CP-1") {
    transaction_message m;
    m.charge_point_id = std::move(charge_point);
    m.what.phase = phase;
    m.what.transaction_id = std::move(id);
    m.what.sequence = sequence;
    m.what.timestamp = timestamp;
    m.what.occurred_at = at(timestamp);
    m.received = *m.what.occurred_at + std::chrono::seconds(1);
    m.mark = next_mark();
    return m;
}
[[nodiscard]] inline transaction_message started_at(const std::string& timestamp, std::string id = "T-1",
                                                    std::string charge_point = "CP-1") {
    auto m = message_of(transaction_phase::started, 0, timestamp, std::move(id), std::move(charge_point));
    m.what.evse = 2;
    m.what.connector = 1;
    m.what.token.text = "Tag-1";
    m.what.token.type = "ISO14443";
    m.what.energy.wh = 1000;
    m.tag_status = id_tag_status::accepted;
    return m;
}

/// What became of a start as it was stored.
[[nodiscard]] inline transaction_record stored_start(const transaction_start& t) {
    auto r = record_of(t);
    r.number = 7;
    r.id = 4711;
    return r;
}

[[nodiscard]] inline end_of_transaction end_at(const std::string& timestamp, std::int64_t wh) {
    end_of_transaction e;
    e.meter_stop.wh = wh;
    e.reason = "Local";
    e.id_tag = "TAG-1";
    e.times = told(timestamp);
    return e;
}

/// Whether one of the news is of this type; its payload, else empty.
[[nodiscard]] inline std::string payload_of(const std::vector<further_event>& news, event_type type) {
    for (const auto& one : news)
        if (one.type == type) return one.payload;
    return {};
}

}  // namespace voltgate::test
