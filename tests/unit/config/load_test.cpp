#include "config_files.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>

using namespace voltgate;
using namespace std::chrono_literals;
using test::errors_of;
using test::load_text;
using strings = std::vector<std::string>;

TEST_CASE("without file and environment the defaults are in force") {
    const auto loaded = load_config("", {});
    CHECK(loaded.errors.empty());
    CHECK(to_toml(loaded.config) == to_toml(config{}));
}

TEST_CASE("a file sets what it names and leaves the rest") {
    const auto loaded = load_text(R"(
node_id = "east-2"
timestamp_milliseconds = true
[server]
address = "::1"
port = 9000
path = "/ev/ocpp"
versions = ["2.1", "1.6"]
no_subprotocol = "accept_and_close"
[session]
call_timeout = "1h30m"
ping_interval = "500ms"
idle_timeout = 0
max_message_bytes = "256KiB"
outbox_bytes = 16384
[boot]
registration = "pending"
interval = "90s"
[authorization]
policy = "list"
id_tags = ["ABC", "DEF"]
[conformance]
default = "lenient"
wrong_type = "report"
[log]
format = "json"
level = "off"
events = false
file = "/var/log/voltgate.log"
)");
    REQUIRE(loaded.errors.empty());
    const auto& c = loaded.config;
    CHECK(c.node_id == "east-2");
    CHECK(c.timestamp_milliseconds);
    CHECK(c.server.address == "::1");
    CHECK(c.server.port == 9000);
    CHECK(c.server.path == "/ev/ocpp");
    CHECK(c.server.versions == std::vector{ocpp::version::v21, ocpp::version::v16});
    CHECK(c.server.no_subprotocol == server_config::no_subprotocol_answer::accept_and_close);
    CHECK(c.server.backlog == 4096);
    CHECK(c.session.call_timeout == 90min);
    CHECK(c.session.ping_interval == 500ms);
    CHECK(c.session.idle_timeout == 0ms);
    CHECK(c.session.max_message_bytes == 262'144);
    CHECK(c.session.outbox_bytes == 16384);
    CHECK(c.boot.registration == boot_config::status::pending);
    CHECK(c.boot.interval == 90s);
    CHECK(c.authorization.policy == authorization_config::mode::list);
    CHECK(c.authorization.id_tags == strings{"ABC", "DEF"});
    CHECK(c.conformance.default_level == level::lenient);
    CHECK(c.conformance.rules == std::map<rule, level>{{rule::wrong_type, level::report}});
    CHECK(c.log.format == log_config::format::json);
    CHECK(c.log.level == log_config::severity::off);
    CHECK_FALSE(c.log.events);
    CHECK(c.log.file == "/var/log/voltgate.log");
}

TEST_CASE("charge point entries keep their order and what they leave unset") {
    const auto loaded = load_text(R"(
[[charge_point]]
pattern = "ACME-*"
default_version = "1.6"
idle_timeout = "20m"
[charge_point.rules]
odd_timestamp = "strict"

[[charge_point]]
pattern = "?"
registration = "rejected"
interval = "1h"
ping_interval = "30s"
timestamp_milliseconds = true
conformance = "strict"
)");
    REQUIRE(loaded.errors.empty());
    REQUIRE(loaded.config.charge_points.size() == 2);
    const auto& first = loaded.config.charge_points[0];
    CHECK(first.pattern == "ACME-*");
    CHECK(first.default_version == ocpp::version::v16);
    CHECK(first.idle_timeout == 20min);
    CHECK(first.rules == std::map<rule, level>{{rule::odd_timestamp, level::strict}});
    CHECK_FALSE(first.registration);
    CHECK_FALSE(first.conformance);
    const auto& second = loaded.config.charge_points[1];
    CHECK(second.registration == boot_config::status::rejected);
    CHECK(second.interval == 1h);
    CHECK(second.ping_interval == 30s);
    CHECK(second.timestamp_milliseconds == true);
    CHECK(second.conformance == level::strict);
    CHECK(second.rules.empty());
}

TEST_CASE("every error is reported, by line, with what is allowed") {
    CHECK(errors_of(R"([server]
port = 70000
path = "ocpp"
versions = ["1.7"]
[session]
call_timeout = "soon"
idle_timeout = 30
inbound_queue = "many"
max_message_bytes = "1KB"
[log]
events = "yes"
)") == strings{
           "F:2: server.port: 70000 is out of range; allowed: 0 to 65535",
           "F:3: server.path: \"ocpp\" is not allowed; allowed: \"/\", or a URL path such as \"/ocpp\" or "
           "\"/ev/ocpp\": it "
           "starts "
           "with / and does not end with it, holds only A-Z a-z 0-9 - . _ ~ and /, and does not start with /api, "
           "/health, /connections or /metrics",
           "F:4: server.versions: \"1.7\" is not allowed; allowed: a list of \"1.6\", \"2.0.1\" or \"2.1\"",
           "F:6: session.call_timeout: \"soon\" is not a duration such as \"1h30m\", \"30s\" or \"500ms\"; allowed: "
           "1ms "
           "to 1d",
           "F:7: session.idle_timeout: 30 has no unit; write \"30s\" or \"30ms\"; allowed: 0s to 7d",
           "F:8: session.inbound_queue: is a string; allowed: 1 to 10000",
           "F:9: session.max_message_bytes: \"1KB\" is not a size such as \"256KiB\"; allowed: 256 to 64MiB",
           "F:11: log.events: is a string; allowed: true or false",
       });
}

