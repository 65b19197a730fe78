// Names and wire form of events.
#include <voltgate/event.hpp>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>

namespace {

using namespace voltgate;
using namespace std::chrono_literals;

// 2026-01-02T03:04:05Z
constexpr std::chrono::system_clock::time_point night(std::chrono::seconds(1'767'323'045));

event full_event() {
    event e;
    e.id = {0x0123456789abcdef, 0xfedcba9876543210};
    e.sequence = 1234;
    e.epoch = 7;
    e.timestamp = night + 678ms;
    e.occurred_at = night - 4s;
    e.type = event_type::transaction_started;
    e.ocpp_version = ocpp::version::v16;
    e.charge_point_id = "CP-001";
    e.trace_id = "trace-9";
    e.payload = R"({"connectorId":1})";
    return e;
}

std::string json_of(const event& e, std::string_view gateway = "node-1") {
    std::string out;
    append_json(out, e, gateway);
    return out;
}

}  // namespace

TEST_CASE("Every event type has a name of its own that leads back to it") {
    for (std::size_t i = 0; i < event_type_count; ++i) {
        const auto type = static_cast<event_type>(i);
        CHECK(to_string(type).find('.') != std::string_view::npos);
        CHECK(event_type_from_string(to_string(type)) == type);
    }
    CHECK(to_string(event_type::charge_point_connected) == "charge_point.connected");
    CHECK(to_string(event_type::meter_values_received) == "meter_values.received");
    CHECK(to_string(event_type::command_response) == "command.response");
}

TEST_CASE("A name that is no event type is told apart, letter case included") {
    CHECK_FALSE(event_type_from_string("").has_value());
    CHECK_FALSE(event_type_from_string("transaction").has_value());
    CHECK_FALSE(event_type_from_string("Transaction.Started").has_value());
}

TEST_CASE("An event is written with all its members in the published order") {
    CHECK(json_of(full_event()) ==
          R"({"schemaVersion":1,"eventId":"01234567-89ab-4def-bedc-ba9876543210","eventType":"transaction.started",)"
          R"("chargePointId":"CP-001","gatewayId":"node-1","epoch":7,"timestamp":"2026-01-02T03:04:05.678Z",)"
          R"("occurredAt":"2026-01-02T03:04:01Z","sequence":1234,"ocppVersion":"1.6","traceId":"trace-9",)"
          R"("payload":{"connectorId":1}})");
}

TEST_CASE("An event of the gateway itself is of no charge point") {
    event e;
    e.type = event_type::gateway_started;
    CHECK(json_of(e).find(R"("eventType":"gateway.started","chargePointId":null,"gatewayId")") != std::string::npos);
}

TEST_CASE("What an event does not know is written as null") {
    event e;
    e.type = event_type::charge_point_connected;
    e.charge_point_id = "CP-001";
    e.timestamp = night;
    const auto json = boost::json::parse(json_of(e)).as_object();
    CHECK(json.at("occurredAt").is_null());
    CHECK(json.at("ocppVersion").is_null());
    CHECK(json.at("traceId").is_null());
    CHECK(json.at("epoch") == 0);
    CHECK(json.at("timestamp") == "2026-01-02T03:04:05.000Z");
    CHECK(json.at("payload").as_object().empty());
}

TEST_CASE("A charge point's own time keeps its fraction of a second") {
    auto e = full_event();
    e.occurred_at = night + 250ms;
    CHECK(boost::json::parse(json_of(e)).at("occurredAt") == "2026-01-02T03:04:05.250Z");
}

TEST_CASE("Texts from outside are escaped in an event") {
    auto e = full_event();
    e.charge_point_id = "CP \"1\"\\\n";
    e.trace_id = "a\tb";
    const auto json = boost::json::parse(json_of(e, "no\"de"));
    CHECK(json.at("chargePointId") == "CP \"1\"\\\n");
    CHECK(json.at("traceId") == "a\tb");
    CHECK(json.at("gatewayId") == "no\"de");
}

TEST_CASE("The largest numbers of an event are written in full") {
    auto e = full_event();
    e.sequence = e.epoch = ~std::uint64_t{0};
    const auto json = boost::json::parse(json_of(e));
    CHECK(json.at("sequence").as_uint64() == ~std::uint64_t{0});
    CHECK(json.at("epoch").as_uint64() == ~std::uint64_t{0});
}

TEST_CASE("Events are appended to what the text holds already") {
    std::string out = "data: ";
    append_json(out, full_event(), "node-1");
    out += '\n';
    append_json(out, full_event(), "node-1");
    const auto one = json_of(full_event());
    CHECK(out == "data: " + one + "\n" + one);
}
