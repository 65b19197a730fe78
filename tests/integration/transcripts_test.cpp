// What the server answers, byte for byte, to a thousand conversations: transcripts/*.txt holds what it always has. With
// VOLTGATE_WRITE_TRANSCRIPTS set, they are written anew.
#include "support/conversations.hpp"
#include "support/manual_clock.hpp"
#include "support/running_gateway.hpp"
#include "support/transcript.hpp"
#include "support/websocket_echo.hpp"
#include "support/websocket_frame.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

using sections = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view mark = "== ";

std::string path_of(const conversation_group& group) {
    return VOLTGATE_SOURCE_DIR "/tests/integration/transcripts/" + group.name + ".txt";
}

sections read_sections(const conversation_group& group) {
    std::ifstream file(path_of(group));
    REQUIRE(file);
    sections all;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(mark)) {
            all.emplace_back(line.substr(mark.size()), "");
        } else {
            REQUIRE_FALSE(all.empty());
            all.back().second += line + '\n';
        }
    }
    return all;
}

void write_sections(const conversation_group& group, const sections& all) {
    std::ofstream file(path_of(group));
    for (const auto& [name, text] : all) file << mark << name << '\n' << text;
    REQUIRE(file.flush());
}

/// The head of the response is left out where it is the one of the conversation before.
sections converse_all(const conversation_group& group, std::uint16_t port, sending how) {
    sections all;
    std::string before;
    int number = 0;
    for (auto said : group.all) {
        // An identity of its own for each: the gateway remembers who has booted.
        said.target = "/ocpp/T-" + std::to_string(static_cast<int>(how)) + '-' + std::to_string(++number);
        const auto received = converse_bytes(port, said, how);
        std::string text = transcript_of(said.pongs_apart ? with_pongs_apart(received) : received);
        const std::size_t head = text.find("\n\n");
        REQUIRE(head != std::string::npos);
        all.emplace_back(said.name, text.starts_with(before) && !before.empty() ? text.substr(before.size()) : text);
        before = text.substr(0, head + 2);
    }
    return all;
}

void check(const conversation_group& group, std::uint16_t port) {
    if (std::getenv("VOLTGATE_WRITE_TRANSCRIPTS")) write_sections(group, converse_all(group, port, sending::whole));
    const sections expected = read_sections(group);
    for (const sending how : {sending::whole, sending::with_request, sending::byte_by_byte}) {
        CAPTURE(group.name, static_cast<int>(how));
        const sections now = converse_all(group, port, how);
        REQUIRE(now.size() == expected.size());
        for (std::size_t i = 0; i < now.size(); ++i) {
            CHECK(now[i].first == expected[i].first);
            CAPTURE(now[i].first);
            CHECK(now[i].second == expected[i].second);
        }
    }
}

void check_echo(const conversation_group& group) {
    const websocket_echo echo(0, [&](session_config& c) { c.max_message_bytes = group.max_message_bytes; });
    check(group, echo.port());
}

}  // namespace

TEST_CASE("The echo's bytes are those of the transcripts", "[transcripts][websocket]") {
    for (const auto& group : echo_conversations()) check_echo(group);
}

TEST_CASE("The echo's bytes are those of the transcripts, with compression", "[transcripts][websocket][compression]") {
    for (const auto& group : packed_conversations()) check_echo(group);
}

TEST_CASE("The gateway's bytes are those of the transcripts", "[transcripts][websocket]") {
    const auto group = gateway_conversations();
    running_gateway gw(
        [&](config& c) {
            c.server.versions = {ocpp::version::v16, ocpp::version::v201, ocpp::version::v21};
            c.session.max_message_bytes = group.max_message_bytes;
        },
        {}, std::make_shared<manual_clock>());
    check(group, gw.port());
}

// How many of them get an answer depends on what has been written when they come.
TEST_CASE("A flood of pings gets its pongs in order, the last one's among them", "[transcripts][websocket]") {
    const websocket_echo echo;
    const std::string last = "ping 499";
    conversation flood;
    flood.name = "500 pings";
    for (int i = 0; i < 500; ++i) flood.sent += encode_frame(opcode::ping, "ping " + std::to_string(i));
    flood.awaits = last;
    flood.last = encode_frame(opcode::close, close_payload(1000));
    const auto received = converse_bytes(echo.port(), flood, sending::whole);
    std::string frames = received.substr(received.find("\r\n\r\n") + 4), latest;
    int before = -1;
    while (const auto f = take_frame(frames)) {
        if (f->code == opcode::close) break;
        REQUIRE(f->code == opcode::pong);
        REQUIRE(f->payload.starts_with("ping "));
        latest = f->payload;
        const int number = std::stoi(latest.substr(5));
        CHECK(number > before);
        before = number;
    }
    CHECK(latest == last);
}
