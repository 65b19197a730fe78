// Who may become a charge point's connection, and what the others are told.
#include "http/upgrade.hpp"

#include "support/json.hpp"

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>
#include <vector>

namespace {

using namespace voltgate;
using namespace voltgate::http;
using result = metrics::connection_result;
using rules = std::vector<rule>;
using names = std::vector<std::string_view>;

struct fixture {
    upgrade_headers headers;
    voltgate::config config;
    peer_facts peer;

    fixture() {
        headers.target = "/ocpp/CP-1";
        headers.is_get_http11 = true;
        headers.connection_upgrade = true;
        headers.key = "dGhlIHNhbXBsZSBub25jZQ==";
        headers.version = "13";
        headers.subprotocols = {"ocpp1.6"};
    }

    upgrade_decision decide() {
        const auto settings_of = [this](std::string_view id) {
            return std::make_shared<const charge_point_settings>(settings_for(config, id));
        };
        return decide_upgrade(headers, peer, config.server, settings_of);
    }
    upgrade_decision decide_for(std::string_view target) {
        headers.target = target;
        return decide();
    }
    std::string accepted_id(std::string_view target) {
        const auto d = decide_for(target);
        CAPTURE(target, d.refusal.body);
        CHECK(d.accepted);
        return d.origin.charge_point_id;
    }
    void check_refusal(unsigned status, result why, std::string_view in_detail) {
        const auto d = decide();
        CHECK_FALSE(d.accepted);
        CHECK(d.refusal.status == status);
        CHECK(d.result == why);
        CHECK(test::text_at(test::parse_json(d.refusal.body), "/detail").find(in_detail) != std::string::npos);
    }
    void set_default_version() {
        charge_point_config entry;
        entry.pattern = "CP-*";
        entry.default_version = ocpp::version::v16;
        config.charge_points.push_back(entry);
    }
};

}  // namespace

TEST_CASE_METHOD(fixture, "A correct upgrade is accepted without deviations") {
    const auto d = decide();
    REQUIRE(d.accepted);
    CHECK_FALSE(d.close_at_once);
    CHECK(d.result == result::accepted);
    CHECK(d.origin.charge_point_id == "CP-1");
    CHECK(d.origin.version == ocpp::version::v16);
    CHECK(d.origin.subprotocol == "ocpp1.6");
    CHECK(d.origin.deviations.empty());
}

TEST_CASE_METHOD(fixture, "An identity is decoded once; a query does not belong to it") {
    CHECK(accepted_id("/ocpp/CP%201") == "CP 1");
    CHECK(accepted_id("/ocpp/CP%2541") == "CP%41");
    CHECK(accepted_id("/ocpp/%C3%A4%E2%82%AC%F0%9F%94%8C") == "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x94\x8C");
    CHECK(accepted_id("/ocpp/a+b:c") == "a+b:c");
    CHECK(accepted_id("/ocpp/CP-1?token=x") == "CP-1");
    CHECK(accepted_id("/ocpp/" + std::string(255, 'x')) == std::string(255, 'x'));
}

TEST_CASE_METHOD(fixture, "A target that is not below server.path is not found") {
    for (const auto* target : {"/", "", "*", "/OCPP/CP-1", "/ocpp2/CP-1", "/other/CP-1", "/ocpp/CP-1/x", "ocpp/CP-1"}) {
        CAPTURE(target);
        headers.target = target;
        check_refusal(404, result::bad_identity, "/ocpp/{charge point id}");
        CHECK_FALSE(is_charge_point_target(target, config.server));
    }
    CHECK(is_charge_point_target("/ocpp", config.server));
    CHECK(is_charge_point_target("//ocpp/CP-1/", config.server));
}

