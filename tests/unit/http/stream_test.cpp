// The query and the wire form of the live stream.
#include "http/stream.hpp"

#include "http/event_query.hpp"
#include "support/json.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
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
    stream_request read;
    if (auto bad = read_stream_request(target("/api/v1/events/stream?" + std::string(query)), nullptr, nullptr, read)) {
        wrong = std::move(*bad);
        return std::nullopt;
    }
    return read.filter;
}

}  // namespace

TEST_CASE("A stream's query names a charge point and a list of types") {
    response wrong;
    const auto everything = read("", wrong);
    REQUIRE(everything);
    CHECK(everything->charge_point_id.empty());
    CHECK(everything->types.empty());
    const auto filter =
        read("chargePointId=CP%201&type=transaction.started,transaction.stopped,charge_point.booted", wrong);
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
}

TEST_CASE("A stream cannot go on from a position without a journal") {
    response wrong;
    CHECK_FALSE(read("after=7", wrong));
    CHECK(wrong.status == 501);
}

TEST_CASE("A position is a sequence number, alone or behind its journal's id") {
    std::uint64_t sequence = 0;
    CHECK_FALSE(read_event_cursor("12", "j1", sequence));
    CHECK(sequence == 12);
    CHECK_FALSE(read_event_cursor(event_cursor("j1", 13), "j1", sequence));
    CHECK(sequence == 13);
    CHECK(read_event_cursor("j2:13", "j1", sequence).value().status == 410);
    for (const auto* broken : {"", "x", "-1", "1x", "j1:", ":1", "99999999999999999999"}) {
        INFO(broken);
        const auto bad = read_event_cursor(broken, "j1", sequence);
        REQUIRE(bad);
        CHECK(bad->status == 400);
    }
}

TEST_CASE("An event of the stream has its position as id and its JSON on one line") {
    event e;
    e.charge_point_id = "CP\n1";
    std::string out;
    append_stream_event(out, "j1:7", e, "node-1", true);
    constexpr std::string_view head = "id: j1:7\ndata: ";
    REQUIRE(out.starts_with(head));
    REQUIRE(out.ends_with("}\n\n"));
    const auto data = out.substr(head.size(), out.size() - head.size() - 2);
    CHECK(data.find('\n') == std::string::npos);
    CHECK(test::at(test::parse_json(data), "/chargePointId") == "CP\n1");
    CHECK(test::at(test::parse_json(data), "/gatewayId") == "node-1");
}

TEST_CASE("The stream's head promises no end and no caching") {
    const auto head = stream_head(std::chrono::system_clock::time_point(std::chrono::seconds(784'111'777)));
    CHECK(head.find("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n") != std::string::npos);
    CHECK(head.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(head.ends_with("\r\n\r\n"));
    CHECK(head.find("Content-Type: text/event-stream\r\n") != std::string::npos);
    CHECK(head.find("Cache-Control: no-store\r\n") != std::string::npos);
    CHECK(head.find("Content-Length") == std::string::npos);
}

TEST_CASE("The live stream is not to be held back by a proxy") {
    CHECK(stream_head({}).find("X-Accel-Buffering: no\r\n") != std::string::npos);
}
