// Clients that pretend to be somebody: identities and credentials in shapes that nobody honest sends.
#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "security/credentials.hpp"
#include "support/basic_auth.hpp"
#include "support/bystander.hpp"
#include "support/http_client.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

const std::string password = "correct-Horse-battery-9";

void with_passwords(config& c) {
    c.server.security_profile = 1;
    c.security.failure_delay = 1ms;
    charge_point_config entry;
    entry.pattern = "BYSTANDER";
    entry.password = hash_password(password, this_machine().random());
    c.charge_points = {entry};
}

connect_options with_header(const std::string& authorization) {
    connect_options options;
    options.headers = {{"Authorization", authorization}};
    return options;
}

std::string utf_16(std::string_view text) {
    std::string wide("\xff\xfe");
    for (const char c : text) wide.append(1, c).append(1, '\0');
    return wide;
}

}  // namespace

TEST_CASE("An identity that is none is refused, in whatever way it is spelt", "[hostile]") {
    running_gateway gw;
    bystander other(gw);
    for (const std::string identity : {"%00",
                                       "CP%00BYSTANDER",
                                       "BYSTANDER%00",
                                       "%0d%0aX-Injected:%201",
                                       "CP%2f..%2fBYSTANDER",
                                       "..%2f",
                                       "%2e%2e%2f",
                                       "%c0%af",
                                       "%e0%80%af",
                                       "%f0%80%80%af",
                                       "%ed%a0%80",
                                       "%f4%90%80%80",
                                       "%ff",
                                       "%c3",
                                       "%",
                                       "%4",
                                       "%zz",
                                       "%u0041",
                                       "BYSTANDER%20",
                                       "%20BYSTANDER",
                                       "BYSTANDER%7f",
                                       "%1b%5b2J"}) {
        CAPTURE(identity);
        const auto tried = try_connect(gw.port(), "/ocpp/" + identity);
        CHECK((tried.response.status == 400 || tried.response.status == 404));
    }
    const auto listed = http_client(gw.port()).get("/connections").json();
    CHECK(listed.at("total_connections") == 1);
    other.is_well();
}

TEST_CASE("An identity that looks like code is a name and nothing else", "[hostile]") {
    running_gateway gw;
    bystander other(gw);
    for (const std::string identity :
         {"\"},{\"x\":\"", "<script>", "'; DROP TABLE events; --", "${jndi:x}", "..", "%s%n", "{{7*7}}", "\\u0000"}) {
        CAPTURE(identity);
        auto cp = gw.connect(identity);
        cp.boot();
        http_client client(gw.port());
        const auto listed = client.get("/connections").json();
        CHECK(listed.at("connections").as_object().contains(identity));
        const auto record = client.get("/api/v1/charge-points/" + percent_encoded(identity)).json();
        CHECK(text_at(record, "/id") == identity);
        CHECK(client.get("/metrics").body.find(identity) == std::string::npos);
        cp.close();
        gw.expect_disconnect(identity);
    }
    other.is_well();
}

TEST_CASE("Nobody gets a charge point's place by spelling its name differently", "[hostile]") {
    running_gateway gw(with_passwords);
    bystander other(gw, with_password("BYSTANDER", password));
    for (const std::string target :
         {"/ocpp/BYSTANDER", "/ocpp/bystander", "/ocpp/%42YSTANDER", "/ocpp//BYSTANDER/", "/ocpp/BYSTANDER?x",
          "/ocpp/BYSTANDER#x", "/ocpp/BYSTANDER/BYSTANDER", "http://evil/ocpp/BYSTANDER", "/ocpp/x/../BYSTANDER",
          "/ocpp/%2e/BYSTANDER", "/ocpp/BYSTANDER%00"}) {
        for (const auto& options : {connect_options(), with_password("BYSTANDER", "another-Horse-battery-8"),
                                    with_password("OTHER", password)}) {
            CAPTURE(target);
            const auto status = try_connect(gw.port(), target, options).response.status;
            CHECK((status == 400 || status == 401 || status == 404));
        }
    }
    other.is_well();
}

TEST_CASE("Credentials in odd encodings let nobody in", "[hostile]") {
    running_gateway gw(with_passwords);
    bystander other(gw, with_password("BYSTANDER", password));
    const std::string both = "BYSTANDER:" + password, right = base64(both);
    const heap_watch heap;
    for (const std::string& authorization : {std::string(),
                                             std::string("Basic"),
                                             std::string("Basic "),
                                             std::string("Basic ===="),
                                             "Basic" + right,
                                             "Basic=" + right,
                                             "Bearer " + right,
                                             "Digest " + right,
                                             "Basic " + both,
                                             "Basic " + base64(right),
                                             "Basic " + right + right,
                                             "Basic " + right + "=x",
                                             "Basic \"" + right + "\"",
                                             "Basic " + right + ", Basic x",
                                             "Basic " + right.substr(0, 9) + " " + right.substr(9),
                                             "Basic " + base64(utf_16(both)),
                                             "Basic " + base64("\xef\xbb\xbf" + both),
                                             "Basic " + base64(both + '\0'),
                                             "Basic " + base64(both + "\n"),
                                             "Basic " + base64('\0' + both),
                                             "Basic " + base64("BYSTANDER"),
                                             "Basic " + base64("BYSTANDER:"),
                                             "Basic " + base64(":" + password),
                                             "Basic " + base64("BYSTANDER::" + password),
                                             "Basic " + base64("BYSTANDER:" + std::string(1000, 'x')),
                                             "Basic " + std::string(8000, 'A'),
                                             "Basic " + base64(std::string("BYSTANDER\0:", 11) + password),
                                             "Basic \xff\xfe" + right}) {
        CAPTURE(authorization);
        CHECK(try_connect(gw.port(), "/ocpp/BYSTANDER", with_header(authorization)).response.status == 401);
    }
    // Two headers: neither counts.
    auto two = with_header("Basic " + right);
    two.headers.push_back(two.headers.front());
    CHECK(try_connect(gw.port(), "/ocpp/BYSTANDER", two).response.status == 401);
    CHECK(heap.growth() < 2'000'000);
    other.is_well();
}
