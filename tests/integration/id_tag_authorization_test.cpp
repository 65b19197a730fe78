// What the list of id tags means for charge points: Authorize, StartTransaction, StopTransaction.
#include "support/http_client.hpp"
#include "support/manual_clock.hpp"
#include "support/running_gateway.hpp"
#include "support/stores.hpp"
#include "support/temporary_directory.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <memory>
#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

json::object start_request(std::string_view tag, int connector = 1, std::string_view at = "2026-01-02T03:04:05Z") {
    return {{"connectorId", connector}, {"idTag", tag}, {"meterStart", 0}, {"timestamp", at}};
}

json::object stop_request(std::int64_t id, std::string_view tag) {
    return {{"transactionId", id}, {"idTag", tag}, {"meterStop", 10}, {"timestamp", "2026-01-02T04:04:05Z"}};
}

std::string status_in(const json::object& answer) { return text_at(answer, "/idTagInfo/status"); }

void put(http_client& http, const std::string& tag, const json::object& entry) {
    REQUIRE(http.put("/api/v1/id-tags/" + tag, entry).status / 100 == 2);
}

running_gateway::configure one_per_tag(const std::string& directory) {
    return journal_in(directory, [](config& c) { c.authorization.one_transaction_per_tag = true; });
}

}  // namespace

TEST_CASE("A listed id tag has its status in Authorize, StartTransaction and StopTransaction", "[id-tags]") {
    temporary_directory directory;
    running_gateway gateway(journal_in(directory.path()));
    http_client http(gateway.port());
    auto cp = gateway.connect("CP-1");
    for (const std::string status : {"Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx"}) {
        CAPTURE(status);
        put(http, "TAG", {{"status", status}, {"parentIdTag", "Fleet"}});
        const auto answer = cp.authorize("tag");
        CHECK(status_in(answer) == status);
        CHECK(text_at(answer, "/idTagInfo/parentIdTag") == "Fleet");
        CHECK_FALSE(has(answer, "/idTagInfo/expiryDate"));
        const auto seen = gateway.expect_event(event_type::authorization_requested, "CP-1");
        CHECK(seen.payload.at("idTagStatus").as_string() == status);
        const auto started = cp.call("StartTransaction", start_request("tag"));
        CHECK(status_in(started) == status);
        CHECK(status_in(cp.call("StopTransaction", stop_request(number_at(started, "/transactionId"), "tag"))) ==
              status);
    }
    CHECK(status_in(cp.authorize("other")) == "Accepted");
}

TEST_CASE("The configured policy is for id tags that are not listed", "[id-tags]") {
    temporary_directory directory;
    running_gateway gateway(journal_in(directory.path(), [](config& c) {
        c.authorization.policy = authorization_config::mode::list;
        c.authorization.id_tags = {"Known", "Both"};
    }));
    http_client http(gateway.port());
    auto cp = gateway.connect("CP-1");
    put(http, "LISTED", {{"status", "Accepted"}});
    put(http, "BOTH", {{"status", "Blocked"}});
    CHECK(status_in(cp.authorize("KNOWN")) == "Accepted");
    CHECK(status_in(cp.authorize("listed")) == "Accepted");
    CHECK(status_in(cp.authorize("both")) == "Blocked");
    CHECK(status_in(cp.authorize("nobody")) == "Invalid");
    CHECK(status_in(cp.call("StartTransaction", start_request("nobody"))) == "Invalid");
    CHECK(http.del("/api/v1/id-tags/both").status == 204);
    CHECK(status_in(cp.authorize("both")) == "Accepted");
}

TEST_CASE("An id tag is Accepted until its expiry, which is passed on", "[id-tags]") {
    temporary_directory directory;
    const auto clock = std::make_shared<manual_clock>();
    running_gateway gateway(journal_in(directory.path()), {}, clock);
    http_client http(gateway.port());
    auto cp = gateway.connect("CP-1");
    put(http, "TAG", {{"status", "Accepted"}, {"expiryDate", "2026-01-02T03:05:05Z"}});
    const auto before = cp.authorize("TAG");
    CHECK(status_in(before) == "Accepted");
    CHECK(text_at(before, "/idTagInfo/expiryDate") == "2026-01-02T03:05:05Z");
    clock->advance(std::chrono::seconds(60));
    const auto after = cp.authorize("TAG");
    CHECK(status_in(after) == "Expired");
    CHECK(text_at(after, "/idTagInfo/expiryDate") == "2026-01-02T03:05:05Z");
    CHECK(status_in(cp.call("StartTransaction", start_request("TAG"))) == "Expired");
    CHECK(text_at(http.get("/api/v1/id-tags/TAG").json(), "/status") == "Accepted");
}

