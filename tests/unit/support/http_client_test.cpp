// The HTTP client against a scripted server.
#include "support/http_client.hpp"

#include "loopback_server.hpp"
#include "support/json.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <string>

using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::StartsWith;

TEST_CASE("A sized answer is read with its status, headers and body", "[support]") {
    std::string request;
    loopback_server server([&](server_side& side) {
        request = side.read_request();
        side.send("HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\nX-Odd:  spaced \r\n\r\n{\"a\":1}");
    });
    http_client client(server.port());
    const auto response = client.get("/health", {{"X-Mine", "yes"}});
    server.finish();
    CHECK_THAT(request, StartsWith("GET /health HTTP/1.1\r\nHost: localhost:"));
    CHECK_THAT(request, ContainsSubstring("X-Mine: yes"));
    CHECK(response.status == 404);
    CHECK(response.reason == "Not Found");
    CHECK(response.header("x-odd") == "spaced");
    CHECK(at(response.json(), "/a") == 1);
}

TEST_CASE("A connection is kept for the next request and renewed after the server closed it", "[support]") {
    loopback_server server({[](server_side& side) {
                                side.read_request();
                                side.send("HTTP/1.1 204 No Content\r\n\r\n");
                                side.read_request();
                                side.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
                            },
                            [](server_side& side) {
                                side.read_request();
                                side.send("HTTP/1.1 200 OK\r\n\r\nup to the end");
                            }});
    http_client client(server.port());
    CHECK(client.get("/1").status == 204);
    CHECK(client.get("/2").body == "ok");
    CHECK(client.connections() == 1);
    CHECK(client.get("/3").body == "up to the end");
    CHECK(client.connections() == 2);
    server.finish();
}

TEST_CASE("A HEAD answer has no body whatever its Content-Length says", "[support]") {
    loopback_server server([](server_side& side) {
        side.read_request();
        side.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
        side.read_request();
        side.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
    });
    http_client client(server.port());
    CHECK(client.head("/").body.empty());
    CHECK(client.get("/").body == "x");
    server.finish();
}

TEST_CASE("A chunked body is put together however it is cut", "[support]") {
    loopback_server server([](server_side& side) {
        side.read_request();
        const std::string answer =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nWiki\r\nA\r\npedia in c\r\n0\r\n\r\n";
        for (const char c : answer) side.send(std::string(1, c));
        side.read_request();
        side.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
    http_client client(server.port());
    CHECK(client.get("/").body == "Wikipedia in c");
    CHECK(client.get("/").status == 200);
    server.finish();
}

TEST_CASE("A body is sent with its length and type", "[support]") {
    std::string head;
    std::string body;
    loopback_server server([&](server_side& side) {
        head = side.read_request();
        body = side.read_bytes(7);
        side.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
    http_client client(server.port());
    client.post("/x", {{"a", 1}});
    server.finish();
    CHECK(body == "{\"a\":1}");
    CHECK_THAT(head, StartsWith("POST /x "));
    CHECK_THAT(head, ContainsSubstring("Content-Length: 7"));
    CHECK_THAT(head, ContainsSubstring("Content-Type: application/json"));
}

TEST_CASE("A body that is not JSON is shown in the failure", "[support]") {
    http_response response;
    response.body = "<html>";
    CHECK_THROWS_MATCHES(response.json(), unexpected, MessageMatches(ContainsSubstring("<html>")));
}

TEST_CASE("An answer cut short fails instead of passing as whole", "[support]") {
    loopback_server server([](server_side& side) {
        side.read_request();
        side.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort");
    });
    http_client client(server.port());
    CHECK_THROWS_AS(client.get("/"), unexpected);
    server.finish();
}

TEST_CASE("A chunk longer than it says is a failure", "[support]") {
    loopback_server server([](server_side& side) {
        side.read_request();
        side.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n");
    });
    http_client client(server.port());
    CHECK_THROWS_AS(client.get("/"), unexpected);
    server.finish();
}

TEST_CASE("Server-Sent Events are read one by one while the stream stays open", "[support]") {
    loopback_server server([](server_side& side) {
        side.read_request();
        side.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        side.send("1\r\n:\r\n");
        side.send("15\r\n hello\n\nid: j:1\nevent\r\n");
        side.send("19\r\n: a.b\ndata: {\"n\":\ndata:1}\r\n2\r\n\n\n\r\n");
        side.has_ended();
    });
    {
        sse_reader reader(server.port());
        const auto event = reader.next_event();
        CHECK(event.id == "j:1");
        CHECK(event.name == "a.b");
        CHECK(event.data == "{\"n\":\n1}");
        CHECK(at(event.json(), "/n") == 1);
        CHECK(reader.comments() == 1);
    }
    server.finish();
}

TEST_CASE("The end of an event stream is told from an event", "[support]") {
    loopback_server server([](server_side& side) {
        side.read_request();
        side.send("HTTP/1.1 200 OK\r\n\r\ndata: 1\n\ndata: cut off");
    });
    sse_reader reader(server.port());
    CHECK(reader.next_event().data == "1");
    CHECK_FALSE(reader.next_event_or_end());
    server.finish();
}
