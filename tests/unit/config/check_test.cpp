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
    for (const auto* path : {"", "ocpp", "/ocpp/", "//ocpp", "/a//b", "/a?b", "/a#b", "/a%20b", "/a b", "/..", "/./a",
                             "/\xc3\xa9", "/a\n", "/health", "/api/v1", "/metrics", "/connections"})
        CHECK_FALSE(path_ok(path));
    CHECK_FALSE(path_ok("/" + std::string(255, 'a')));
}

TEST_CASE("charge points below / have listeners of their own") {
    using served = server_config::served;
    const auto with = [](served first, served second) {
        return wrong_keys([&](config& c) {
            c.server.path = "/";
            c.server.serve = first;
            c.listeners = {{}};
            c.listeners[0].serve = second;
        });
    };
    CHECK(with(served::charge_points, served::api).empty());
    CHECK(with(served::charge_points, served::all) == strings{"server.path"});
    CHECK(with(served::all, served::api) == strings{"server.path"});
}

TEST_CASE("a header of balancers is believed of those alone that are named") {
    using header = server_config::forwarded_header;
    const auto with = [](header form, const strings& trusted, bool tls = false, int profile = 1, bool proxied = false) {
        return wrong_keys([&](config& c) {
            c.tls.certificates = {"a.pem"};
            c.listeners = {{}};
            auto& l = c.listeners[0];
            l.serve = server_config::served::charge_points;
            l.forwarded = form;
            l.trusted_proxies = trusted;
            l.tls_at_proxy = tls;
            l.security_profile = static_cast<std::uint8_t>(profile);
            l.proxy_protocol = proxied;
        });
    };
    const strings forwarded = {"listener[0].forwarded"}, tls = {"listener[0].tls_at_proxy"};
    CHECK(with(header::forwarded, {"10.0.0.1"}).empty());
    CHECK(with(header::x_forwarded_for, {"10.0.0.1"}, true).empty());
    CHECK(with(header::x_forwarded_for, {}) == forwarded);
    CHECK(with(header::forwarded, {"10.0.0.1"}, false, 1, true) == forwarded);
    CHECK(with(header::forwarded, {"10.0.0.1"}, true, 0) == tls);
    CHECK(with(header::forwarded, {"10.0.0.1"}, true, 2) == tls);
    CHECK(with(header::none, {"10.0.0.1"}, true, 1, true) == tls);
}

TEST_CASE("a listener's security profile needs what it stands for") {
    using served = server_config::served;
    const auto with = [](int profile, bool certificate, bool ca, served what = served::all, bool tls = false) {
        return wrong_keys([&](config& c) {
            if (certificate) c.tls.certificates = {"a.pem"};
            if (ca) c.tls.client_ca = "ca.pem";
            listener_config l;
            l.security_profile = static_cast<std::uint8_t>(profile);
            l.serve = what;
            l.tls = tls;
            c.listeners = {{}, l};
        });
    };
    const strings profile = {"listener[1].security_profile"}, tls = {"listener[1].tls"};
    CHECK(with(0, false, false).empty());
    CHECK(with(1, false, false).empty());
    CHECK(with(2, false, false) == profile);
    CHECK(with(2, true, false).empty());
    CHECK(with(2, true, false, served::all, true).empty());
    CHECK(with(3, true, false) == profile);
    CHECK(with(3, true, true).empty());
    CHECK(with(0, true, false, served::all, true) == tls);
    CHECK(with(1, true, false, served::charge_points, true) == tls);
    CHECK(with(0, true, false, served::api, true).empty());
    CHECK(with(0, false, false, served::api, true) == tls);
    CHECK(with(2, true, false, served::api) == profile);
    CHECK(wrong_keys([](config& c) { c.server.security_profile = 2; }) == strings{"server.security_profile"});
}

TEST_CASE("a listener behind balancers names them, and no other does") {
    const auto with = [](bool proxy_protocol, const strings& trusted) {
        return wrong_keys([&](config& c) {
            c.listeners = {{}};
            c.listeners[0].port = 9000;
            c.listeners[0].proxy_protocol = proxy_protocol;
            c.listeners[0].trusted_proxies = trusted;
        });
    };
    CHECK(with(false, {}).empty());
    CHECK(with(true, {"10.0.0.0/8", "::1"}).empty());
    CHECK(with(true, {}) == strings{"listener[0].proxy_protocol"});
    CHECK(with(false, {"10.0.0.1"}) == strings{"listener[0].trusted_proxies"});
    CHECK(with(true, {"10.0.0.1", "balancer"}) == strings{"listener[0].trusted_proxies"});
    CHECK(wrong_keys([](config& c) { c.server.proxy_protocol = true; }) == strings{"server.proxy_protocol"});
    config c;
    c.server.proxy_protocol = true;
    c.server.trusted_proxies = {"10.0.0.1"};
    CHECK(listeners_of(c).front().proxy_protocol);
    CHECK(listeners_of(c).front().trusted_proxies == c.server.trusted_proxies);
}

TEST_CASE("the rate of an action has a form") {
    CHECK(wrong_keys([](config& c) { c.limits.action_rates = {"Heartbeat=1/10", "Heartbeat"}; }) ==
          strings{"limits.action_rates"});
}

TEST_CASE("two listeners do not share a port") {
    const auto with = [](std::uint16_t port, const std::string& address) {
        return wrong_keys([&](config& c) {
            c.listeners = {{}, {}};
            c.listeners[0].port = port;
            c.listeners[0].address = c.listeners[1].address = address;
            c.listeners[1].port = 9000;
        });
    };
    CHECK(with(8081, "127.0.0.1").empty());
    CHECK(with(8080, "::1").empty());
    CHECK(with(8080, "127.0.0.1") == strings{"listener[0].port"});
    CHECK(with(9000, "127.0.0.1") == strings{"listener[1].port"});
}

TEST_CASE("each listener that others can reach needs authentication or permission") {
    using served = server_config::served;
    const auto with = [](int profile, served what, bool allow) {
        return wrong_keys([&](config& c) {
            c.tls.certificates = {"a.pem"};
            c.tls.client_ca = "ca.pem";
            c.listeners = {{}};
            c.listeners[0].address = "0.0.0.0";
            c.listeners[0].security_profile = static_cast<std::uint8_t>(profile);
            c.listeners[0].serve = what;
            c.listeners[0].allow_insecure = allow;
        });
    };
    const strings address = {"listener[0].address"};
    CHECK(with(0, served::charge_points, false) == address);
    CHECK(with(0, served::charge_points, true).empty());
    CHECK(with(2, served::charge_points, false).empty());
    CHECK(with(3, served::charge_points, false).empty());
    CHECK(with(3, served::all, false) == address);
    CHECK(with(0, served::api, false) == address);
}

TEST_CASE("the files of TLS belong together") {
    CHECK(wrong_keys([](config& c) {
              c.tls.certificates = {"a.pem", "b.pem"};
              c.tls.keys = {"a.key"};
          }) == strings{"tls.keys"});
    CHECK(wrong_keys([](config& c) { c.tls.crl = "crl.pem"; }) == strings{"tls.crl"});
    CHECK(wrong_keys([](config& c) { c.tls.certificates = {""}; }) == strings{"tls.certificates"});
}

TEST_CASE("the key of the gateway's CA is that of a certificate") {
    CHECK(wrong_keys([](config& c) { c.signing.key = "ca.key"; }) == strings{"signing.key"});
    CHECK(wrong_keys([](config& c) { c.signing.certificate = "ca.pem"; }).empty());
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
              c.authorization.id_tags = {"ok", "a\nb"};
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
