// What is set of single charge points through the HTTP interface: one by one, or a fleet at once.
#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "observe/log.hpp"
#include "runtime/core.hpp"
#include "security/credentials.hpp"
#include "support/basic_auth.hpp"
#include "support/faulty_disk.hpp"
#include "support/stores.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

const std::string fleet = "/api/v1/charge-points", one = fleet + "/CP-1";
const std::string password = "correct-Horse-battery-9", other_password = "another-Horse-battery-7";

json::object strict_about_properties() { return {{"interval", "1m"}, {"rules", {{"unknown_property", "strict"}}}}; }

void on_profile_1(config& c) {
    c.server.security_profile = 1;
    c.security.failure_delay = 1ms;
}

int status_with(running_gateway& gw, const std::string& id, const std::string& secret) {
    return try_connect(gw.port(), "/ocpp/" + id, with_password(id, secret)).response.status;
}

}  // namespace

TEST_CASE_METHOD(either_store, "What is set of a charge point is shown, replaced as a whole, and forgotten",
                 "[profile]") {
    running_gateway gw(in_store());
    http_client http(gw.port());
    const json::object full = {{"labels", {"tenant:7", "site:north"}},
                               {"expectedSerialNumber", "SN-1"},
                               {"overrides", strict_about_properties()}};
    const auto made = http.put(one, full);
    CHECK(made.status == 201);
    CHECK(text_at(made.json(), "/settings/interval/from") == "overrides");
    auto record = http.get(one).json();
    CHECK(at(record, "/labels") == json::array({"site:north", "tenant:7"}));
    CHECK(text_at(record, "/expectedSerialNumber") == "SN-1");
    CHECK(at(record, "/overrides") == strict_about_properties());
    CHECK(text_at(record, "/settings/interval/value") == "1m");
    CHECK(at(record, "/lastSeen").is_null());
    CHECK(at(record, "/connected") == false);
    CHECK(http.put(one, json::object({{"labels", {"x"}}})).status == 200);
    record = http.get("/api/v1/charge-points/cp-1").json();
    CHECK(at(record, "/labels") == json::array({"x"}));
    CHECK(at(record, "/expectedSerialNumber").is_null());
    CHECK(at(record, "/overrides").as_object().empty());
    CHECK(at(http.get(fleet).json(), "/items/0/labels") == json::array({"x"}));
    CHECK(http.del(one).status == 204);
    CHECK(http.del(one).status == 404);
    CHECK(http.get(one).status == 404);  // it was never seen
}

TEST_CASE_METHOD(either_store, "A connected charge point goes by what is set at once", "[profile]") {
    running_gateway gw(in_store());
    http_client http(gw.port());
    for (const auto v : {ocpp::version::v16, ocpp::version::v201, ocpp::version::v21}) {
        CAPTURE(ocpp::to_string(v));
        const std::string id = "CP-" + std::string(ocpp::to_string(v));
        auto cp = gw.connect(id, speaking(v));
        cp.call("Heartbeat", {{"x", 1}});
        CHECK(http.put(fleet + '/' + id, json::object({{"overrides", strict_about_properties()}})).status == 201);
        cp.call_error("Heartbeat", {{"x", 1}});
        CHECK(http.del(fleet + '/' + id).status == 204);
        cp.call("Heartbeat", {{"x", 1}});
        CHECK(http.get(fleet + '/' + id).status == 200);  // it was seen
    }
}

TEST_CASE_METHOD(either_store, "Pings and the least security profile are set of one charge point alone", "[profile]") {
    running_gateway gw(in_store([](config& c) { c.security.failure_delay = 1ms; }));
    http_client http(gw.port());
    auto cp = gw.connect("CP-1"), other = gw.connect("CP-2");
    const json::object overrides = {{"ping_interval", "20ms"}, {"security_profile", 1}};
    CHECK(http.put(one, json::object({{"overrides", overrides}})).status == 201);
    for (int i = 0; i < 3; ++i) cp.expect_ping();
    cp.close();
    CHECK(try_connect(gw.port(), "/ocpp/CP-1").response.status == 403);
    other.heartbeat();
    CHECK(try_connect(gw.port(), "/ocpp/CP-2").response.status == 101);
}