TEST_CASE_METHOD(fixture, "server.path may have several segments, or none") {
    config.server.path = "/a/b";
    CHECK(accepted_id("/a/b/CP-1") == "CP-1");
    headers.target = "/a/CP-1";
    check_refusal(404, result::bad_identity, "/a/b/");
    config.server.path = "/";
    CHECK(accepted_id("/CP-1") == "CP-1");
}

TEST_CASE_METHOD(fixture, "A refused request is most likely of the charge point that its path ends with") {
    const auto& server = config.server;
    CHECK(likely_identity("/ocpp/CP-1", server) == "CP-1");
    CHECK(likely_identity("/ocpp//CP%201/?token=x", server) == "CP 1");
    CHECK(likely_identity("http://host/ocpp/CP-1/CP-1", server) == "CP-1");
    CHECK(likely_identity("/CP-1", server) == "CP-1");
    CHECK(likely_identity("/wrong/place/CP-1/", server) == "CP-1");
    for (const auto* target : {"/ocpp", "/ocpp/", "/ocpp//", "/ocpp/?x=1", "/health/ready", "/api/v1/events", "/", "",
                               "*", "/ocpp/%20CP-1", "/ocpp/%2", "http://host", "http://host/ocpp"}) {
        CAPTURE(target);
        CHECK(likely_identity(target, server).empty());
    }
    config.server.path = "/";
    CHECK(likely_identity("/CP-1", server) == "CP-1");
    CHECK(likely_identity("/ocpp/CP-1", server) == "CP-1");
    for (const auto* target : {"/health/ready", "/"}) {
        CAPTURE(target);
        CHECK(likely_identity(target, server).empty());
    }
}

TEST_CASE_METHOD(fixture, "What is no WebSocket upgrade of version 13 is refused") {
    SECTION("method or HTTP version") {
        headers.is_get_http11 = false;
        check_refusal(400, result::bad_request, "GET");
    }
    SECTION("no key") {
        headers.key = "";
        check_refusal(400, result::bad_request, "Sec-WebSocket-Key");
    }
    SECTION("another version, with the one that is spoken") {
        headers.version = "8";
        check_refusal(426, result::bad_request, "must be 13");
        const auto d = decide();
        REQUIRE(d.refusal.headers.size() == 1);
        CHECK(d.refusal.headers[0] == std::pair<std::string, std::string>("Sec-WebSocket-Version", "13"));
    }
}

TEST_CASE_METHOD(fixture, "An identity that cannot be used is refused and told why") {
    const std::string long_target = "/ocpp/" + std::string(256, 'x');
    const std::pair<std::string_view, std::string_view> wrong[] = {
        {"/ocpp", "names no charge point"},
        {"/ocpp/", "names no charge point"},
        {long_target, "longer than 255 bytes"},
        {"/ocpp/CP%2F1", "slash"},
        {"/ocpp/CP%0A1", "control characters"},
        {"/ocpp/CP%7F", "control characters"},
        {"/ocpp/%00", "control characters"},
        {"/ocpp/%20CP", "blank"},
        {"/ocpp/CP%20", "blank"},
        {"/ocpp/%C3", "UTF-8"},
        {"/ocpp/%C0%AF", "UTF-8"},
        {"/ocpp/%FF", "UTF-8"},
        {"/ocpp/CP%", "percent-encoding"},
        {"/ocpp/CP%4", "percent-encoding"},
    };
    for (const auto& [target, why] : wrong) {
        CAPTURE(target);
        headers.target = target;
        check_refusal(400, result::bad_identity, why);
    }
}

TEST_CASE_METHOD(fixture, "An odd path is a deviation, or not found where that is strict") {
    for (const auto* target :
         {"/ocpp/CP-1/", "//ocpp/CP-1", "/ocpp//CP-1", "/ocpp/CP-1/CP-1", "ws://example.org:80/ocpp/CP-1"}) {
        CAPTURE(target);
        const auto d = decide_for(target);
        CHECK(d.accepted);
        CHECK(d.origin.charge_point_id == "CP-1");
        CHECK(d.origin.deviations == rules{rule::odd_path});
    }
    config.conformance.rules[rule::odd_path] = level::strict;
    check_refusal(404, result::bad_identity, "canonical");
}

