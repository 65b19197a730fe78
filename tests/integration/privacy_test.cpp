// What is stored of those who charge: given out, erased, and forgotten after a time.
#include "journal/erase_tag.hpp"
#include "machine/this_machine.hpp"
#include "security/credentials.hpp"
#include "support/charge_point.hpp"
#include "support/files.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/stores.hpp"
#include "support/v2x.hpp"
#include "support/wait.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <fstream>
#include <sstream>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* tag = "04A1B2C3D4";
const std::string of_tag = "/api/v1/privacy/04a1b2c3d4";  // letter case does not matter

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

json::object start_request(std::string_view whose) {
    return {{"connectorId", 1}, {"idTag", whose}, {"meterStart", 0}, {"timestamp", "2026-01-02T03:00:00Z"}};
}

/// One transaction of 1.6 and one of 2.x, an authorization, a reservation, a command, and a DataTransfer.
void charge(running_gateway& gw, std::string_view whose) {
    auto cp = gw.connect("CP-1");
    cp.call("Authorize", {{"idTag", whose}});
    const auto id = start(cp, start_request(whose));
    cp.call("StopTransaction",
            {{"transactionId", id}, {"idTag", whose}, {"meterStop", 500}, {"timestamp", "2026-01-02T04:00:00Z"}});
    cp.call("DataTransfer", {{"vendorId", "x"}, {"data", "{\"idTag\":\"" + std::string(whose) + "\"}"}});
    auto reserved = gw.send("CP-1", "ReserveNow",
                            {{"connectorId", 1},
                             {"idTag", whose},
                             {"reservationId", static_cast<int>(whose.size())},
                             {"expiryDate", "2026-01-02T03:30:00Z"}});
    cp.expect_call("ReserveNow").answer({{"status", "Accepted"}});
    CHECK(reserved.get().outcome == outcome::result);
    auto box = gw.connect("CP-2", speaking(ocpp::version::v201));
    const std::string station_id = "T-" + std::to_string(whose.size());
    auto started = transaction_event("Started", station_id, 0, "Authorized");
    started["idToken"] = id_token(whose);
    box.call("TransactionEvent", started);
    box.call("TransactionEvent", transaction_event("Ended", station_id, 1, "StopAuthorized"));
}

json::value get(running_gateway& gw, const std::string& target) { return http_client(gw.port()).get(target).json(); }

}  // namespace

TEST_CASE_METHOD(stores, "What is stored of a tag is given out", "[privacy]") {
    running_gateway gw(in_store(), {}, clock);
    charge(gw, tag);
    charge(gw, "OTHER");
    http_client http(gw.port());
    CHECK(http.put("/api/v1/id-tags/" + std::string(tag), {{"status", "Blocked"}}).status == 201);
    const auto answer = http.get(of_tag);
    REQUIRE(answer.status == 200);
    const auto all = answer.json();
    CHECK(at(all, "/transactions").as_array().size() == 2);
    CHECK(text_at(all, "/transactions/0/idTag") == tag);
    CHECK(at(all, "/events").as_array().size() >= 5);
    CHECK(at(all, "/commands").as_array().size() == 1);
    CHECK(text_at(all, "/commands/0/payload/idTag") == tag);
    CHECK(at(all, "/reservations").as_array().size() == 1);
    CHECK(at(all, "/messages").as_array().size() >= 6);
    CHECK(text_at(all, "/listed/status") == "Blocked");
    CHECK(text_at(all, "/pseudonym").starts_with("~"));
    CHECK(at(all, "/refusals").as_array().empty());
    CHECK_FALSE(holds(answer.body, "OTHER"));
    // A list that names it names others too.
    auto cp = gw.connect("CP-1");
    auto listed = gw.send("CP-1", "SendLocalList",
                          {{"listVersion", 1},
                           {"updateType", "Full"},
                           {"localAuthorizationList", {{{"idTag", tag}}, {{"idTag", "OTHER"}}}}});
    cp.expect_call("SendLocalList").answer({{"status", "Accepted"}});
    CHECK(listed.get().outcome == outcome::result);
    const auto with_list = http.get(of_tag);
    CHECK(at(with_list.json(), "/commands").as_array().size() == 2);
    CHECK(holds(with_list.body, "localAuthorizationList"));
    CHECK_FALSE(holds(with_list.body, "OTHER"));
    const auto none = http.get("/api/v1/privacy/NOBODY").json();
    CHECK(at(none, "/transactions").as_array().empty());
    CHECK(at(none, "/events").as_array().empty());
    CHECK(at(none, "/messages").as_array().empty());
}