TEST_CASE("values of the wrong type are errors whatever the type") {
    CHECK(errors_of("[server]\nport = 80.5") ==
          strings{"F:2: server.port: is a number with a fraction; allowed: 0 to 65535"});
    CHECK(errors_of("[server]\nversions = [1.6]").at(0).starts_with("F:2: server.versions: holds a number with a"));
    CHECK(errors_of("[server]\nversions = \"1.6\"").at(0).starts_with("F:2: server.versions: is a string; allowed:"));
    CHECK(errors_of("[server]\nversions = []").at(0).starts_with("F:2: server.versions: is empty; allowed:"));
    CHECK(errors_of("[server]\nversions = [\"1.6\",\"1.6\"]").at(0).find("stands there twice") != std::string::npos);
    CHECK(errors_of("server = 3") == strings{"F:1: server: is an integer; allowed: a table"});
    CHECK(errors_of("[[server]]\nport = 1") == strings{"F:1: server: is a list; allowed: a table"});
    CHECK(errors_of("node_id = 1979-05-27").at(0).starts_with("F:1: node_id: is a date or time"));
    CHECK(errors_of("[boot]\ninterval = \"1500ms\"") ==
          strings{"F:2: boot.interval: 1s500ms is not a multiple of 1s; allowed: 1s to 30d"});
    CHECK(errors_of("[server.port]\nx = 1") == strings{"F:1: server.port: is a table; allowed: 0 to 65535"});
}

TEST_CASE("an unknown key is an error that suggests the nearest known one") {
    CHECK(errors_of("[server]\nprot = 1") == strings{"F:2: server.prot: is not known; did you mean server.port?"});
    CHECK(errors_of("[sever]\nport = 1") == strings{"F:1: sever: is not known; did you mean server?"});
    CHECK(errors_of("[server]\nmax_message_bytes = 1000") ==
          strings{"F:2: server.max_message_bytes: is not known; did you mean session.max_message_bytes?"});
    CHECK(errors_of("[conformance]\nodd_timestamps = \"report\"") ==
          strings{"F:2: conformance.odd_timestamps: is not known; did you mean conformance.odd_timestamp?"});
    CHECK(errors_of("[[charge_points]]\npattern = \"a\"") ==
          strings{"F:1: charge_points: is not known; did you mean charge_point?"});
    CHECK(errors_of("zzzzzzzz = 1") == strings{"F:1: zzzzzzzz: is not known; see docs/configuration.md for all keys"});
    CHECK(errors_of("\"a\\nb\" = 1").at(0).starts_with("F:1: \"a\\nb\": is not known"));
}