TEST_CASE("A parent that OCPP 1.6 cannot hold is not told to a charge point that speaks it", "[id-tags]") {
    temporary_directory directory;
    running_gateway gateway(journal_in(directory.path()));
    http_client http(gateway.port());
    auto cp = gateway.connect("CP-1");
    put(http, "A", {{"status", "Accepted"}, {"parentIdTag", std::string(20, 'p')}});
    put(http, "B", {{"status", "Accepted"}, {"parentIdTag", std::string(21, 'p')}});
    CHECK(text_at(cp.authorize("A"), "/idTagInfo/parentIdTag") == std::string(20, 'p'));
    CHECK_FALSE(has(cp.authorize("B"), "/idTagInfo/parentIdTag"));
}

TEST_CASE("Where it is the rule, a second transaction of an id tag is ConcurrentTx until the first is stopped",
          "[id-tags]") {
    temporary_directory directory;
    std::int64_t first = 0, second = 0;
    {
        running_gateway gateway(one_per_tag(directory.path()));
        auto cp = gateway.connect("CP-1");
        auto other = gateway.connect("CP-2");
        const auto started = cp.call("StartTransaction", start_request("Tag"));
        CHECK(status_in(started) == "Accepted");
        first = number_at(started, "/transactionId");
        // Its retry is the same transaction.
        const auto again = cp.call("StartTransaction", start_request("Tag"));
        CHECK(status_in(again) == "Accepted");
        CHECK(number_at(again, "/transactionId") == first);
        const auto refused = other.call("StartTransaction", start_request("TAG"));
        CHECK(status_in(refused) == "ConcurrentTx");
        second = number_at(refused, "/transactionId");
        CHECK(status_in(other.call("StartTransaction", start_request("Another", 2))) == "Accepted");
    }
    // A restart frees nothing, and a retry is still one.
    running_gateway gateway(one_per_tag(directory.path()));
    auto cp = gateway.connect("CP-1");
    auto other = gateway.connect("CP-2");
    CHECK(status_in(cp.call("StartTransaction", start_request("Tag"))) == "Accepted");
    CHECK(status_in(other.call("StartTransaction", start_request("TAG"))) == "ConcurrentTx");
    cp.call("StopTransaction", stop_request(first, "Tag"));
    // The other one has an id too, but it was refused: it locks its tag out nowhere.
    CHECK(status_in(cp.call("StartTransaction", start_request("Tag", 2))) == "Accepted");
    CHECK(status_in(other.call("StopTransaction", stop_request(second, "TAG"))) == "Accepted");
}

TEST_CASE("Where it is the rule, a stopped transaction frees its id tag", "[id-tags]") {
    temporary_directory directory;
    running_gateway gateway(one_per_tag(directory.path()));
    http_client http(gateway.port());
    auto cp = gateway.connect("CP-1");
    const auto started = cp.call("StartTransaction", start_request("TAG"));
    CHECK(status_in(started) == "Accepted");
    CHECK(status_in(cp.call("StopTransaction", stop_request(number_at(started, "/transactionId"), "TAG"))) ==
          "Accepted");
    const auto second = cp.call("StartTransaction", start_request("tag", 1, "2026-01-02T05:04:05Z"));
    CHECK(status_in(second) == "Accepted");
    CHECK(number_at(second, "/transactionId") != number_at(started, "/transactionId"));
    // Those who charge without a card are not one and the same.
    auto other = gateway.connect("CP-2");
    for (auto* anybody : {&cp, &other})
        CHECK(status_in(anybody->call("StartTransaction", start_request("", 3))) == "Accepted");
    // What the list refuses stays refused for its own reason.
    put(http, "tag", {{"status", "Blocked"}});
    CHECK(status_in(cp.call("StartTransaction", start_request("TAG", 2))) == "Blocked");
}

namespace {

// What tags an honest charge point may show, beside the usual ones.
const std::string odd_tags[] = {"", " ", "04 A1 B2", "TAG-1   ", "\xc3\xa4", std::string(300, 'x')};

/// What 2.x is told of a token, by Authorize and in another transaction each time.
std::string status_of(charge_point& cp, std::string_view text, std::string_view type = "Central") {
    static int number = 0;
    json::object request;
    request["idToken"] = id_token(text, type);
    const auto authorized = text_at(cp.call("Authorize", request), "/idTokenInfo/status");
    auto started = transaction_event("Started", "tx-" + std::to_string(++number), 0, "Authorized");
    started["idToken"] = id_token(text, type);
    CHECK(text_at(cp.call("TransactionEvent", started), "/idTokenInfo/status") == authorized);
    return authorized;
}

}  // namespace

