// Certificates that charge points ask for: signed by the gateway's CA, by a host program or by hand, and brought to
// them.
#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "security/credentials.hpp"
#include "support/basic_auth.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/stores.hpp"
#include "support/tls_site.hpp"
#include "support/v2x.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

const std::string password = "correct-Horse-battery-9";
const json::object accepted = {{"status", "Accepted"}};

/// Passwords over TLS on the first listener, certificates on the second; what the CA signs is trusted there.
running_gateway::configure site_with_ca(const tls_site& site, running_gateway::configure more = {}) {
    site.write("client_ca.key", site.client_ca.key());
    return site.with_profile(2, [&site, more = std::move(more)](config& c) {
        c.security = {};
        c.security.failure_delay = 1ms;
        c.signing.certificate = site.path("client_ca.pem");
        c.signing.key = site.path("client_ca.key");
        listener_config mutual;
        mutual.security_profile = 3;
        c.listeners = {mutual};
        charge_point_config entry;
        entry.pattern = "CP-1";
        entry.password = hash_password(password, this_machine().random());
        c.charge_points = {entry};
        if (more) more(c);
    });
}

connect_options by_password(const tls_site& site) {
    connect_options options = with_password("CP-1", password);
    options.tcp.tls = site.client();
    return options;
}

connect_options by_certificate(const tls_site& site, const std::string& chain, const std::string& key) {
    issued_certificate own;
    own.certificate = chain;
    own.key = key;
    return through(site.client(tls_version::v13, own));
}

std::string answer_to(charge_point& cp, const std::string& csr) {
    return text_at(cp.call("SignCertificate", {{"csr", csr}}), "/status");
}

std::string reason_of(running_gateway& gw) {
    const auto event = gw.expect_event(event_type::certificate_requested, "CP-1");
    CHECK(text_at(event.payload, "/status") == "Rejected");
    return text_at(event.payload, "/reason");
}

}  // namespace

TEST_CASE("A charge point gets a certificate, connects with it and renews it", "[signing][tls]") {
    const temporary_directory directory;
    tls_site site;
    running_gateway gw(journal_in(directory.path(), io_threads(2, site_with_ca(site))));
    const auto mutual_port = gw->ports().at(1);
    auto cp = gw.connect("CP-1", by_password(site));
    cp.boot();
    const auto first = make_request();
    CHECK(answer_to(cp, first.csr) == "Accepted");
    const auto call = cp.expect_call("CertificateSigned");
    const auto chain = text_at(call.payload, "/certificateChain");
    CHECK(call.payload.size() == 1);
    CHECK(is_client_chain(chain, site.client_ca.certificate()));
    call.answer(accepted);

    const auto requested = gw.expect_event(event_type::certificate_requested, "CP-1");
    CHECK(text_at(requested.payload, "/csr") == first.csr);
    CHECK(requested.payload.at("status") == "Accepted");
    CHECK(requested.payload.at("reason").is_null());
    const auto told = gw.expect_event(event_type::command_response, "CP-1");
    CHECK(told.payload.at("commandName") == "CertificateSigned");
    CHECK(told.payload.at("status") == "Accepted");
    CHECK(http_client(mutual_port, tcp_through(site.client(tls_version::v13, site.client_ca.issue())))
              .get("/api/v1/commands/" + text_at(told.payload, "/commandId"))
              .status == 200);

    charge_point renewed(mutual_port, "CP-1", by_certificate(site, chain, first.key));
    renewed.heartbeat();
    request_wish rsa;
    rsa.key = key_kind::rsa;
    const auto second = make_request(rsa);
    CHECK(answer_to(renewed, second.csr) == "Accepted");
    const auto again = renewed.expect_call("CertificateSigned");
    again.answer(accepted);
    charge_point last(mutual_port, "CP-1",
                      by_certificate(site, text_at(again.payload, "/certificateChain"), second.key));
    last.boot();
    CHECK_THAT(http_client(mutual_port, tcp_through(site.client(tls_version::v13, site.client_ca.issue())))
                   .get("/metrics")
                   .body,
               ContainsSubstring(R"(gateway_certificate_requests_total{result="signed"} 2)") &&
                   ContainsSubstring(R"(expiry_timestamp_seconds{kind="signing_ca"})"));
    // From here on its password is worth nothing.
    CHECK(try_connect(gw.port(), "/ocpp/CP-1", by_password(site)).response.status == 403);
}

