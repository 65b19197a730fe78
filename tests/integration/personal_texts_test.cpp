// Tags that stand where no tag belongs, and other texts that tell of those who charge: given out, erased and masked.
#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "runtime/core.hpp"
#include "support/charge_point.hpp"
#include "support/files.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/stores.hpp"
#include "support/v2x.hpp"
#include "support/wait.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <memory>
#include <mutex>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* tag = "04A1B2C3D4";
const std::string of_tag = "/api/v1/privacy/04a1b2c3d4";
const std::string commands = "/api/v1/charge-points/CP-1/commands";

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

json::object customer_information() {
    json::object told;
    told["data"] = "customer Alice, card " + std::string(tag) + ", since 2020";
    told["seqNo"] = 0;
    told["generatedAt"] = "2026-01-02T03:04:05Z";
    told["requestId"] = 1;
    return told;
}

json::object token_read() {
    json::object data;
    data["eventId"] = 1;
    data["timestamp"] = "2026-01-02T03:04:05Z";
    data["trigger"] = "Delta";
    data["actualValue"] = tag;
    data["eventNotificationType"] = "HardWiredNotification";
    data["component"] = json::object({{"name", "TokenReader"}});
    data["variable"] = json::object({{"name", "Token"}});
    json::object told;
    told["generatedAt"] = "2026-01-02T03:04:05Z";
    told["seqNo"] = 0;
    told["eventData"] = json::array({std::move(data)});
    return told;
}

json::object reported(const char* component, const char* variable, const std::string& value) {
    json::object attribute;
    attribute["value"] = value;
    json::object data;
    data["component"] = json::object({{"name", component}});
    data["variable"] = json::object({{"name", variable}});
    data["variableAttribute"] = json::array({std::move(attribute)});
    json::object told;
    told["requestId"] = 2;
    told["generatedAt"] = "2026-01-02T03:04:05Z";
    told["seqNo"] = 0;
    told["reportData"] = json::array({std::move(data)});
    return told;
}

// An idTag that is an object, and frames that nobody can read.
void send_rubbish(test::charge_point& cp) {
    const std::string text(tag);
    for (const auto& frame :
         {R"([2,"a","Authorize",{"idTag":{"uid":")" + text + R"("}}])", R"([")" + text + R"("])",
          "[2,\"b\"," + text + "]", text + " was read", text + R"( {"idTag":")" + text + "\"} " + text}) {
        cp.send_text(frame);
        static_cast<void>(cp.expect_text());
    }
}

struct texts : test::stores {
    void talk_v2(running_gateway& gw, ocpp::version v) {
        auto box = gw.connect("CP-2", speaking(v));
        box.call("NotifyCustomerInformation", customer_information());
        box.call("NotifyEvent", token_read());
        box.call("NotifyReport", reported("TokenReader", "Token", tag));
        box.call("SecurityEventNotification", {{"type", "InvalidCard"},
                                               {"timestamp", "2026-01-02T03:04:05Z"},
                                               {"techInfo", "refused \"" + std::string(tag) + "\"\n"}});
    }

    void talk_v16(running_gateway& gw) {
        auto cp = gw.connect("CP-1");
        http_client http(gw.port());
        const header_list soon = {{"Prefer", "respond-async"}};
        const std::string clear = "clear-" + std::string(tag), fails = std::string(tag) + ".unlock";
        http.post(commands, {{"commandName", "ClearCache"}, {"commandId", clear}, {"payload", json::object()}}, soon);
        cp.expect_call("ClearCache").answer({{"status", "Accepted"}});
        gw.expect_event(event_type::command_response, "CP-1");
        http.post(commands,
                  {{"commandName", "UnlockConnector"}, {"commandId", fails}, {"payload", {{"connectorId", 1}}}}, soon);
        cp.expect_call("UnlockConnector")
            .error("InternalError", "no such card: " + std::string(tag), {{"card", tag}, {"cards", {tag, "OTHER"}}});
        gw.expect_event(event_type::command_response, "CP-1");
        const auto id = start(
            cp, {{"connectorId", 1}, {"idTag", "OTHER"}, {"meterStart", 0}, {"timestamp", "2026-01-02T03:00:00Z"}});
        CHECK(http.post("/api/v1/transactions/" + std::to_string(id) + "/close",
                        {{"reason", "card " + std::string(tag) + " was lost"}, {"force", true}})
                  .status == 200);
        send_rubbish(cp);
    }
};

}  // namespace