TEST_CASE_METHOD(either_store, "Where everybody may charge, everybody may, whatever the tag", "[id-tags]") {
    running_gateway gateway(in_store());
    auto cp = gateway.connect("CP-1");
    auto of_2x = gateway.connect("CP-2", speaking(GENERATE(ocpp::version::v201, ocpp::version::v21)));
    int connector = 0;
    for (const auto& tag : odd_tags) {
        CAPTURE(tag);
        CHECK(status_in(cp.authorize(tag)) == "Accepted");
        const auto started = cp.call("StartTransaction", start_request(tag, ++connector));
        CHECK(status_in(started) == "Accepted");
        CHECK(status_in(cp.call("StopTransaction", stop_request(number_at(started, "/transactionId"), tag))) ==
              "Accepted");
        CHECK(status_of(of_2x, tag) == "Accepted");
    }
    CHECK(status_of(of_2x, "", "NoAuthorization") == "Accepted");
}

TEST_CASE_METHOD(either_store, "Tags with blanks and the empty one are listed by the configuration", "[id-tags]") {
    running_gateway gateway(in_store([](config& c) {
        c.authorization.policy = authorization_config::mode::list;
        c.authorization.id_tags = {"", "04 A1 B2", "TAG-1   "};
    }));
    auto cp = gateway.connect("CP-1");
    auto of_2x = gateway.connect("CP-2", speaking(GENERATE(ocpp::version::v201, ocpp::version::v21)));
    for (const auto* tag : {"", "04 a1 b2", "TAG-1   "}) {
        CHECK(status_in(cp.authorize(tag)) == "Accepted");
        CHECK(status_of(of_2x, tag) == "Accepted");
    }
    for (const auto* tag : {" ", "04A1B2", "TAG-1"}) {
        CHECK(status_in(cp.authorize(tag)) == "Invalid");
        CHECK(status_of(of_2x, tag) == "Invalid");
    }
    // What has no tag at all is not the one without a card.
    const auto no_tag = cp.call("StartTransaction", {{"connectorId", 1}, {"meterStart", 0}});
    CHECK(status_in(no_tag) == "Invalid");
    json::object without;
    without["idToken"] = json::object({{"type", "Central"}});
    auto started = transaction_event("Started", "tx-without", 0, "Authorized");
    started["idToken"] = without["idToken"];
    CHECK(text_at(of_2x.call("TransactionEvent", started), "/idTokenInfo/status") == "Invalid");
}

TEST_CASE("Charging without a card is blocked and allowed by the list, in every version", "[id-tags]") {
    temporary_directory directory;
    running_gateway gateway(
        journal_in(directory.path(), [](config& c) { c.authorization.policy = authorization_config::mode::list; }));
    http_client http(gateway.port());
    auto cp = gateway.connect("CP-1");
    auto of_2x = gateway.connect("CP-2", speaking(GENERATE(ocpp::version::v201, ocpp::version::v21)));
    // OCPP says that NoAuthorization is accepted, until somebody says otherwise.
    CHECK(status_in(cp.authorize("")) == "Invalid");
    CHECK(status_of(of_2x, "", "NoAuthorization") == "Accepted");
    put(http, "", {{"idTag", ""}, {"status", "Blocked"}});
    CHECK(status_in(cp.authorize("")) == "Blocked");
    CHECK(status_of(of_2x, "", "NoAuthorization") == "Blocked");
    put(http, "", {{"idTag", ""}, {"status", "Accepted"}});
    CHECK(status_in(cp.authorize("")) == "Accepted");
    CHECK(status_of(of_2x, "", "NoAuthorization") == "Accepted");
}

TEST_CASE("Where charging without a card is blocked, a message without a tag is no way around it", "[id-tags]") {
    temporary_directory directory;
    running_gateway gateway(journal_in(directory.path()));
    http_client http(gateway.port());
    auto cp = gateway.connect("CP-1");
    auto of_2x = gateway.connect("CP-2", speaking(GENERATE(ocpp::version::v201, ocpp::version::v21)));
    const auto status_without = [&](json::object request) {
        const auto started = cp.call("StartTransaction", std::move(request));
        cp.call("StopTransaction", stop_request(number_at(started, "/transactionId"), "T"));
        return status_in(started);
    };
    auto with_null = start_request("", 1);
    with_null["idTag"] = nullptr;
    auto with_object = with_null;
    with_object["idTag"] = json::object();
    auto without = with_null;
    without.erase("idTag");
    auto with_boolean = with_null;
    with_boolean["idTag"] = false;
    const auto requests = {with_null, with_object, with_boolean, without};
    for (const auto& r : requests) CHECK(status_without(r) == "Accepted");
    put(http, "", {{"idTag", ""}, {"status", "Blocked"}});
    for (const auto& r : requests) CHECK(status_without(r) == "Blocked");
    auto started = transaction_event("Started", "tx-without", 0, "Authorized");
    started["idToken"] = json::object({{"type", "Central"}});
    CHECK(text_at(of_2x.call("TransactionEvent", started), "/idTokenInfo/status") == "Blocked");
}
