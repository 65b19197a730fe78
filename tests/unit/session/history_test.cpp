// The ring of recent frames.
#include "session/history.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace voltgate;
using namespace std::chrono_literals;

constexpr std::chrono::system_clock::time_point night(std::chrono::seconds(1'767'323'045));

void add(history_ring& ring, std::string_view id, std::string_view text) {
    ring.add(id, night, frame_direction::received, verdict::ok, text);
}

std::vector<std::string> texts(const history_ring& ring, std::string_view id, std::size_t limit = 1'000'000) {
    std::vector<std::string> found;
    for (auto& e : ring.of(id, limit)) found.push_back(std::move(e.text));
    return found;
}

using list = std::vector<std::string>;

}  // namespace

TEST_CASE("Recent frames come back whole, oldest first, each charge point its own") {
    history_ring ring(64 * 1024);
    ring.add("CP-1", night + 1us, frame_direction::received, verdict::deviating, "[2]");
    add(ring, "CP-2", "other");
    ring.add("cp-1", night + 2us, frame_direction::sent, verdict::refused, "[4]");
    const auto entries = ring.of("Cp-1", 10);
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].time == night + 1us);
    CHECK(entries[0].direction == frame_direction::received);
    CHECK(entries[0].verdict == verdict::deviating);
    CHECK(entries[0].text == "[2]");
    CHECK(entries[1].time == night + 2us);
    CHECK(entries[1].direction == frame_direction::sent);
    CHECK(entries[1].verdict == verdict::refused);
    CHECK(entries[1].text == "[4]");
    CHECK(texts(ring, "CP-2") == list{"other"});
    CHECK(texts(ring, "CP-").empty());
}

TEST_CASE("A limit leaves the newest frames") {
    history_ring ring(64 * 1024);
    for (const auto* text : {"a", "b", "c"}) add(ring, "CP-1", text);
    CHECK(texts(ring, "CP-1", 2) == list{"b", "c"});
    CHECK(texts(ring, "CP-1", 0).empty());
}

TEST_CASE("A ring without bytes keeps nothing") {
    history_ring ring(0);
    add(ring, "CP-1", "text");
    CHECK(texts(ring, "CP-1").empty());
}

TEST_CASE("A text longer than an eighth of the ring is cut") {
    history_ring ring(8000);
    add(ring, "CP-1", std::string(5000, 'x'));
    CHECK(texts(ring, "CP-1") == list{std::string(1000, 'x')});
}

TEST_CASE("A ring holds the newest frames, as many as its bytes allow") {
    constexpr std::size_t bytes = 8000;
    history_ring ring(bytes);
    std::minstd_rand random(7);
    std::map<std::string, list, std::less<>> added;
    list all;
    for (int i = 0; i < 3000; ++i) {
        const std::string id = "CP-" + std::to_string(random() % 3);
        std::string text = std::to_string(i) + std::string(random() % 900, '.');
        add(ring, id, text);
        all.push_back(text);
        added[id].push_back(std::move(text));

        std::size_t kept = 0, kept_bytes = 0;
        for (const auto& [known, wanted] : added) {
            const auto found = texts(ring, known);
            REQUIRE(found.size() <= wanted.size());
            REQUIRE(std::equal(found.begin(), found.end(), wanted.end() - static_cast<std::ptrdiff_t>(found.size())));
            kept += found.size();
            for (const auto& f : found) kept_bytes += f.size();
        }
        REQUIRE(kept_bytes <= bytes);
        // Together they are the last ones, and no more are gone than one frame and the gap at the wrap need.
        REQUIRE(kept >= 1);
        std::size_t last = 0;
        for (std::size_t k = 0; k < kept; ++k) last += all[all.size() - 1 - k].size();
        REQUIRE(last == kept_bytes);
        if (all.size() > kept) REQUIRE(kept_bytes + kept * 64 > bytes - 3 * 1000);
    }
}

TEST_CASE("Directions and verdicts have the names that the API shows") {
    CHECK(to_string(frame_direction::received) == "received");
    CHECK(to_string(frame_direction::sent) == "sent");
    CHECK(to_string(verdict::ok) == "ok");
    CHECK(to_string(verdict::deviating) == "deviating");
    CHECK(to_string(verdict::refused) == "refused");
    CHECK(to_string(verdict::unreadable) == "unreadable");
}

TEST_CASE("Recent frames are rewritten in their places, cut where there is no room, also around the wrap") {
    history_ring ring(4096);
    for (int i = 0; i < 200; ++i) add(ring, i % 2 == 0 ? "CP-1" : "CP-2", "tag " + std::to_string(i));
    const auto before = texts(ring, "CP-1");
    ring.rewrite([](std::string_view text) { return "***" + std::string(text.substr(3)); });
    const auto after = texts(ring, "CP-1");
    REQUIRE(after.size() == before.size());
    for (std::size_t i = 0; i < after.size(); ++i) CHECK(after[i] == "***" + before[i].substr(3));
    ring.rewrite([](std::string_view text) { return std::string(text) + " and more"; });
    CHECK(texts(ring, "CP-1") == after);
    ring.rewrite([](std::string_view) { return std::string("x"); });
    CHECK(texts(ring, "CP-1") == list(after.size(), "x"));
    add(ring, "CP-1", "later");
    CHECK(texts(ring, "CP-1").back() == "later");
}
