#include <voltgate/config.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <functional>
#include <string>
#include <vector>

using namespace voltgate;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

using strings = std::vector<std::string>;

std::vector<config_error> errors_of(const std::function<void(config&)>& change) {
    config c;
    change(c);
    return check_config(c);
}

strings wrong_keys(const std::function<void(config&)>& change) {
    strings keys;
    for (const auto& e : errors_of(change)) keys.push_back(e.key);
    return keys;
}

charge_point_config& add(config& c, const char* pattern) {
    auto& entry = c.charge_points.emplace_back();
    entry.pattern = pattern;
    return entry;
}

}  // namespace

TEST_CASE("an idle limit that cuts quiet charge points between two heartbeats is refused") {
    const auto general = [](duration idle, std::chrono::seconds interval, duration ping) {
        return wrong_keys([&](config& c) {
            c.session.idle_timeout = idle;
            c.boot.interval = interval;
            c.session.ping_interval = ping;
        });
    };
    const strings wrong = {"session.idle_timeout"};
    CHECK(general(10min, 300s, 0ms).empty());
    CHECK(general(301s, 300s, 0ms).empty());
    CHECK(general(300s, 300s, 0ms) == wrong);
    CHECK(general(60s, 300s, 0ms) == wrong);
    CHECK(general(10min, 3600s, 0ms) == wrong);
    CHECK(general(0ms, 3600s, 0ms).empty());
    // Pings make it say something.
    CHECK(general(60s, 300s, 30s).empty());
    CHECK(general(60s, 300s, 60s) == wrong);
}

TEST_CASE("the error names both keys and their values") {
    const auto errors = errors_of([](config& c) {
        add(c, "*").interval = 900s;
        add(c, "ACME-*").idle_timeout = 15min;
    });
    REQUIRE(errors.size() == 2);  // of the others, and of those of ACME
    CHECK(errors[0].key == "session.idle_timeout");
    CHECK(errors[1].key == "charge_point[1].idle_timeout");
    CHECK_THAT(errors[1].message, ContainsSubstring("15m is not longer") &&
                                      ContainsSubstring("charge_point[0].interval = \"15m\"") &&
                                      ContainsSubstring("session.ping_interval"));
}

TEST_CASE("the times that are in force for a pattern count, and each pair is told once") {
    // Narrower than another one, in either order.
    CHECK(wrong_keys([](config& c) {
              add(c, "ACME-*").idle_timeout = 2min;
              add(c, "acme-7*").interval = 60s;
          }) == strings{"charge_point[0].idle_timeout"});
    CHECK(wrong_keys([](config& c) {
              add(c, "ACME-*").idle_timeout = 2min;
              add(c, "*").interval = 60s;
          }).empty());
    CHECK(wrong_keys([](config& c) {
              add(c, "ACME-*").interval = 60s;
              add(c, "ACME-7?").interval = 600s;
              add(c, "ACME-8?").interval = 500s;
          }) == strings{"session.idle_timeout"});
    CHECK(wrong_keys([](config& c) {
              for (const auto* pattern : {"A", "B", "C"}) add(c, pattern).interval = 900s;
          }) == strings{"session.idle_timeout", "session.idle_timeout", "session.idle_timeout"});
    // What one entry says for itself.
    CHECK(wrong_keys([](config& c) {
              auto& entry = add(c, "CP-1");
              entry.interval = 60s;
              entry.idle_timeout = 90s;
          }).empty());
    CHECK(wrong_keys([](config& c) {
              auto& entry = add(c, "CP-1");
              entry.idle_timeout = 90s;
              entry.ping_interval = 30s;
          }).empty());
}

TEST_CASE("what is for all is not held against the general times, and the rejected may be cut") {
    const auto quiet = [](boot_config::status status) {
        return wrong_keys([&](config& c) {
            c.boot.registration = status;
            c.session.idle_timeout = 60s;
        });
    };
    CHECK(quiet(boot_config::status::rejected).empty());
    CHECK(quiet(boot_config::status::pending) == strings{"session.idle_timeout"});
    CHECK(wrong_keys([](config& c) {
              c.session.idle_timeout = 60s;
              add(c, "*").interval = 30s;
          }).empty());
    CHECK(wrong_keys([](config& c) {
              c.session.idle_timeout = 60s;
              add(c, "CP-*").registration = boot_config::status::rejected;
          }) == strings{"session.idle_timeout"});
}

TEST_CASE("the times of a model are held against those of charge points that nothing else names") {
    const auto model = [](auto&& change) {
        return wrong_keys([&](config& c) {
            auto& entry = c.models.emplace_back();
            entry.vendor = "Acme";
            change(c, entry);
        });
    };
    CHECK(model([](config&, model_config& m) { m.interval = 900s; }) == strings{"session.idle_timeout"});
    CHECK(model([](config&, model_config& m) { m.idle_timeout = 60s; }) == strings{"model[0].idle_timeout"});
    CHECK(model([](config& c, model_config& m) {
              m.idle_timeout = 60s;
              add(c, "*").interval = 30s;
          }).empty());
}
