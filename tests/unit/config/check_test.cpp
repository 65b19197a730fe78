#include <voltgate/config.hpp>

#include <catch2/catch_test_macros.hpp>

#include <functional>

using namespace voltgate;

namespace {

/// The keys that check_config complains about after `change`.
std::vector<std::string> wrong_keys(const std::function<void(config&)>& change) {
    config c;
    change(c);
    std::vector<std::string> keys;
    for (const auto& e : check_config(c)) {
        CHECK_FALSE(e.message.empty());
        keys.push_back(e.key);
    }
    return keys;
}

using strings = std::vector<std::string>;

bool address_ok(const std::string& address) {
    return wrong_keys([&](config& c) { c.server.address = address; }).empty();
}

bool path_ok(const std::string& path) {
    return wrong_keys([&](config& c) { c.server.path = path; }).empty();
}

}  // namespace

TEST_CASE("the defaults pass all checks") { CHECK(check_config(config{}).empty()); }

TEST_CASE("only loopback addresses need no permission") {
    for (const auto* address : {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"}) CHECK(address_ok(address));
    for (const auto* address : {"0.0.0.0", "::", "10.0.0.1", "::ffff:10.0.0.1", "fe80::1"}) {
        CHECK_FALSE(address_ok(address));
        CHECK(wrong_keys([&](config& c) {
                  c.server.address = address;
                  c.server.allow_insecure = true;
              }).empty());
    }
}

TEST_CASE("an address that others can reach needs permission for every door that is open") {
    const auto complaint = [](const std::function<void(config&)>& change) {
        config c;
        c.server.address = "0.0.0.0";
        change(c);
        const auto errors = check_config(c);
        return errors.empty() ? std::string() : errors.front().message;
    };
    const auto close_doors = [](config& c) {
        c.server.security_profile = 1;
        c.api.tokens.emplace_back();
        c.api.tokens.back().name = "a";
        c.api.tokens.back().sha256 = std::string(64, 'a');
    };
    CHECK(complaint(close_doors).empty());
    const auto all_open = complaint([](config&) {});
    CHECK(all_open.find("server.security_profile = 1") != std::string::npos);
    CHECK(all_open.find("[[api.tokens]]") != std::string::npos);
    CHECK(complaint([&](config& c) {
              close_doors(c);
              c.server.security_profile = 0;
          }).find("api.tokens") == std::string::npos);
    CHECK(complaint([&](config& c) {
              close_doors(c);
              c.security.unknown_charge_points = security_config::unknown_answer::accept;
          }).find("unknown_charge_points") != std::string::npos);
}

TEST_CASE("tokens have a name of their own and a hash") {
    CHECK(wrong_keys([](config& c) {
              for (const auto* name : {"a", "a", ""}) c.api.tokens.emplace_back().name = name;
              c.api.tokens.front().sha256 = std::string(64, 'F');
              c.api.tokens.back().scopes = {};
          }) == strings{"api.tokens[1].sha256", "api.tokens[1].name", "api.tokens[2].name", "api.tokens[2].sha256",
                        "api.tokens[2].scopes"});
}

TEST_CASE("what is no address is reported once") {
    for (const auto* address : {"", "localhost", "127.0.0.1:80", "[::1]", "256.0.0.1", " 127.0.0.1"})
        CHECK(wrong_keys([&](config& c) { c.server.address = address; }) == strings{"server.address"});
}

TEST_CASE("the path of the charge points is plain and nobody else's") {
    for (const auto* path : {"/ocpp", "/ev/ocpp/v1.6", "/a", "/~x_y-z", "/healthy", "/ocpp/api"}) CHECK(path_ok(path));
    for (const auto* path : {"", "/", "ocpp", "/ocpp/", "//ocpp", "/a//b", "/a?b", "/a#b", "/a%20b", "/a b", "/..",
                             "/./a", "/\xc3\xa9", "/a\n", "/health", "/api/v1", "/metrics", "/connections"})
        CHECK_FALSE(path_ok(path));
    CHECK_FALSE(path_ok("/" + std::string(255, 'a')));
}

TEST_CASE("a node id is short and plain") {
    const auto ok = [](const std::string& id) { return wrong_keys([&](config& c) { c.node_id = id; }).empty(); };
    CHECK(ok("n"));
    CHECK(ok(std::string(64, 'a')));
    CHECK(ok("East.node_1-b"));
    for (const auto& id : {std::string(), std::string(65, 'a'), std::string("a b"), std::string("a/b"),
                           std::string("a\n"), std::string("\xc3\xa9")})
        CHECK_FALSE(ok(id));
}

TEST_CASE("numbers, sizes, durations and lists of a config made in code are checked too") {
    CHECK(wrong_keys([](config& c) {
              c.session.call_timeout = duration(0);
              c.session.max_message_bytes = 0;
              c.boot.interval = std::chrono::seconds(0);
              c.server.versions = {};
              c.authorization.id_tags = {"ok", ""};
              c.log.file = "a\nb";
          }) == strings{"server.versions", "session.call_timeout", "session.max_message_bytes", "boot.interval",
                        "authorization.id_tags", "log.file"});
    CHECK(wrong_keys([](config& c) {
              c.charge_points.emplace_back().pattern = "*";
              c.charge_points.emplace_back().idle_timeout = duration(-1);
          }) == strings{"charge_point[1].pattern", "charge_point[1].idle_timeout"});
    CHECK(wrong_keys([](config& c) { c.http.stream_queue = static_cast<std::size_t>(-1); }) ==
          strings{"http.stream_queue"});
}

TEST_CASE("an error is shown with as much as is known") {
    CHECK(to_string(config_error{"voltgate.toml", 12, "server.port", "is wrong"}) ==
          "voltgate.toml:12: server.port: is wrong");
    CHECK(to_string(config_error{"environment", 0, "VOLTGATE_X", "is wrong"}) == "environment: VOLTGATE_X: is wrong");
    CHECK(to_string(config_error{"voltgate.toml", 3, "", "is wrong"}) == "voltgate.toml:3: is wrong");
    CHECK(to_string(config_error{"", 0, "server.port", "is wrong"}) == "server.port: is wrong");
}