TEST_CASE_METHOD(stores, "An erased tag is nowhere any more, and the books stay", "[privacy]") {
    const std::string audit = directory.path() + "/audit.log";
    std::string pseudonym;
    {
        running_gateway gw(in_store([&](config& c) { c.api.audit_file = audit; }), {}, clock);
        charge(gw, tag);
        charge(gw, "OTHER");
        http_client http(gw.port());
        const auto before = http.get(of_tag).json();
        pseudonym = text_at(before, "/pseudonym");
        clock->advance(3h);
        const auto erased = http.del(of_tag);
        REQUIRE(erased.status == 200);
        CHECK(text_at(erased.json(), "/pseudonym") == pseudonym);
        CHECK(number_at(erased.json(), "/transactions") == 2);
        CHECK(number_at(erased.json(), "/events") ==
              static_cast<std::int64_t>(at(before, "/events").as_array().size()));
        CHECK(number_at(erased.json(), "/commands") == 1);
        CHECK(number_at(erased.json(), "/reservations") == 1);
        CHECK(at(erased.json(), "/listed") == false);

        const auto told = gw.expect_event(event_type::privacy_erased, "");
        CHECK(text_at(parse_json(told.event->payload), "/pseudonym") == pseudonym);
        CHECK(told.event->payload.find(tag) == std::string::npos);
        const auto after = http.get(of_tag).json();
        for (const auto* part : {"/transactions", "/commands", "/reservations", "/messages"}) {
            CAPTURE(part);
            CHECK(at(after, part).as_array().empty());
        }
        CHECK(at(after, "/events").as_array().empty());
        for (const auto* target : {"/api/v1/events", "/api/v1/transactions", "/api/v1/reservations",
                                   "/api/v1/charge-points/CP-1/messages", "/api/v1/charge-points/CP-2/messages"}) {
            CAPTURE(target);
            const auto body = http.get(target).body;
            CHECK_FALSE(holds(body, tag));
            CHECK(holds(body, "OTHER"));
        }
        // What was one customer's is still one customer's, whose name nothing leads to.
        const auto books = get(gw, "/api/v1/transactions?chargePointId=CP-1");
        const auto stands = text_at(books, "/items/1/idTag");
        CHECK(stands.starts_with("~"));
        CHECK(stands != pseudonym);
        CHECK(at(get(gw, "/api/v1/transactions?idTag=" + stands), "/items").as_array().size() == 2);
    }
    const auto noted = content_of(audit);
    CHECK(holds(noted, "erased " + pseudonym));
    CHECK(holds(noted, "exported " + pseudonym));
    CHECK_FALSE(holds(content_of_all(directory.path()), tag));
}

TEST_CASE_METHOD(stores, "Refusals that name a tag are given out, and go when it is erased", "[privacy]") {
    running_gateway gw(in_store(), {}, clock);
    const auto refused = [&gw](const std::string& target) {
        CHECK(try_connect(gw.port(), target).response.status == 404);
    };
    refused("/charging/" + std::string(tag));
    refused("/charging/with/" + std::string(tag) + "/CP-1");
    refused("/charging/with/%304A1B2C3D4/CP-2");
    refused("/charging/OTHER");
    refused("/charging/SITE-" + std::string(tag));  // the id of a charge point
    http_client http(gw.port());
    CHECK(at(http.get(of_tag).json(), "/refusals").as_array().size() == 3);
    CHECK(number_at(http.del(of_tag).json(), "/refusals") == 3);
    CHECK(at(http.get(of_tag).json(), "/refusals").as_array().empty());
    const auto left = http.get("/api/v1/refusals");
    CHECK(holds(left.body, "OTHER"));
    CHECK(at(left.json(), "/items").as_array().size() == 2);
    CHECK(holds(left.body, "SITE-" + std::string(tag)));
    refused("/charging/" + std::string(tag));  // noted anew
    CHECK(at(http.get(of_tag).json(), "/refusals").as_array().size() == 1);
}

TEST_CASE_METHOD(stores, "A tag in use is not erased", "[privacy]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    http_client http(gw.port());
    SECTION("its transaction runs") {
        const auto id = start(cp, start_request(tag));
        CHECK(http.del(of_tag).status == 409);
        CHECK(text_at(record(gw, id), "/idTag") == tag);
        cp.call("StopTransaction", {{"transactionId", id}, {"meterStop", 500}, {"timestamp", "2026-01-02T04:00:00Z"}});
        CHECK(http.del(of_tag).status == 200);
    }
    SECTION("a command that names it waits") {
        cp.hang_up();
        gw.expect_disconnect("CP-1");
        CHECK(http.post("/api/v1/charge-points/CP-1/commands", {{"commandName", "RemoteStartTransaction"},
                                                                {"payload", {{"idTag", tag}}},
                                                                {"expiresAt", "2026-01-03T00:00:00Z"}})
                  .status == 202);
        CHECK(http.del(of_tag).status == 409);
    }
}