TEST_CASE_METHOD(test::stores, "What is set survives a restart, of charge points that never came too", "[profile]") {
    {
        running_gateway gw(in_store());
        const json::object body = {{"labels", {"x"}}, {"overrides", strict_about_properties()}};
        CHECK(http_client(gw.port()).put(one, body).status == 201);
        gw.stop();
    }
    running_gateway gw(in_store());
    CHECK(at(http_client(gw.port()).get(one).json(), "/labels") == json::array({"x"}));
    gw.connect("CP-1").call_error("Heartbeat", {{"x", 1}});
}

TEST_CASE_METHOD(either_store, "What cannot be set is refused and changes nothing", "[profile]") {
    running_gateway gw(in_store());
    http_client http(gw.port());
    CHECK(http.put(one, json::object({{"labels", {"kept"}}})).status == 201);
    const std::pair<std::string, std::string> wrong[] = {
        {R"({"labels":["a b"]})", "labels must be"},
        {R"({"expectedSerialNumber":""})", "leave it out"},
        {R"({"overrides":{"interval":"0s"}})", "1s to 30d"},
        {R"({"overrides":{"idle_timeuot":"1m"}})", "did you mean idle_timeout?"},
        {R"({"overrides":{"interval":"10h"}})", "not longer than interval"},
        {R"({"overrides":{"idle_timeout":"2s","interval":"1m"}})", "not longer than interval"},
        {R"({"overrides":{"action_rates":["Heartbet=1"]}})", "did you mean Heartbeat?"},
        {R"({"password":"x"})", "unknown member"},
        {R"({"id":"CP-2"})", "the path"},
        {"[]", "must be a JSON object"},
    };
    for (const auto& [body, what] : wrong) {
        CAPTURE(body);
        const auto answer = http.request("PUT", one, body, {});
        CHECK(answer.status == 400);
        CHECK_THAT(answer.body, ContainsSubstring(what));
    }
    CHECK(http.put(fleet + "/a%2Fb", json::object()).status == 400);
    CHECK(http.put(one + "?x=1", json::object()).status == 400);
    CHECK(at(http.get(one).json(), "/labels") == json::array({"kept"}));
}

TEST_CASE_METHOD(either_store,
                 "If-Match and If-None-Match guard what is set against changes that know nothing of each other",
                 "[profile]") {
    running_gateway gw(in_store());
    http_client http(gw.port());
    const auto put = [&](const char* label, const header_list& condition) {
        return http.request("PUT", one, R"({"labels":[")" + std::string(label) + R"("]})", condition);
    };
    CHECK(put("a", {{"If-Match", "*"}}).status == 412);
    CHECK(put("a", {{"If-Match", "\"1\""}}).status == 412);
    CHECK(put("a", {{"If-Match", ""}}).status == 400);  // a variable that was not set, say
    const auto created = put("a", {{"If-None-Match", "*"}});
    CHECK(created.status == 201);
    const auto first = created.header("ETag");
    CHECK(http.get(one).header("ETag") == first);
    const auto again = put("b", {{"If-None-Match", "*"}});
    CHECK(again.status == 412);
    CHECK(again.header("ETag") == first);
    CHECK_THAT(text_at(again.json(), "/detail"), ContainsSubstring("If-None-Match"));
    const auto replaced = put("b", {{"If-Match", "\"x\", " + first}});
    CHECK(replaced.status == 200);
    const auto second = replaced.header("ETag");
    CHECK(second != first);
    CHECK(put("c", {{"If-Match", first}}).status == 412);
    CHECK(put("c", {{"If-Match", "7"}}).status == 400);
    CHECK(http.del(one, {{"If-Match", first}}).status == 412);
    CHECK(http.del(one, {{"If-Match", "\"7"}}).status == 400);
    CHECK(at(http.get(one).json(), "/labels") == json::array({"b"}));
    CHECK(put("d", {}).status == 200);
    CHECK(http.del(one, {{"If-Match", second}}).status == 412);
    CHECK(http.del("/api/v1/charge-points/cp-1", {{"If-Match", http.get(one).header("ETag")}}).status == 204);
    CHECK(http.del(one, {{"If-Match", "*"}}).status == 404);
}

