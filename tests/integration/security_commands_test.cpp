// The commands and messages of 1.6's security extension, each once through the HTTP interface.
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/stored_events.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_ca.hpp"

#include <catch2/catch_test_macros.hpp>

#include <future>
#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

const std::string path = "/api/v1/charge-points/CP-1/";

/// A gateway with a journal, and a charge point that a test plays while a request waits for it.
struct conversation {
    temporary_directory directory;
    running_gateway gw{journal_in(directory.path())};
    charge_point cp = gw.connect("CP-1");

    json::value give(const std::string& name, const json::object& payload, const json::object& answer) {
        auto pending = std::async(std::launch::async, [&] {
            return http_client(gw.port()).post(path + "commands", {{"commandName", name}, {"payload", payload}});
        });
        const auto call = cp.expect_call(name);
        CHECK(call.payload == payload);
        call.answer(answer);
        const auto response = pending.get();
        CAPTURE(response.body);
        CHECK(response.status == 200);
        const auto outcome = response.json();
        CHECK(text_at(outcome, "/outcome") == "result");
        CHECK(at(outcome, "/payload") == answer);
        const auto event = gw.expect_event(event_type::command_response, "CP-1");
        CHECK(text_at(event.payload, "/commandName") == name);
        CHECK(event.payload.at("details") == answer);
        return outcome;
    }
    seen_event tell(const char* action, const json::object& payload, event_type type) {
        CHECK(cp.call(action, payload).empty());
        return gw.expect_event(type, "CP-1");
    }
};

json::object hash_data() {
    return {
        {"hashAlgorithm", "SHA256"}, {"issuerNameHash", "aa00"}, {"issuerKeyHash", "bb11"}, {"serialNumber", "1000"}};
}

json::object log_parameters(const std::string& where) {
    return {{"logType", "SecurityLog"}, {"requestId", 7}, {"log", {{"remoteLocation", where}}}};
}

}  // namespace

TEST_CASE("Certificates of a charge point are listed, installed and deleted", "[security-extension]") {
    conversation c;
    const test_ca ca;
    c.give("InstallCertificate",
           {{"certificateType", "CentralSystemRootCertificate"}, {"certificate", ca.certificate()}},
           {{"status", "Accepted"}});
    c.give("GetInstalledCertificateIds", {{"certificateType", "CentralSystemRootCertificate"}},
           {{"status", "Accepted"}, {"certificateHashData", json::array{hash_data()}}});
    c.give("DeleteCertificate", {{"certificateHashData", hash_data()}}, {{"status", "Accepted"}});
    c.give("DeleteCertificate", {{"certificateHashData", hash_data()}}, {{"status", "NotFound"}});
    c.give("CertificateSigned", {{"certificateChain", ca.certificate()}}, {{"status", "Rejected"}});
}

TEST_CASE("A log is asked for, and its upload is followed", "[security-extension]") {
    conversation c;
    const std::string secret = "me:s3cret-word", where = "ftp://" + secret + "@logs.example.com/in";
    const auto outcome =
        c.give("GetLog", log_parameters(where), {{"status", "Accepted"}, {"filename", "CP-1-security.log"}});
    for (const auto* status : {"Uploading", "Uploaded"}) {
        const auto event = c.tell("LogStatusNotification", {{"status", status}, {"requestId", 7}},
                                  event_type::diagnostics_status_changed);
        CHECK(event.payload == json::object({{"status", status}, {"requestId", 7}}));
    }
    http_client http(c.gw.port());
    CHECK(text_at(http.get("/api/v1/charge-points/CP-1").json(), "/diagnosticsStatus") == "Uploaded");
    // The charge point got the password, and nobody else does.
    const auto messages = http.get(path + "messages").body;
    CHECK(messages.find("logs.example.com") != std::string::npos);
    for (const auto& text : {messages, http.get("/api/v1/commands/" + text_at(outcome, "/commandId")).body,
                             http.get("/api/v1/commands").body, http.get("/api/v1/events").body})
        CHECK(text.find("s3cret-word") == std::string::npos);
    c.give("GetLog", log_parameters("https://logs.example.com/in"), {{"status", "AcceptedCanceled"}});
}

TEST_CASE("A signed update is asked for, and followed", "[security-extension]") {
    conversation c;
    const json::object firmware = {{"location", "https://example.com/fw.bin"},
                                   {"retrieveDateTime", "2026-01-02T03:04:05Z"},
                                   {"signingCertificate", "-----BEGIN CERTIFICATE-----"},
                                   {"signature", "c2lnbmF0dXJl"}};
    c.give("SignedUpdateFirmware", {{"requestId", 9}, {"firmware", firmware}}, {{"status", "Accepted"}});
    for (const auto* status : {"Downloading", "Downloaded", "SignatureVerified", "Installing", "Installed"}) {
        const auto event = c.tell("SignedFirmwareStatusNotification", {{"status", status}, {"requestId", 9}},
                                  event_type::firmware_status_changed);
        CHECK(event.payload == json::object({{"status", status}, {"requestId", 9}}));
    }
    CHECK(text_at(http_client(c.gw.port()).get("/api/v1/charge-points/CP-1").json(), "/firmwareStatus") == "Installed");
}

TEST_CASE("A charge point is told to ask for a certificate", "[security-extension]") {
    conversation c;
    c.give("ExtendedTriggerMessage", {{"requestedMessage", "SignChargePointCertificate"}}, {{"status", "Accepted"}});
    c.give("ExtendedTriggerMessage", {{"requestedMessage", "LogStatusNotification"}}, {{"status", "NotImplemented"}});
    CHECK(text_at(c.cp.call("SignCertificate", {{"csr", "x"}}), "/status") == "Rejected");
    CHECK(c.gw.expect_event(event_type::certificate_requested, "CP-1").payload.at("csr") == "x");
}

TEST_CASE("A security event is stored before it is answered, once", "[security-extension]") {
    conversation c;
    const json::object event = {
        {"type", "TamperDetectionActivated"}, {"timestamp", "2026-01-02T03:04:05Z"}, {"techInfo", "door"}};
    CHECK(c.cp.call("SecurityEventNotification", event).empty());
    CHECK(count_events(stored_events(c.directory.path()), event_type::security_event, "CP-1",
                       "TamperDetectionActivated") == 1);
    const auto id = c.cp.send_call("SecurityEventNotification", event, "same-id");
    c.cp.expect_result(id);
    c.cp.send_call("SecurityEventNotification", event, "same-id");
    c.cp.expect_result(id);
    CHECK(count_events(stored_events(c.directory.path()), event_type::security_event, "CP-1") == 2);
}
