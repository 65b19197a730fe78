// The query and the wire form of the live stream.
#include "http/stream.hpp"

#include "support/json.hpp"

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>
#include <vector>

namespace {

using namespace voltgate;
using namespace voltgate::http;

request target(std::string_view text) {
    request req;
    REQUIRE(read_target(text, req));
    return req;
}

std::optional<event_filter> read(std::string_view query, response& wrong) {
    return read_stream_query(target("/api/v1/events/stream?" + std::string(query)), wrong);
}

stream_item item(std::uint64_t sequence, std::uint64_t missed = 0) {
    auto e = std::make_shared<event>();
    e->sequence = sequence;
    e->type = event_type::charge_point_booted;
    e->charge_point_id = "CP\n1";
    stream_item i;
    i.event = std::move(e);
    i.missed = missed;
    return i;
}

}  // namespace

TEST_CASE("The live stream has one path") {
    CHECK(is_stream_target(target("/api/v1/events/stream?type=x")));
    CHECK_FALSE(is_stream_target(target("/api/v1/events")));
    CHECK_FALSE(is_stream_target(target("/api/v1/events/stream/x")));
    CHECK_FALSE(is_stream_target(target("/api/v2/events/stream")));
}

TEST_CASE("A stream's query names a charge point and types, in one list or several") {
    response wrong;
    const auto everything = read("", wrong);
    REQUIRE(everything);
    CHECK(everything->charge_point_id.empty());
    CHECK(everything->types.empty());
    const auto filter =
        read("chargePointId=CP%201&type=transaction.started,transaction.stopped&type=charge_point.booted", wrong);
    REQUIRE(filter);
    CHECK(filter->charge_point_id == "CP 1");
    CHECK(filter->types == std::vector{event_type::transaction_started, event_type::transaction_stopped,
                                       event_type::charge_point_booted});
}

TEST_CASE("A stream's query that cannot be read is refused") {
    response wrong;
    CHECK_FALSE(read("type=transaction.began", wrong));
    CHECK(wrong.status == 400);
    CHECK(test::at(test::parse_json(wrong.body), "/detail") == "unknown event type \"transaction.began\"");
    CHECK_FALSE(read("chargepointid=x", wrong));
    CHECK(wrong.status == 400);
    CHECK(test::text_at(test::parse_json(wrong.body), "/detail").find("chargePointId, type") != std::string::npos);
}

TEST_CASE("An event of the stream has its sequence as id and its JSON on one line") {
    std::string out;
    append_stream_item(out, item(7), "node-1");
    REQUIRE(out.starts_with("id: 7\ndata: {"));
    REQUIRE(out.ends_with("}\n\n"));
    const auto data = out.substr(12, out.size() - 14);
    CHECK(data.find('\n') == std::string::npos);
    CHECK(test::at(test::parse_json(data), "/chargePointId") == "CP\n1");
    CHECK(test::at(test::parse_json(data), "/gatewayId") == "node-1");
}

TEST_CASE("What a reader missed is told before the event that follows it") {
    std::string out;
    append_stream_item(out, item(7), "node-1");
    const auto first = out.size();
    append_stream_item(out, item(12, 4), "node-1");
    CHECK(out.substr(first).starts_with("event: gap\ndata: {\"missed\":4}\n\nid: 12\ndata: {"));
}

TEST_CASE("The stream's head promises no end and no caching") {
    const auto head = stream_head();
    CHECK(head.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(head.ends_with("\r\n\r\n"));
    CHECK(head.find("Content-Type: text/event-stream\r\n") != std::string::npos);
    CHECK(head.find("Cache-Control: no-store\r\n") != std::string::npos);
    CHECK(head.find("Content-Length") == std::string::npos);
}