TEST_CASE_METHOD(texts, "A tag is given out and erased in whatever text it stands", "[privacy][personal]") {
    const auto v = GENERATE(ocpp::version::v201, ocpp::version::v21);
    {
        running_gateway gw(in_store(), {}, clock);
        talk_v2(gw, v);
        talk_v16(gw);
        gw.connect("CP-2", speaking(v)).call("NotifyReport", reported("Display", "Label", "card " + std::string(tag)));
        http_client http(gw.port());
        const auto exported = http.get(of_tag);
        REQUIRE(exported.status == 200);
        const auto all = exported.json();
        CHECK(at(all, "/commands").as_array().size() == 2);
        CHECK(text_at(all, "/commands/0/commandId") == "clear-" + std::string(tag));
        CHECK(text_at(all, "/commands/1/errorDescription") == "no such card: " + std::string(tag));
        for (const auto* part :
             {"customer Alice, card 04A1B2C3D4", R"("actualValue":"04A1B2C3D4")", "InvalidCard",
              "card 04A1B2C3D4 was lost", R"({\"uid\":\"04A1B2C3D4\"})", R"([\"04A1B2C3D4\"])",
              R"([2,\"b\",04A1B2C3D4])", "04A1B2C3D4 was read", "CustomerInformation", "NotifyReport"})
            CHECK(holds(exported.body, part));

        const auto erased = http.del(of_tag);
        REQUIRE(erased.status == 200);
        CHECK(number_at(erased.json(), "/transactions") == 1);
        CHECK(number_at(erased.json(), "/commands") == 2);
        CHECK(number_at(erased.json(), "/events") == static_cast<std::int64_t>(at(all, "/events").as_array().size()));
        for (const auto* target :
             {"/api/v1/events", "/api/v1/transactions", "/api/v1/commands", "/api/v1/charge-points",
              "/api/v1/charge-points/CP-1", "/api/v1/charge-points/CP-1/messages", "/api/v1/charge-points/CP-2",
              "/api/v1/charge-points/CP-2/messages", "/api/v1/charge-points/CP-2/variables"}) {
            CAPTURE(target);
            const auto shown = http.get(target);
            CHECK(shown.status == 200);
            CHECK_FALSE(holds(shown.body, tag));
            CHECK_FALSE(holds(shown.body, "04a1b2c3d4"));
            CHECK(shown.json().is_object());
        }
        CHECK(holds(http.get("/api/v1/commands").body, "clear-~"));
        CHECK(holds(http.get("/api/v1/events").body, "customer Alice, card ~"));
        CHECK(holds(http.get("/api/v1/transactions").body, "OTHER"));
        CHECK(holds(http.get("/api/v1/charge-points/CP-2/variables").body, "Display"));
        const auto again = http.get(of_tag).json();
        for (const auto* part : {"/events", "/commands", "/messages"}) CHECK(at(again, part).as_array().empty());
        CHECK(http.del(of_tag).status == 200);
        CHECK(holds(http.get("/api/v1/events?type=privacy.erased").body, text_at(all, "/pseudonym")));
    }
    CHECK_FALSE(holds(content_of_all(directory.path()), tag));
}

TEST_CASE_METHOD(texts, "A tag in the id of a command that waits is in use", "[privacy][personal]") {
    running_gateway gw(in_store(), {}, clock);
    {
        auto cp = gw.connect("CP-1");
    }
    gw.expect_disconnect("CP-1");
    http_client http(gw.port());
    CHECK(http.post(commands, {{"commandName", "ClearCache"},
                               {"commandId", "clear-" + std::string(tag)},
                               {"payload", json::object()},
                               {"expiresAt", "2026-01-03T00:00:00Z"}})
              .status == 202);
    CHECK(http.del(of_tag).status == 409);
}

TEST_CASE_METHOD(texts, "Texts that tell of somebody are masked when they are old", "[privacy][personal]") {
    running_gateway gw(in_store([](config& c) { c.journal.keep_personal = 48h; }), {}, clock);
    talk_v2(gw, ocpp::version::v201);
    clock->advance(49h);
    http_client http(gw.port());
    const auto left = [&http](const char* part) { return holds(http.get("/api/v1/events").body, part); };
    eventually([&] { return !left("Alice") && !left("\"actualValue\":\"04A1B2C3D4\""); }, "they are masked");
    CHECK(left("\"data\":\"***\""));
    CHECK(left("TokenReader"));
}

TEST_CASE_METHOD(texts, "Neither the log nor those without the scope personal get texts that tell of somebody",
                 "[log][personal]") {
    std::mutex mutex;
    std::string lines;
    const auto with_log = [&](gateway& g) {
        log_config c;
        c.level = log_config::severity::trace;
        core_of(g).set_log(
            std::make_unique<voltgate::log>(c, this_machine().clock(), [&](log::severity, std::string_view line) {
                const std::lock_guard lock(mutex);
                lines.append(line) += '\n';
            }));
    };
    {
        running_gateway gw(in_store([](config& c) { c.log.level = log_config::severity::trace; }), with_log, clock);
        auto box = gw.connect("CP-2", speaking(ocpp::version::v21));
        box.call("NotifyCustomerInformation", customer_information());
        box.call("NotifyEvent", token_read());
        box.call("NotifyReport", reported("TokenReader", "Token", tag));
        auto cp = gw.connect("CP-1");
        for (const std::string whose : {R"({"uid":"04A1B2C3D4"})", R"([{"uid":"04A1B2C3D4"}])", "4141414141"}) {
            cp.send_text(R"([2,"a","Authorize",{"idTag":)" + whose + "}]");
            static_cast<void>(cp.expect_text());
        }
    }
    const std::lock_guard lock(mutex);
    CHECK(holds(lines, "NotifyCustomerInformation"));
    CHECK(holds(lines, "TokenReader"));
    for (const auto* part : {tag, "Alice", "4141414141"}) CHECK_FALSE(holds(lines, part));
}

TEST_CASE_METHOD(texts, "The audit log shows no tag that the request names", "[http][personal]") {
    const std::string audit = directory.path() + "/audit.log";
    {
        running_gateway gw(in_store([&](config& c) { c.api.audit_file = audit; }), {}, clock);
        auto cp = gw.connect("CP-1");
        http_client http(gw.port());
        const header_list soon = {{"Prefer", "respond-async"}};
        http.post(
            commands,
            {{"commandName", "RemoteStartTransaction"}, {"commandId", "go-04a1b2c3d4"}, {"payload", {{"idTag", tag}}}},
            soon);
        cp.expect_call("RemoteStartTransaction").answer({{"status", "Accepted"}});
        gw.expect_event(event_type::command_response, "CP-1");
    }
    const auto noted = content_of(audit);
    CHECK(holds(noted, "RemoteStartTransaction go-*** "));
    CHECK_FALSE(holds(noted, "04a1b2c3d4"));
}
