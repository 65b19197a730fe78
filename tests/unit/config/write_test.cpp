#include "async/platform.hpp"
#include "config/keys.hpp"
#include "config_files.hpp"
#include "machine/this_machine.hpp"
#include "security/credentials.hpp"

#include <voltgate/config.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <sstream>

using namespace voltgate;
using test::load_text;

namespace {

/// Another allowed value than `v`, so that a key that is lost on the way shows.
settings::value other(const settings::value_rules& rules, const settings::value& v) {
    using settings::kind;
    switch (rules.type) {
        case kind::boolean: return !std::get<bool>(v);
        case kind::number:
        case kind::size:
        case kind::time: return v == settings::value(rules.max) ? rules.min : rules.max;
        case kind::word: {
            const auto& word = std::get<std::string>(v);
            return std::string(word == rules.words.front() ? rules.words.back() : rules.words.front());
        }
        case kind::words: return std::vector<std::string>{std::string(rules.words.back())};
        case kind::texts: return std::vector<std::string>{"A\"\\", "B,c"};
        case kind::text: break;
    }
    return v;
}

listener_config full_listener() {
    listener_config l;
    l.address = "::1";
    l.port = 8444;
    l.security_profile = 3;
    l.serve = server_config::served::charge_points;
    l.allow_insecure = true;
    l.proxy_protocol = true;
    l.trusted_proxies = {"10.0.0.0/8", "::1"};
    return l;
}

listener_config behind_http_balancer() {
    listener_config l;
    l.security_profile = 1;
    l.serve = server_config::served::charge_points;
    l.trusted_proxies = {"10.0.0.0/8"};
    l.forwarded = server_config::forwarded_header::x_forwarded_for;
    l.tls_at_proxy = true;
    return l;
}

charge_point_config full_entry(const std::string& pattern) {
    charge_point_config entry;
    for (const auto& k : settings::charge_point_keys()) {
        if (k.rules.type == settings::kind::word)
            k.set(entry, std::string(k.rules.words.back()));
        else if (k.rules.type == settings::kind::boolean)
            k.set(entry, true);
        else if (k.rules.type == settings::kind::time || k.rules.type == settings::kind::number)
            k.set(entry, k.rules.max);
        else if (k.rules.type == settings::kind::texts)
            k.set(entry, std::vector<std::string>{"Heartbeat=5", "MeterValues=5/50"});
        else if (!k.secret)
            k.set(entry, std::string("A text"));
    }
    entry.pattern = pattern;
    return entry;
}

config everything_changed() {
    config c;
    for (const auto& k : settings::config_keys())
        k.set(c, other(k.rules, k.get(c).value_or(std::string(to_string(level::report)))));
    c.node_id = "another";
    c.server.address = "::";
    c.server.allow_insecure = true;
    c.server.path = "/a/b";
    c.server.serve = server_config::served::charge_points;
    c.server.trusted_proxies = {"10.0.0.0/8", "::1"};
    // What proxy_protocol and tls exclude; another listener has it.
    c.server.forwarded = server_config::forwarded_header::none;
    c.server.tls_at_proxy = false;
    c.limits.action_rates = {"Heartbeat=5/50"};
    c.tls.client_ca = "/tmp/a CA.pem";
    c.tls.crl = "crl.pem";
    c.listeners = {full_listener(), behind_http_balancer(), {}};
    c.journal.path = "/tmp/a journal";
    c.signing.certificate = "/tmp/signing CA.pem";
    c.signing.key = "ca.key";
    c.security.secret_names = {"Xyzzy"};
    c.security.certificate_organization = "Charging Ltd";
    c.api.cors_origins = {"https://console.example:8443"};
    c.api.audit_file = "/tmp/audit.log";
    c.log.file = "/tmp/\"quoted\" \\ \xc3\xa9.log";
    c.charge_points = {full_entry("A\"B\\*"), full_entry("?"), {}};
    c.charge_points.back().pattern = "bare";
    return c;
}

/// The commented-out keys and tables of a file made live: a comment's text has a blank after the '#', they have not.
std::string uncommented(const std::string& text) {
    std::istringstream lines(text);
    std::string out;
    for (std::string line; std::getline(lines, line); out += line + "\n")
        if (line.size() > 1 && line[0] == '#' && line[1] != ' ') line.erase(0, 1);
    return out;
}

}  // namespace

TEST_CASE("what to_toml writes is loaded back as it was") {
    for (const auto& c : {config{}, everything_changed()}) {
        const auto text = to_toml(c);
        const auto loaded = load_text(text);
        for (const auto& e : loaded.errors) UNSCOPED_INFO(to_string(e));
        REQUIRE(loaded.errors.empty());
        CHECK(to_toml(loaded.config) == text);
    }
}

