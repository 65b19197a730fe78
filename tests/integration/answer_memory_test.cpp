// Answers that nobody reads: together they hold no more memory than http.response_memory.
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <list>
#include <random>
#include <string>
#include <string_view>

using namespace voltgate;
using namespace voltgate::test;

TEST_CASE("Beyond http.response_memory answers are refused until others were taken", "[http]") {
    running_gateway gw([](config& c) {
        c.server.io_threads = 2;
        c.http.response_memory = 64 * 1024 * 1024;
        c.history.bytes = 64 * 1024 * 1024;
        c.session.max_message_bytes = 4 * 1024 * 1024;
    });
    auto cp = gw.connect("CP-1");
    // Hardly to be packed.
    std::string text;
    std::minstd_rand random;  // the same every time
    while (text.size() < std::size_t{3} * 1024 * 1024) text += static_cast<char>('0' + random() % 75);
    std::ranges::replace(text, '\\', '0');
    cp.call("DataTransfer", {{"vendorId", "com.example"}, {"data", text}});
    const std::string target = "/api/v1/charge-points/CP-1/messages";
    tcp_options slow;
    slow.receive_buffer = 4096;
    std::list<http_client> readers;
    const std::string_view accepts = GENERATE("identity", "gzip");
    for (int i = 0; i < 40; ++i) {
        auto& reader = readers.emplace_back(gw.port(), slow);
        reader.send_bytes(fmt::format("GET {} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {}\r\n\r\n", target, accepts));
    }
    http_client other(gw.port());
    eventually([&] { return other.get(target).status == 503; }, "no memory is left for one more");
    const auto refused = other.get(target);
    CHECK(refused.has_header("Retry-After"));
    CHECK(refused.body.find("http.response_memory") != std::string::npos);
    CHECK(other.get("/health").status == 200);  // small ones are not held up
    readers.clear();
    eventually([&] { return other.get(target).status == 200; }, "what went with its readers is there again");
}