TEST_CASE_METHOD(either_store, "The ETag of a charge point is of what is set of it, whatever else happens",
                 "[profile]") {
    running_gateway gw(in_store());
    http_client http(gw.port());
    auto cp = gw.connect("CP-1");
    cp.boot();
    CHECK_FALSE(http.get(one).has_header("ETag"));
    const json::object body = {{"labels", {"y", "x"}}, {"expectedSerialNumber", "SN-1"}};
    const auto tag = http.put(one, body).header("ETag");
    cp.close();
    gw.expect_disconnect("CP-1");
    CHECK(http.get(one).header("ETag") == tag);
    const auto whole = http.request("GET", one, "", {{"If-None-Match", tag}});
    CHECK(whole.status == 200);
    CHECK(at(whole.json(), "/connected") == false);
    CHECK(http.put(one, json::object({{"labels", {"x", "y"}}, {"expectedSerialNumber", "SN-2"}})).header("ETag") !=
          tag);
    CHECK(http.put(one, body).header("ETag") == tag);
}

TEST_CASE_METHOD(test::stores, "The ETag of what is set outlives a restart", "[profile]") {
    std::string tag;
    {
        running_gateway gw(in_store());
        tag = http_client(gw.port()).put(one, json::object({{"overrides", strict_about_properties()}})).header("ETag");
        gw.stop();
    }
    running_gateway gw(in_store());
    http_client http(gw.port());
    CHECK(http.get(one).header("ETag") == tag);
    CHECK(http.del(one, {{"If-Match", tag}}).status == 204);
}

TEST_CASE_METHOD(either_store, "Of many changes with the same If-Match one is made", "[profile]") {
    running_gateway gw(in_store());
    const auto tag = http_client(gw.port()).put(one, json::object()).header("ETag");
    std::vector<std::future<int>> answers;
    for (int i = 0; i < 8; ++i) {
        answers.push_back(std::async(std::launch::async, [&gw, &tag, i] {
            const std::string body = R"({"labels":[")" + std::to_string(i) + R"("]})";
            return http_client(gw.port()).request("PUT", one, body, {{"If-Match", tag}}).status;
        }));
    }
    int made = 0, refused = 0;
    for (auto& answer : answers) {
        const int status = answer.get();
        made += status == 200 ? 1 : 0;
        refused += status == 412 ? 1 : 0;
    }
    CHECK(made == 1);
    CHECK(refused == 7);
}

TEST_CASE("What a full disk does not take is not in force", "[profile]") {
    const temporary_directory directory;
    faulty_disk disk(directory.path());
    running_gateway gw(journal_in(directory.path(), [](config& c) { c.events.commit_timeout = 50ms; }));
    http_client http(gw.port());
    auto cp = gw.connect("CP-1");
    disk.set(faulty_disk::fault::full);
    const json::object body = {{"overrides", strict_about_properties()}};
    CHECK(http.put(one, body).status == 503);
    CHECK(http.del(one).status == 503);
    const json::array entries = {json::object({{"id", "CP-1"}, {"overrides", strict_about_properties()}})};
    const auto refused = http.post(fleet, entries);
    CHECK(refused.status == 503);
    CHECK_THAT(refused.body, ContainsSubstring("0 of 1 entries"));
    cp.call("Heartbeat", {{"x", 1}});
    disk.set(faulty_disk::fault::none);
}

TEST_CASE_METHOD(either_store, "A fleet comes with its passwords, labels and settings", "[profile]") {
    running_gateway gw(in_store(on_profile_1));
    http_client http(gw.port());
    const json::array entries = {
        json::object({{"id", "CP-1"}, {"password", password}, {"labels", {"site:north"}}}),
        json::object({{"id", "CP-2"}, {"passwordHash", hash_password(other_password, this_machine().random())}}),
        json::object({{"id", "CP-3"}, {"overrides", strict_about_properties()}}),
    };
    const auto answer = http.post(fleet, entries);
    CHECK(answer.status == 200);
    CHECK(number_at(answer.json(), "/imported") == 3);
    CHECK(number_at(answer.json(), "/passwords") == 2);
    CHECK(answer.body.find(password) == std::string::npos);
    CHECK(status_with(gw, "CP-1", password) == 101);
    CHECK(status_with(gw, "CP-2", other_password) == 101);
    CHECK(status_with(gw, "CP-2", password) == 401);
    CHECK(status_with(gw, "CP-3", password) == 401);
    CHECK(at(http.get(fleet).json(), "/items").as_array().size() == 3);
    CHECK(text_at(http.get(fleet + "/CP-3").json(), "/settings/interval/from") == "overrides");
    // Again, in the other form and without a password: it stays.
    const json::array again = {json::object({{"id", "CP-1"}, {"labels", {"site:south"}}})};
    CHECK(http.post(fleet, json::object({{"items", again}})).status == 200);
    CHECK(status_with(gw, "CP-1", password) == 101);
    CHECK(at(http.get(one).json(), "/labels") == json::array({"site:south"}));
}