TEST_CASE("What the CA does not sign is rejected, and the reason stands in the event", "[signing]") {
    tls_site site;
    running_gateway gw(site_with_ca(site));
    auto cp = gw.connect("CP-1", by_password(site));
    request_wish other;
    other.common_name = "CP-2";
    CHECK(answer_to(cp, make_request(other).csr) == "Rejected");
    CHECK_THAT(reason_of(gw), ContainsSubstring("CP-2"));
    CHECK(answer_to(cp, "no request\n\"at all\"") == "Rejected");
    CHECK_THAT(reason_of(gw), ContainsSubstring("PEM"));
    CHECK(answer_to(cp, std::string(200'000, 'A')) == "Rejected");
    CHECK_THAT(reason_of(gw), ContainsSubstring("5500"));
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("Who did not authenticate over TLS gets no certificate", "[signing]") {
    tls_site site;
    const auto profile = [&](int p) {
        return site_with_ca(site, [p](config& c) {
            c.server.security_profile = static_cast<std::uint8_t>(p);
            c.security.unknown_charge_points = security_config::unknown_answer::accept;
        });
    };
    {
        running_gateway gw(profile(1));
        auto cp = gw.connect("CP-1", with_password("CP-1", password));
        CHECK(answer_to(cp, make_request().csr) == "Rejected");
        CHECK_THAT(reason_of(gw), ContainsSubstring("TLS"));
    }
    running_gateway gw(profile(2));
    auto unknown = gw.connect("CP-9", through(site.client()));
    request_wish own;
    own.common_name = "CP-9";
    CHECK(answer_to(unknown, make_request(own).csr) == "Rejected");
}

TEST_CASE("A certificate that may not have arrived is sent again, also over the next connection", "[signing]") {
    tls_site site;
    running_gateway gw(site_with_ca(site));
    auto cp = std::make_unique<charge_point>(gw.connect("CP-1", by_password(site)));
    const auto request = make_request();
    CHECK(answer_to(*cp, request.csr) == "Accepted");
    const auto lost = cp->expect_call("CertificateSigned");
    cp.reset();
    auto again = gw.connect("CP-1", by_password(site));
    const auto call = again.expect_call("CertificateSigned");
    CHECK(call.payload == lost.payload);
    call.answer({{"status", "Rejected"}});
    while (gw.expect_event(event_type::command_response, "CP-1").payload.at("outcome") != "result") {
    }
    again.expect_silence_until_heartbeat();
    CHECK(answer_to(again, make_request().csr) == "Accepted");
}

namespace {

/// Signs everything, with the request itself.
void sign_all(gateway& g) {
    g.set_certificate_signer(
        [](signing_request r) -> asio::awaitable<signing_answer> { co_return signing_answer::sign(r.csr); });
}

json::object sign_request(std::string_view csr, std::string_view type = {}) {
    json::object request{{"csr", csr}};
    if (!type.empty()) request["certificateType"] = type;
    return request;
}

std::string chain_of(const incoming_call& call) { return text_at(call.payload, "/certificateChain"); }

seen_event end_of(running_gateway& gw, std::string_view command) {
    for (;;) {
        auto event = gw.expect_event(event_type::command_response, "CP-1");
        if (text_at(event.payload, "/commandName") == command) return event;
    }
}

}  // namespace

TEST_CASE_METHOD(either_store, "A newer request ends the delivery of an older one that is not sent yet", "[signing]") {
    running_gateway gw(in_store(), sign_all);
    const auto version = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    auto cp = gw.connect("CP-1", speaking(version));
    auto busy = gw.send("CP-1", "ClearCache");
    const auto first_in_line = cp.expect_call("ClearCache");
    for (const auto* csr : {"first", "second", "third"})
        CHECK(text_at(cp.call("SignCertificate", sign_request(csr)), "/status") == "Accepted");
    for (int i = 0; i < 2; ++i) {
        const auto ended = end_of(gw, "CertificateSigned");
        CHECK(ended.payload.at("outcome") == "not_sent");
        CHECK(ended.payload.at("reason") == "cancelled");
    }
    first_in_line.answer(accepted);
    CHECK(busy.get().outcome == outcome::result);
    const auto call = cp.expect_call("CertificateSigned");
    CHECK(chain_of(call) == "third");
    call.answer(accepted);
    CHECK(end_of(gw, "CertificateSigned").payload.at("outcome") == "result");
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("Certificates of different types do not end each other's delivery", "[signing]") {
    running_gateway gw(io_threads(GENERATE(1, 3)), sign_all);
    auto cp = gw.connect("CP-1", speaking(GENERATE(ocpp::version::v201, ocpp::version::v21)));
    auto busy = gw.send("CP-1", "ClearCache");
    const auto first_in_line = cp.expect_call("ClearCache");
    const std::string station = "ChargingStationCertificate", v2g = "V2GCertificate";
    // What names no type is the charging station's.
    for (const auto& [csr, type] : {std::pair("old", std::string()), std::pair("v2g", v2g), std::pair("new", station)})
        CHECK(text_at(cp.call("SignCertificate", sign_request(csr, type)), "/status") == "Accepted");
    first_in_line.answer(accepted);
    for (const auto* csr : {"v2g", "new"}) {
        const auto call = cp.expect_call("CertificateSigned");
        CHECK(chain_of(call) == csr);
        call.answer(accepted);
    }
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("What was sent and not answered is not sent again once a newer request came", "[signing]") {
    running_gateway gw({}, sign_all);
    auto cp = std::make_unique<charge_point>(gw.connect("CP-1"));
    CHECK(answer_to(*cp, "first") == "Accepted");
    CHECK(chain_of(cp->expect_call("CertificateSigned")) == "first");
    CHECK(answer_to(*cp, "second") == "Accepted");
    cp.reset();
    CHECK(end_of(gw, "CertificateSigned").payload.at("outcome") == "unknown");
    auto again = gw.connect("CP-1");
    const auto call = again.expect_call("CertificateSigned");
    CHECK(chain_of(call) == "second");
    call.answer(accepted);
    again.expect_silence_until_heartbeat();
}

TEST_CASE("A newer request ends what somebody sends by hand, and a rejected one ends nothing", "[signing]") {
    running_gateway gw([](config& c) { c.signing.by_hand = true; });
    auto cp = gw.connect("CP-1");
    auto busy = gw.send("CP-1", "ClearCache");
    const auto first_in_line = cp.expect_call("ClearCache");
    CHECK(answer_to(cp, "first") == "Accepted");
    auto by_hand = gw.send("CP-1", "CertificateSigned", {{"certificateChain", "first"}});
    cp.call_error("SignCertificate", {});
    cp.heartbeat();
    CHECK_FALSE(by_hand.completed());
    CHECK(answer_to(cp, "second") == "Accepted");
    const auto ended = by_hand.get();
    CHECK(ended.outcome == outcome::not_sent);
    CHECK(ended.reason == reason::cancelled);
    CHECK_THAT(ended.detail, ContainsSubstring("newer certificate"));
    first_in_line.answer(accepted);
    CHECK(busy.get().outcome == outcome::result);
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("Without a signer requests are rejected, or accepted for somebody to sign", "[signing]") {
    const test_ca ca;
    {
        running_gateway gw;
        auto cp = gw.connect("CP-1");
        CHECK(answer_to(cp, make_request().csr) == "Rejected");
        CHECK_THAT(reason_of(gw), ContainsSubstring("[signing]"));
    }
    running_gateway gw([](config& c) { c.signing.by_hand = true; });
    auto cp = gw.connect("CP-1");
    for (int i = 0; i < 2; ++i) {
        const auto request = make_request();
        CHECK(answer_to(cp, request.csr) == "Accepted");
        CHECK(text_at(gw.expect_event(event_type::certificate_requested, "CP-1").payload, "/csr") == request.csr);
    }
    auto sent = gw.send("CP-1", "CertificateSigned", {{"certificateChain", ca.certificate()}});
    const auto call = cp.expect_call("CertificateSigned");
    CHECK(text_at(call.payload, "/certificateChain") == ca.certificate());
    call.answer(accepted);
    CHECK(sent.get().outcome == outcome::result);
}

TEST_CASE("A host program signs in place of the gateway", "[signing]") {
    const auto sign = [](signing_request r) -> asio::awaitable<signing_answer> {
        if (r.csr == "refuse") co_return signing_answer::refuse("not today");
        if (r.csr == "throw") throw std::runtime_error("lost its database");
        if (r.csr == "too long") co_return signing_answer::sign(std::string(20'000, 'x'));
        if (r.csr == "default") co_return signing_answer();
        if (r.csr == "wait") {
            asio::steady_timer never(co_await asio::this_coro::executor, 10h);
            co_await never.async_wait(asio::use_awaitable);
        }
        co_return signing_answer::sign(r.charge_point_id + " " + r.serial_number + " " + r.csr);
    };
    running_gateway gw([](config& c) { c.signing.timeout = 20ms; },
                       [&](gateway& g) { g.set_certificate_signer(sign); });
    auto cp = gw.connect("CP-1");
    cp.call("BootNotification",
            {{"chargePointVendor", "A"}, {"chargePointModel", "B"}, {"chargePointSerialNumber", "SN-1"}});
    for (const auto& [csr, part] :
         {std::pair("refuse", "not today"), std::pair("throw", "failed"), std::pair("too long", "10000"),
          std::pair("wait", "in time"), std::pair("default", "nobody signs")}) {
        CHECK(answer_to(cp, csr) == "Rejected");
        CHECK_THAT(reason_of(gw), ContainsSubstring(part));
    }
    CHECK(answer_to(cp, "good") == "Accepted");
    const auto call = cp.expect_call("CertificateSigned");
    CHECK(call.payload.at("certificateChain") == "CP-1 SN-1 good");
    call.answer(accepted);
    cp.heartbeat();
}

TEST_CASE("What was signed too late for its request is not delivered", "[signing]") {
    const auto sign = [&](signing_request r) -> asio::awaitable<signing_answer> {
        if (r.csr == "slow") {
            asio::steady_timer never(co_await asio::this_coro::executor, 10h);
            co_await never.async_wait(asio::as_tuple(asio::use_awaitable));
        }
        co_return signing_answer::sign(r.csr);
    };
    running_gateway gw([](config& c) { c.session.handler_timeout = 50ms; },
                       [&](gateway& g) { g.set_certificate_signer(sign); });
    auto cp = gw.connect("CP-1");
    cp.send_call("SignCertificate", {{"csr", "slow"}});
    eventually([&] { return answer_to(cp, "good") == "Accepted"; }, "the next request is taken");
    const auto call = cp.expect_call("CertificateSigned");
    CHECK(call.payload.at("certificateChain") == "good");
    call.answer(accepted);
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("A CA that cannot be used is named at the start; a new one is taken over by reload", "[signing]") {
    tls_site site;
    const auto configure = site_with_ca(site);
    {
        site.write("client_ca.key", "nothing");
        voltgate::config c;
        c.server.port = 0;
        c.log.level = log_config::severity::off;
        c.journal.enabled = false;
        configure(c);
        gateway gw(c);
        std::string detail;
        CHECK(gw.start(&detail) == errc::tls_unusable);
        CHECK_THAT(detail, ContainsSubstring("signing.key") && ContainsSubstring("client_ca.key"));
        site.write("client_ca.key", site.client_ca.key());
    }
    running_gateway gw(configure);
    auto cp = gw.connect("CP-1", by_password(site));
    const auto signed_by = [&](const test_ca& ca) {
        CHECK(answer_to(cp, make_request().csr) == "Accepted");
        const auto call = cp.expect_call("CertificateSigned");
        call.answer(accepted);
        gw.expect_event(event_type::command_response, "CP-1");
        cp.heartbeat();
        return is_client_chain(text_at(call.payload, "/certificateChain"), ca.certificate());
    };
    CHECK(signed_by(site.client_ca));
    const test_ca next("Next CA");
    site.write("client_ca.pem", next.certificate());
    gw->reload();  // the key is still the old one's: nothing changes
    CHECK(signed_by(site.client_ca));
    site.write("client_ca.key", next.key());
    gw->reload();
    CHECK(signed_by(next));
}