TEST_CASE_METHOD(stores, "Export and erasure need both scopes, all charge points and a journal", "[privacy]") {
    const auto add = [](config& c, const std::string& name, std::vector<api_scope> scopes) {
        auto& t = c.api.tokens.emplace_back();
        t.name = name;
        t.sha256 = sha256_hex(name);
        t.scopes = std::move(scopes);
    };
    const auto as = [](const std::string& name) { return header_list{{"Authorization", "Bearer " + name}}; };
    in_journal = GENERATE(true, false);
    running_gateway gw(in_store([&](config& c) {
                           add(c, "admin", {api_scope::admin});
                           add(c, "desk", {api_scope::read, api_scope::personal});
                           add(c, "site", {api_scope::admin, api_scope::personal});
                           c.api.tokens.back().charge_points = {"*"};
                           add(c, "officer", {api_scope::admin, api_scope::personal});
                       }),
                       {}, clock);
    http_client http(gw.port());
    for (const auto* name : {"admin", "desk", "site"}) {
        CAPTURE(name);
        CHECK(http.get(of_tag, as(name)).status == 403);
        CHECK(http.del(of_tag, as(name)).status == 403);
    }
    CHECK(http.get(of_tag, as("officer")).status == (in_journal ? 200 : 501));
    CHECK(http.del(of_tag, as("officer")).status == (in_journal ? 200 : 501));
}

TEST_CASE_METHOD(stores, "The journal of a gateway that is stopped is erased in without it", "[privacy]") {
    std::ostringstream report;
    {
        running_gateway gw(in_store(), {}, clock);
        charge(gw, tag);
        CHECK_FALSE(erase_stored_tag(directory.path(), tag, this_machine(), report));  // it has it open
    }
    CHECK(holds(content_of_all(directory.path()), tag));
    CHECK(erase_stored_tag(directory.path(), tag, this_machine(), report));
    CHECK(holds(report.str(), "erased in 2 transactions"));
    CHECK_FALSE(holds(content_of_all(directory.path()), tag));
    running_gateway gw(in_store(), {}, clock);
    CHECK(at(get(gw, "/api/v1/events?type=privacy.erased"), "/items").as_array().size() == 1);
    CHECK(at(get(gw, of_tag), "/transactions").as_array().empty());
}

TEST_CASE_METHOD(stores, "After journal.keep_personal a tag's pseudonym stands in its place", "[privacy]") {
    const auto keep = [](config& c) { c.journal.keep_personal = 48h; };
    std::string pseudonym;
    {
        running_gateway gw(in_store(keep), {}, clock);
        charge(gw, tag);
        auto cp = gw.connect("CP-3");
        const auto running = start(cp, start_request("RUNNING"));
        pseudonym = text_at(get(gw, of_tag), "/pseudonym");
        clock->advance(47h);
        charge(gw, "YOUNG");
        const auto whose = [&](const std::string& name) {
            return at(get(gw, "/api/v1/transactions?idTag=" + name), "/items").as_array().size();
        };
        CHECK(whose(tag) == 2);
        clock->advance(2h);
        const auto left = [&] {
            return holds(http_client(gw.port()).get("/api/v1/events").body, tag) ||
                   holds(http_client(gw.port()).get("/api/v1/reservations").body, tag);
        };
        eventually([&] { return whose(tag) == 0; }, "old tags are replaced in transactions");
        eventually([&] { return !left(); }, "old tags are replaced everywhere");
        CHECK(whose(pseudonym) == 2);
        CHECK(whose("YOUNG") == 2);
        CHECK(text_at(record(gw, running), "/idTag") == "RUNNING");
        // It is still known whose they are to those who have the key.
        CHECK(at(get(gw, of_tag), "/transactions").as_array().size() == 2);
        auto back = gw.connect("CP-3");  // it was silent for longer than session.idle_timeout
        back.call("StopTransaction",
                  {{"transactionId", running}, {"meterStop", 500}, {"timestamp", "2026-01-04T04:00:00Z"}});
    }
    clock->advance(49h);
    running_gateway gw(in_store(keep), {}, clock);
    CHECK(http_client(gw.port()).post("/api/v1/clock/confirm", json::object()).status == 204);
    eventually([&] { return at(get(gw, "/api/v1/transactions?idTag=YOUNG"), "/items").as_array().empty(); },
               "it goes on where it was");
    eventually([&] { return at(get(gw, "/api/v1/transactions?idTag=RUNNING"), "/items").as_array().empty(); },
               "what has ended since is replaced too");
    CHECK(http_client(gw.port()).del(of_tag).status == 200);
    CHECK(at(get(gw, "/api/v1/transactions?idTag=" + pseudonym), "/items").as_array().empty());
}
