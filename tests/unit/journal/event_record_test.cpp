// The stored form of events: it comes back as it was, and what is damaged is refused.
#include "journal/event_record.hpp"

#include "journal_file_fixture.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstring>
#include <random>

using namespace voltgate;
using namespace voltgate::test;

namespace {

constexpr std::size_t fixed_bytes = 64;

event full_event() {
    event e = event_of("CP-1", event_type::transaction_started, R"({"transactionId":"17"})");
    e.id = {0x0123456789ABCDEF, 0xFEDCBA9876543210};
    e.epoch = 1'795'426'828'161;
    e.timestamp = std::chrono::system_clock::time_point(std::chrono::microseconds(1'767'323'045'678'901));
    e.occurred_at = std::chrono::system_clock::time_point(std::chrono::microseconds(-1));
    e.ocpp_version = ocpp::version::v21;
    e.trace_id = "trace";
    return e;
}

void check_same(const event& a, const event& b) {
    CHECK(a.id == b.id);
    CHECK(a.epoch == b.epoch);
    CHECK(a.timestamp == b.timestamp);
    CHECK(a.occurred_at == b.occurred_at);
    CHECK(a.type == b.type);
    CHECK(a.ocpp_version == b.ocpp_version);
    CHECK(a.charge_point_id == b.charge_point_id);
    CHECK(a.trace_id == b.trace_id);
    CHECK(a.payload == b.payload);
}

}  // namespace

TEST_CASE("Records come back one after the other as they went in", "[journal]") {
    event plain = event_of("");
    plain.payload.clear();
    event big = event_of(std::string(48, 'x'), event_type::command_response, std::string(300'000, '{'));
    std::string bytes;
    for (const auto& e : {full_event(), plain, big}) append_record(bytes, e);
    std::string_view rest = bytes;
    event e = full_event();  // with values that have to be overwritten
    for (const auto& expected : {full_event(), plain, big}) {
        REQUIRE(take_record(rest, e));
        check_same(e, expected);
    }
    CHECK(rest.empty());
    CHECK_FALSE(take_record(rest, e));
}

TEST_CASE("The head of a record tells whose it is", "[journal]") {
    std::string bytes = record_of(full_event()) + record_of(event_of("CP-2"));
    std::string_view rest = bytes;
    auto head = take_record_head(rest);
    REQUIRE(head);
    CHECK(head->charge_point_id == "CP-1");
    CHECK(head->type == event_type::transaction_started);
    head = take_record_head(rest);
    REQUIRE(head);
    CHECK(head->charge_point_id == "CP-2");
    CHECK_FALSE(take_record_head(rest));
}

TEST_CASE("Texts that are too long for a record are cut", "[journal]") {
    event long_one = event_of(std::string(70'000, 'i'));
    long_one.trace_id.assign(70'000, 't');
    const std::string bytes = record_of(long_one);
    std::string_view rest = bytes;
    event e;
    REQUIRE(take_record(rest, e));
    CHECK(e.charge_point_id == std::string(0xFFFF, 'i'));
    CHECK(e.trace_id == std::string(0xFFFF, 't'));
    CHECK(rest.empty());
}

TEST_CASE("A record that was cut short is refused, and nothing is taken", "[journal]") {
    const std::string bytes = record_of(full_event());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        std::string_view rest = std::string_view(bytes).substr(0, size);
        event e;
        CHECK_FALSE(take_record(rest, e));
        CHECK(rest.size() == size);
        CHECK_FALSE(take_record_head(rest));
    }
}

TEST_CASE("Sizes that do not fit together are refused", "[journal]") {
    const auto refused = [](std::size_t offset, auto value) {
        std::string bytes = record_of(full_event());
        std::memcpy(bytes.data() + offset, &value, sizeof value);
        std::string_view rest = bytes;
        event e;
        return !take_record(rest, e);
    };
    CHECK(refused(0, std::uint32_t{0}));
    CHECK(refused(0, std::uint32_t{0xFFFFFFFF}));
    CHECK(refused(4, std::uint16_t{0xFFFF}));       // charge point id
    CHECK(refused(6, std::uint16_t{0xFFFF}));       // trace id
    CHECK(refused(12, std::uint32_t{0xFFFFFFFF}));  // payload
    CHECK(refused(12, std::uint32_t{0xFFFFFFC8}));  // payload, wrapping around in 32 bits
    CHECK(refused(8, std::uint8_t{event_type_count}));
    CHECK(refused(9, std::uint8_t{4}));  // no such version
}

TEST_CASE("Random damage never reads outside of the bytes", "[journal]") {
    std::mt19937 random(17);
    const std::string bytes = record_of(full_event()) + record_of(event_of("CP-2"));
    for (int i = 0; i < 20'000; ++i) {
        std::string damaged = bytes;
        for (int k = 0; k < 3; ++k)
            damaged[random() % (i % 2 ? fixed_bytes : damaged.size())] = static_cast<char>(random());
        damaged.resize(random() % (damaged.size() + 1));
        damaged.shrink_to_fit();
        std::string_view rest = damaged;
        event e;
        std::size_t taken = 0;
        while (take_record(rest, e)) {
            taken += fixed_bytes + e.charge_point_id.size() + e.trace_id.size() + e.payload.size();
        }
        CHECK(taken + rest.size() == damaged.size());
    }
}