TEST_CASE("every key of a changed config shows in what to_toml writes") {
    const auto c = everything_changed();
    const auto loaded = load_text(to_toml(c)).config;
    const config defaults;
    for (const auto& k : settings::config_keys()) {
        INFO(k.name);
        CHECK(k.get(loaded) == k.get(c));
        const bool left_out = k.name == "server.forwarded" || k.name == "server.tls_at_proxy";
        CHECK((left_out || k.get(loaded) != k.get(defaults)));
    }
    REQUIRE(loaded.charge_points.size() == 3);
    for (std::size_t i = 0; i < 3; ++i)
        for (const auto& k : settings::charge_point_keys()) {
            INFO(k.name);
            CHECK(k.get(loaded.charge_points[i]) == k.get(c.charge_points[i]));
            CHECK((i == 2 || k.secret || k.get(loaded.charge_points[i]).has_value()));
        }
}

TEST_CASE("what is secret is not shown") {
    config c;
    c.charge_points.emplace_back().pattern = "*";
    c.charge_points.back().password = hash_password("Correct-Horse-7x", this_machine().random());
    c.api.tokens.emplace_back();
    c.api.tokens.back().name = "console";
    c.api.tokens.back().sha256 = sha256_hex("a token");
    c.api.tokens.back().scopes = {api_scope::read, api_scope::admin};
    CHECK(check_config(c).empty());
    const auto text = to_toml(c);
    CHECK(text.ends_with(
        "\n[[charge_point]]\npattern = \"*\"\npassword = \"***\"\n"
        "\n[[api.tokens]]\nname = \"console\"\nsha256 = \"***\"\nscopes = [\"read\", \"admin\"]\ncharge_points = []\n"
        "labels = []\n"));
    CHECK(load_text(text).errors.size() == 2);
}

TEST_CASE("rules that are not set show the level that applies") {
    config c;
    CHECK(to_toml(c).find("\n#wrong_type = \"strict\"\n") != std::string::npos);
    CHECK(to_toml(c).find("\n#odd_timestamp = \"report\"\n") != std::string::npos);
    c.conformance.default_level = level::lenient;
    c.conformance.rules[rule::odd_timestamp] = level::strict;
    CHECK(to_toml(c).find("\n#wrong_type = \"lenient\"\n") != std::string::npos);
    CHECK(to_toml(c).find("\nodd_timestamp = \"strict\"\n") != std::string::npos);
}

TEST_CASE("the example file is what the program would print, so it names every key with its default") {
    const auto example = test::repository_file("config.toml.example");
    REQUIRE_FALSE(example.empty());
    CHECK(example.find(to_toml(config{})) != std::string::npos);
    const auto loaded = load_text(example);
    CHECK(loaded.errors.empty());
    CHECK(to_toml(loaded.config) == to_toml(config{}));
}

TEST_CASE("what the example file has as comments is valid too and shows every key of a charge point") {
    const auto example = test::repository_file("config.toml.example");
    const auto loaded = load_text(uncommented(example));
    for (const auto& e : loaded.errors) UNSCOPED_INFO(to_string(e));
    REQUIRE(loaded.errors.empty());
    CHECK(loaded.config.conformance.rules.size() == rule_count);
    REQUIRE_FALSE(loaded.config.charge_points.empty());
    for (const auto& k : settings::charge_point_keys()) {
        if (settings::section_of(k.name) == "rules") continue;
        INFO(k.name);
        CHECK(k.get(loaded.config.charge_points.front()).has_value());
    }
    CHECK_FALSE(loaded.config.charge_points.front().rules.empty());
}

TEST_CASE("the documentation has a row for every key") {
    const auto docs = test::repository_file("docs/configuration.md");
    const config defaults;
    const auto check_row = [&](const std::string& row) {
        INFO("missing in docs/configuration.md: " << row);
        CHECK(docs.find("\n" + row + "\n") != std::string::npos);
    };
    for (const auto& k : settings::config_keys()) {
        const auto v = k.get(defaults);
        const auto value = settings::to_toml(k.rules, v ? *v : k.unset(defaults));
        if (settings::section_of(k.name) == "conformance")
            check_row("| `" + k.name + "` | `" + value + "` | " + k.text + " |");
        else
            check_row("| `" + k.name + "` | `" + value + "` | " + settings::allowed(k.rules) + " | " + k.text + " |");
    }
    for (const auto* name : {"vendor", "model", "firmware"}) {
        const auto* k = settings::find_key(settings::model_keys(), name);
        check_row("| `" + k->name + "` | " + settings::allowed(k->rules) + " | " + k->text + " |");
    }
    for (const auto& k : settings::charge_point_keys())
        if (settings::section_of(k.name).empty())
            check_row("| `" + k.name + "` | " + settings::allowed(k.rules) + " | " + k.text + " |");
    for (const auto& k : settings::token_keys())
        check_row("| `" + k.name + "` | " + settings::allowed(k.rules) + " | " + k.text + " |");
}

TEST_CASE("every key has a text, and no name stands twice") {
    std::vector<std::string> names;
    for (const auto& k : settings::config_keys()) {
        INFO(k.name);
        CHECK(k.text.ends_with('.'));
        CHECK(std::find(names.begin(), names.end(), k.name) == names.end());
        names.push_back(k.name);
        CHECK((k.get(config{}).has_value() || k.unset));
    }
}