TEST_CASE("errors in charge point entries name the entry") {
    CHECK(
        errors_of("[[charge_point]]\nregistration = \"accepted\"") ==
        strings{"F:1: charge_point[0].pattern: is missing; allowed: 1 to 255 characters without control characters, * "
                "for any run and ? for one character"});
    CHECK(errors_of("[[charge_point]]\npattern = \"a\"\n[[charge_point]]\npattern = \"\"\ninterval = \"0s\"\n"
                    "[charge_point.rules]\nodd_time = \"report\"") ==
          strings{"F:4: charge_point[1].pattern: \"\" is not allowed; allowed: 1 to 255 characters without control "
                  "characters, * for any run and ? for one character",
                  "F:5: charge_point[1].interval: 0s is out of range; allowed: 1s to 30d",
                  "F:7: charge_point[1].rules.odd_time: is not known; see docs/configuration.md for all keys"});
    CHECK(errors_of("charge_point = 1") ==
          strings{"F:1: charge_point: is an integer; write [[charge_point]] above each entry"});
    CHECK(errors_of("[charge_point]\npattern = \"a\"") ==
          strings{"F:1: charge_point: is a table; write [[charge_point]] above each entry"});
    CHECK(errors_of("[[charge_point]]\npattern = \"a\"\n[[charge_point.charge_point]]\npattern = \"b\"")
              .at(0)
              .starts_with("F:3: charge_point[0].charge_point: is not known"));
}