TEST_CASE_METHOD(either_store, "A fleet with one wrong entry is refused as a whole", "[profile]") {
    running_gateway gw(in_store(on_profile_1));
    http_client http(gw.port());
    const std::string good = R"({"id":"CP-1","password":")" + password + "\"}";
    const std::pair<std::string, std::string> wrong[] = {
        {"[" + good + R"(,{"id":"CP-2","labels":["a b"]}])", "entry 1 (the first is 0): labels must be"},
        {"[" + good + R"(,{"id":"cp-1"}])", "the same as in entry 0"},
        {"[" + good + ",1]", "entry 1 (the first is 0): must be an object"},
        {"[" + good, "entry 1"},
        {"{\"entries\":[" + good + "]}", "must be an array of entries"},
        {"[" + good + ",{\"id\":\"" + std::string(20'000, 'x') + "\"}]", "must have at most 16384 bytes"},
    };
    for (const auto& [body, what] : wrong) {
        CAPTURE(body.substr(0, 200));
        const auto answer = http.post_text(fleet, body);
        CHECK(answer.status == 400);
        CHECK_THAT(answer.body, ContainsSubstring(what));
        CHECK(answer.body.find(password) == std::string::npos);
    }
    CHECK(status_with(gw, "CP-1", password) == 401);
    CHECK(http.get(one).status == 404);
}

TEST_CASE_METHOD(either_store, "A fleet of 15,000 comes in one request, and is listed by label", "[profile]") {
    running_gateway gw(in_store(on_profile_1));
    http_client http(gw.port());
    http.set_patience(60s);
    json::array entries;
    for (int i = 0; i < 15'000; ++i) {
        entries.push_back(json::object({{"id", "CP-" + std::to_string(i)},
                                        {"password", password + std::to_string(i)},
                                        {"labels", {"site:" + std::to_string(i % 10), "all"}}}));
    }
    CHECK(http.post(fleet, entries).status == 200);
    CHECK(status_with(gw, "CP-14999", password + "14999") == 101);
    const auto page = http.get(fleet + "?label=site:7,all&limit=10000").json();
    CHECK(at(page, "/items").as_array().size() == 1500);
}

TEST_CASE("A boot with another serial number than is expected is logged", "[profile]") {
    std::mutex mutex;
    std::string text;
    running_gateway gw({}, [&](gateway& g) {
        core_of(g).set_log(std::make_unique<voltgate::log>(log_config(), this_machine().clock(),
                                                           [&](log_config::severity, std::string_view line) {
                                                               const std::lock_guard lock(mutex);
                                                               text.append(line) += '\n';
                                                           }));
    });
    CHECK(http_client(gw.port()).put(one, json::object({{"expectedSerialNumber", "SN-1"}})).status == 201);
    auto cp = gw.connect("CP-1");
    json::object boot = {{"chargePointVendor", "A"}, {"chargePointModel", "B"}, {"chargePointSerialNumber", "SN-1"}};
    cp.call("BootNotification", boot);
    boot["chargePointSerialNumber"] = "SN-2";
    cp.call("BootNotification", boot);
    cp.close();
    gw.stop();
    const std::lock_guard lock(mutex);
    CHECK_THAT(text, ContainsSubstring("another serial number than is expected"));
    CHECK(text.find("another serial number than is expected") == text.rfind("another serial number than is expected"));
}

TEST_CASE_METHOD(either_store, "No more charge points are set than are remembered", "[profile]") {
    running_gateway gw(in_store([](config& c) { c.limits.charge_points = 2; }));
    http_client http(gw.port());
    const auto entry = [](const char* id) { return json::object({{"id", id}}); };
    CHECK(http.post(fleet, json::array{entry("CP-1"), entry("CP-2"), entry("CP-3")}).status == 409);
    CHECK(http.post(fleet, json::array{entry("CP-1"), entry("CP-2")}).status == 200);
    CHECK(http.post(fleet, json::array{entry("CP-1"), entry("CP-2")}).status == 200);
    CHECK(http.put(fleet + "/CP-3", json::object()).status == 409);
    CHECK(http.put(one, json::object()).status == 200);
    CHECK(http.del(one).status == 204);
    CHECK(http.put(fleet + "/CP-3", json::object()).status == 201);
}