TEST_CASE_METHOD(fixture, "A Connection header without upgrade is a deviation, or refused where that is strict") {
    headers.connection_upgrade = false;
    CHECK(decide().origin.deviations == rules{rule::missing_connection_upgrade});
    config.conformance.rules[rule::missing_connection_upgrade] = level::strict;
    check_refusal(400, result::bad_request, "Connection");
}

TEST_CASE_METHOD(fixture, "No sub-protocol is accepted where a default version is configured and that is not strict") {
    headers.subprotocols.clear();
    check_refusal(400, result::no_subprotocol, "supported: ocpp1.6");
    set_default_version();
    const auto d = decide();
    CHECK(d.accepted);
    CHECK(d.origin.version == ocpp::version::v16);
    CHECK(d.origin.subprotocol.empty());
    CHECK(d.origin.deviations == rules{rule::missing_subprotocol});
    config.conformance.rules[rule::missing_subprotocol] = level::strict;
    check_refusal(400, result::no_subprotocol, "Sec-WebSocket-Protocol is missing");
}

TEST_CASE_METHOD(fixture, "The first enabled sub-protocol of the client's list is chosen") {
    config.server.versions = {ocpp::version::v16, ocpp::version::v201};
    headers.subprotocols = {"mqtt", "ocpp2.1", "ocpp2.0.1", "ocpp1.6"};
    CHECK(decide().origin.version == ocpp::version::v201);
    CHECK(decide().origin.subprotocol == "ocpp2.0.1");
    headers.subprotocols = {"ocpp1.6", "ocpp2.0.1"};
    CHECK(decide().origin.subprotocol == "ocpp1.6");
}

TEST_CASE_METHOD(fixture, "No sub-protocol in common is refused, or accepted to be closed at once") {
    headers.subprotocols = {"ocpp2.1", "mqtt"};
    config.server.versions = {ocpp::version::v16, ocpp::version::v201};
    check_refusal(400, result::no_subprotocol, "supported: ocpp1.6, ocpp2.0.1");
    config.server.no_subprotocol = server_config::no_subprotocol_answer::accept_and_close;
    const auto d = decide();
    CHECK(d.accepted);
    CHECK(d.close_at_once);
    CHECK(d.origin.subprotocol.empty());
}

TEST_CASE("A comma list is split into its trimmed elements") {
    std::vector<std::string_view> elements;
    append_list(elements, " a,b\t ,, c d ,");
    append_list(elements, "");
    append_list(elements, "e");
    CHECK(elements == names{"a", "b", "c d", "e"});
}

TEST_CASE_METHOD(fixture, "Compression is agreed on for the versions that it is switched on for") {
    using compressed = server_config::compressed;
    config.server.versions = {ocpp::version::v16, ocpp::version::v201};
    headers.extensions = "permessage-deflate; client_max_window_bits";
    CHECK_FALSE(decide().deflate);
    headers.subprotocols = {"ocpp2.0.1"};
    CHECK(decide().deflate);
    config.server.compression = compressed::off;
    CHECK_FALSE(decide().deflate);
    config.server.compression = compressed::all;
    headers.subprotocols = {"ocpp1.6"};
    CHECK(decide().deflate);
    headers.extensions = {};
    CHECK_FALSE(decide().deflate);
}

TEST_CASE_METHOD(fixture, "Identities that only look like UTF-8 are refused") {
    for (const auto* odd : {"%c0%af", "%e0%80%af", "%ed%a0%80", "%f0%80%80%af", "%f4%90%80%80", "%f5%80%80%80"}) {
        CAPTURE(odd);
        CHECK(decide_for(std::string("/ocpp/") + odd).result == result::bad_identity);
    }
}