TEST_CASE("a file that is not TOML gives the line") {
    const auto errors = errors_of("node_id = \"a\"\n[server\nport = 1\n");
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].starts_with("F:2: is not valid TOML: "));
    CHECK(errors[0].find('\n') == std::string::npos);
    CHECK(errors_of("node_id = \"a\"\nnode_id = \"b\"").at(0).starts_with("F:2: is not valid TOML: "));
    CHECK(errors_of("node_id = \"\xff\"").at(0).starts_with("F:1: is not valid TOML: "));
    CHECK(errors_of("x = " + std::string(100'000, '[')).at(0).starts_with("F:1: is not valid TOML: "));
}

TEST_CASE("a file that cannot be had is an error of its own") {
    const test::config_file file("");
    const auto message_of = [](const std::string& path) {
        const auto loaded = load_config(path, {});
        REQUIRE(loaded.errors.size() == 1);
        return loaded.errors[0].message;
    };
    CHECK(message_of(file.path() + ".absent") == "there is no such file");
    CHECK(message_of(file.directory()) == "is a directory; name a TOML file");
    CHECK(message_of(file.path() + "/x") == "there is no such file");
    CHECK(message_of("/dev/zero") == "is larger than 4MiB; that is no configuration");
    CHECK(load_config(file.path(), {}).errors.empty());
}

TEST_CASE("an error of a missing file does not hide errors of the environment") {
    const auto loaded = load_config("/nowhere/voltgate.toml", {"VOLTGATE_SERVER__PORT=x"});
    REQUIRE(loaded.errors.size() == 2);
    CHECK(to_string(loaded.errors[0]) == "/nowhere/voltgate.toml: there is no such file");
    CHECK(to_string(loaded.errors[1]) ==
          "environment: VOLTGATE_SERVER__PORT: \"x\" is not an integer; allowed: 0 to 65535");
}

TEST_CASE("the environment goes over the file") {
    const auto loaded = load_text("node_id = \"file\"\n[server]\nport = 1\n",
                                  {"PATH=/bin", "VOLTGATE_NODE_ID=east", "VOLTGATE_SERVER__PORT=9000",
                                   "VOLTGATE_SERVER__VERSIONS=[\"1.6\", \"2.0.1\"]", "VOLTGATE_LOG__EVENTS=false",
                                   "VOLTGATE_SESSION__CALL_TIMEOUT=45s", "VOLTGATE_HISTORY__BYTES=1MiB",
                                   "VOLTGATE_AUTHORIZATION__ID_TAGS=A=1,B", "VOLTGATE_LOG__LEVEL=debug",
                                   "VOLTGATE_CONFORMANCE__WRONG_TYPE=lenient", "VOLTGATE_CONFORMANCE__DEFAULT=strict"});
    REQUIRE(loaded.errors.empty());
    const auto& c = loaded.config;
    CHECK(c.node_id == "east");
    CHECK(c.server.port == 9000);
    CHECK(c.server.versions == std::vector{ocpp::version::v16, ocpp::version::v201});
    CHECK_FALSE(c.log.events);
    CHECK(c.session.call_timeout == 45s);
    CHECK(c.history.bytes == 1'048'576);
    CHECK(c.authorization.id_tags == strings{"A=1", "B"});
    CHECK(c.log.level == log_config::severity::debug);
    CHECK(c.conformance.rules.at(rule::wrong_type) == level::lenient);
    CHECK(c.conformance.default_level == level::strict);
}

TEST_CASE("unknown and unusable variables are errors that name the variable") {
    CHECK(errors_of("", {"VOLTGATE_SERVER_PORT=9000"}) ==
          strings{"environment: VOLTGATE_SERVER_PORT: is not known; did you mean VOLTGATE_SERVER__PORT?"});
    CHECK(errors_of("", {"VOLTGATE_ZZZZZZZZZ=9000"}).at(0).starts_with("environment: VOLTGATE_ZZZZZZZZZ: is not kno"));
    CHECK(errors_of("", {"VOLTGATE_=1", "VOLTGATE_NODE_ID"}).size() == 2);
    CHECK(errors_of("", {"VOLTGATE_SERVER__PORT= 1"}) ==
          strings{"environment: VOLTGATE_SERVER__PORT: \" 1\" is not an integer; allowed: 0 to 65535"});
    CHECK(errors_of("", {"VOLTGATE_LOG__EVENTS=1"}) ==
          strings{"environment: VOLTGATE_LOG__EVENTS: \"1\" is not a boolean; allowed: true or false"});
    CHECK(errors_of("", {"VOLTGATE_CHARGE_POINT__PATTERN=*"}) ==
          strings{"environment: VOLTGATE_CHARGE_POINT__PATTERN: cannot be set here; [[charge_point]] entries stand in "
                  "the file"});
    CHECK(errors_of("", {"VOLTGATE_SERVER__VERSIONS=[\"1.6\""})
              .at(0)
              .starts_with("environment: VOLTGATE_SERVER__VERSIONS: is not a TOML array"));
    CHECK(errors_of("", {"VOLTGATE_SERVER__VERSIONS=[\"1.6\"]\nx=1"})
              .at(0)
              .starts_with("environment: VOLTGATE_SERVER__VERSIONS: is not a TOML array"));
}

TEST_CASE("variables of the program and of Kubernetes services are left alone") {
    CHECK(errors_of("", {"VOLTGATE_CONFIG=/etc/voltgate.toml", "VOLTGATE_SERVICE_HOST=10.0.0.1",
                         "VOLTGATE_SERVICE_PORT=80", "VOLTGATE_SERVICE_PORT_HTTP=80", "VOLTGATE_PORT=tcp://10.0.0.1:80",
                         "VOLTGATE_PORT_80_TCP=tcp://10.0.0.1:80", "VOLTGATE_PORT_80_TCP_ADDR=10.0.0.1",
                         "VOLTGATE_API_SERVICE_HOST=10.0.0.2"})
              .empty());
    CHECK(errors_of("", {"VOLTGATE_PORT=80"}).size() == 1);
}

TEST_CASE("tokens are read, and what is missing or wrong in one is reported at its place") {
    const std::string hash(64, 'a');
    const auto text = "[api]\ncors_origins = []\n[[api.tokens]]\nname = \"a\"\nsha256 = \"" + hash +
                      "\"\nscopes = [\"admin\"]\n[[api.tokens]]\nname = \"b\"\nsha256 = \"" + hash + "\"\n";
    const auto loaded = load_text(text);
    CHECK(loaded.errors.empty());
    REQUIRE(loaded.config.api.tokens.size() == 2);
    CHECK(loaded.config.api.tokens[0].scopes == std::vector{api_scope::admin});
    CHECK(loaded.config.api.tokens[1].scopes == std::vector{api_scope::read});
    CHECK(errors_of("[[api.tokens]]\nname = \"a\"") ==
          strings{"F:1: api.tokens[0].sha256: is missing; allowed: 64 hexadecimal digits, as `voltgate hash-token` "
                  "prints them"});
    CHECK(errors_of("[[api.tokens]]\nname = \"a\"\nsha256 = \"the token itself\"") ==
          strings{"F:3: api.tokens[0].sha256: is not allowed; allowed: 64 hexadecimal digits, as `voltgate hash-token` "
                  "prints them"});
    CHECK(errors_of("[api]\ntokens = 7") == strings{"F:2: api.tokens: is an integer; write [[api.tokens]] above each "
                                                    "entry"});
    CHECK(errors_of("", {"VOLTGATE_API__TOKENS=x"}) ==
          strings{"environment: VOLTGATE_API__TOKENS: cannot be set here; [[api.tokens]] entries stand in the file"});
}

TEST_CASE("cross checks point at the line or the variable that set the value") {
    CHECK(
        errors_of("[server]\n\naddress = \"0.0.0.0\"") ==
        strings{"F:3: server.address: other machines can reach 0.0.0.0 and anybody may come in: charge points need no "
                "password (set server.security_profile = 1); the HTTP interface needs no token (make one with "
                "`voltgate hash-token` and add it as [[api.tokens]]); or listen on \"127.0.0.1\" or \"::1\", or set "
                "server.allow_insecure = true only on a trusted network"});
    CHECK(errors_of("[server]\nallow_insecure = true\naddress = \"0.0.0.0\"").empty());
    CHECK(errors_of("", {"VOLTGATE_SERVER__ADDRESS=192.168.1.2"})
              .at(0)
              .starts_with("environment: VOLTGATE_SERVER__ADDRESS: other machines can reach 192.168.1.2"));
}

TEST_CASE("listeners are read one by one, with what they serve") {
    const auto loaded = load_text(
        "[tls]\ncertificates = [\"a.pem\"]\nclient_ca = \"ca.pem\"\n[server]\nserve = \"api\"\n"
        "[[listener]]\nport = 8443\nsecurity_profile = 2\nserve = \"charge_points\"\n"
        "[[listener]]\nport = 8444\nsecurity_profile = 3\n",
        {"VOLTGATE_TLS__CERTIFICATES=ec.pem,rsa.pem", "VOLTGATE_SERVER__TLS=true"});
    REQUIRE(loaded.errors.empty());
    CHECK(loaded.config.tls.certificates == std::vector<std::string>{"ec.pem", "rsa.pem"});
    const auto all = listeners_of(loaded.config);
    REQUIRE(all.size() == 3);
    CHECK(all[0].port == 8080);
    CHECK(all[0].serve == server_config::served::api);
    CHECK(all[0].uses_tls());
    CHECK(all[1].port == 8443);
    CHECK(all[1].serve == server_config::served::charge_points);
    CHECK(all[2].security_profile == 3);
    CHECK(all[2].address == "127.0.0.1");
}

TEST_CASE("what is wrong with a listener is said with its line") {
    CHECK(errors_of("[[listener]]\naddress = \"::1\"") ==
          strings{"F:1: listener[0].port: is missing; allowed: 0 to 65535"});
    CHECK(errors_of("[[listener]]\nport = 1\nsecurity_profile = 4\n[[listener]]\nport = 2\nserv = \"api\"") ==
          strings{"F:3: listener[0].security_profile: 4 is out of range; allowed: 0 to 3",
                  "F:6: listener[1].serv: is not known; did you mean serve?"});
    CHECK(errors_of("listener = 1") == strings{"F:1: listener: is an integer; write [[listener]] above each entry"});
    CHECK(errors_of("", {"VOLTGATE_LISTENER__PORT=1"}) ==
          strings{"environment: VOLTGATE_LISTENER__PORT: cannot be set here; [[listener]] entries stand in the file"});
    const auto shown = errors_of("[[listener]]\nport = 1\nsecurity_profile = 2");
    REQUIRE(shown.size() == 1);
    CHECK(shown[0].starts_with("F:3: listener[0].security_profile: means TLS and needs a certificate"));
}

TEST_CASE("a listener's balancers and a charge point's limits are read") {
    const auto loaded = load_text(R"(
[[listener]]
port = 9000
proxy_protocol = true
trusted_proxies = ["10.0.0.0/8", "::1"]
[[charge_point]]
pattern = "*"
message_rate = 5
action_rates = ["Heartbeat=1/10"]
)");
    REQUIRE(loaded.errors.empty());
    CHECK(loaded.config.listeners.at(0).trusted_proxies == strings{"10.0.0.0/8", "::1"});
    CHECK(loaded.config.charge_points.at(0).message_rate == 5);
    CHECK(loaded.config.charge_points.at(0).action_rates == strings{"Heartbeat=1/10"});
    CHECK_FALSE(loaded.config.charge_points.at(0).message_burst);
}
