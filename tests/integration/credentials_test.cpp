// Passwords that are managed over HTTP: set, generated, rotated, removed; and nowhere to be read again.
#include "security/credentials.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "observe/log.hpp"
#include "runtime/core.hpp"
#include "support/basic_auth.hpp"
#include "support/faulty_disk.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <fstream>
#include <future>
#include <iterator>
#include <mutex>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

const std::string path = "/api/v1/charge-points/CP-1/credentials";
const std::string chosen = "correct-Horse-battery-9";
const json::object accepted = {{"status", "Accepted"}};

void on_profile_1(config& c) {
    c.server.security_profile = 1;
    c.security.failure_delay = 1ms;
}

int status_with(running_gateway& gw, const std::string& password) {
    return try_connect(gw.port(), "/ocpp/CP-1", with_password("CP-1", password)).response.status;
}

/// The request's answer while the test plays the charge point.
std::future<http_response> rotate(running_gateway& gw, json::object body = {}) {
    return std::async(std::launch::async, [port = gw.port(), body = std::move(body)] {
        return http_client(port).post(path + "/rotate", body);
    });
}

std::string whole_file(const std::string& name) {
    std::ifstream in(name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct captured_log {
    std::mutex mutex;
    std::string text;

    void attach(gateway& g) {
        log_config c;
        c.level = log_config::severity::trace;
        core_of(g).set_log(std::make_unique<voltgate::log>(c, this_machine().clock(),
                                                           [this](log_config::severity, std::string_view line) {
                                                               const std::lock_guard lock(mutex);
                                                               text.append(line) += '\n';
                                                           }));
    }
    std::string read() {
        const std::lock_guard lock(mutex);
        return text;
    }
};

}  // namespace

TEST_CASE("A password is set, shown by what is known of it, and removed", "[credentials]") {
    const temporary_directory directory;
    const bool with_journal = GENERATE(true, false);
    running_gateway gw(with_journal ? journal_in(directory.path(), on_profile_1) : on_profile_1);
    http_client http(gw.port());
    CHECK(http.get(path).status == 404);
    CHECK(http.del(path).status == 404);
    CHECK(status_with(gw, chosen) == 401);
    const auto set = http.put(path, {{"password", chosen}});
    CHECK(set.status == 201);
    CHECK(set.body.find(chosen) == std::string::npos);
    const auto known = http.get("/api/v1/charge-points/cp-1/credentials");
    CHECK(known.status == 200);
    CHECK(text_at(known.json(), "/source") == "stored");
    CHECK(is_utc_timestamp(text_at(known.json(), "/setAt")));
    CHECK(at(known.json(), "/pending") == false);
    CHECK(known.body.find("sha256") == std::string::npos);
    CHECK(status_with(gw, chosen) == 101);
    const auto changed = http.put(path, {{"generate", "hex"}});
    CHECK(changed.status == 200);
    const auto generated = text_at(changed.json(), "/password");
    CHECK(generated.size() == 40);
    CHECK(status_with(gw, chosen) == 401);
    CHECK(status_with(gw, generated) == 101);
    CHECK(http.get(path).body.find(generated) == std::string::npos);
    CHECK(http.del(path).status == 204);
    CHECK(status_with(gw, generated) == 401);
}

TEST_CASE("What is no password is refused, and not repeated", "[credentials]") {
    running_gateway gw(on_profile_1);
    http_client http(gw.port());
    for (const json::value& body :
         {json::value(json::object{}), json::value(json::object{{"password", "short-One"}}),
          json::value(json::object{{"password", "aaaaaaaaaaaaaaaaaaaaaaaa"}}),
          json::value(json::object{{"password", 7}}), json::value(json::object{{"generate", "odd"}}),
          json::value(json::array{}), json::value(json::object{{"password", chosen}, {"generate", "hex"}})}) {
        const auto r = http.put(path, body);
        CAPTURE(r.body);
        CHECK(r.status == 400);
        CHECK(r.body.find("short-One") == std::string::npos);
    }
    CHECK(http.put(path + "?x=1", {{"generate", "hex"}}).status == 400);
    CHECK(http.put("/api/v1/charge-points/a%2Fb/credentials", {{"generate", "hex"}}).status == 400);
    CHECK(http.post(path + "/rotate", {{"form", "odd"}}).status == 400);
    CHECK(http.post(path + "/rotate", {{"other", true}}).status == 400);
}

TEST_CASE("Passwords outlive the process, and go before those of the configuration", "[credentials]") {
    const temporary_directory directory;
    const auto configured = [](config& c) {
        on_profile_1(c);
        c.charge_points.emplace_back().pattern = "CP-*";
        c.charge_points.back().password = hash_password("configured-Password-3", this_machine().random());
    };
    {
        running_gateway gw(journal_in(directory.path(), configured));
        http_client http(gw.port());
        CHECK(text_at(http.get(path).json(), "/source") == "configured");
        CHECK(status_with(gw, "configured-Password-3") == 101);
        CHECK(http.put(path, {{"password", chosen}}).status == 201);
    }
    running_gateway gw(journal_in(directory.path(), configured));
    CHECK(status_with(gw, "configured-Password-3") == 401);
    CHECK(status_with(gw, chosen) == 101);
}

TEST_CASE("During a rotation either password works, until the new one is used first", "[credentials]") {
    const auto* const answer = GENERATE("Accepted", "RebootRequired");
    running_gateway gw(on_profile_1);
    http_client http(gw.port());
    CHECK(http.put(path, {{"password", chosen}}).status == 201);
    auto cp = gw.connect("CP-1", with_password("CP-1", chosen));
    auto pending = rotate(gw);
    const auto call = cp.expect_call("ChangeConfiguration");
    CHECK(text_at(call.payload, "/key") == "AuthorizationKey");
    const auto fresh = text_at(call.payload, "/value");
    CHECK(fresh.size() == 40);
    CHECK(status_with(gw, chosen) == 101);  // before the answer
    auto again = gw.connect("CP-1", with_password("CP-1", chosen));
    const auto lost = pending.get();
    CHECK(lost.status == 504);
    CHECK(at(lost.json(), "/pending") == true);
    CHECK(http.post(path + "/rotate", json::object()).status == 409);

    auto second = rotate(gw, {{"replacePending", true}, {"form", "text"}});
    const auto next = again.expect_call("ChangeConfiguration");
    const auto fresher = text_at(next.payload, "/value");
    CHECK(fresher.size() == 20);
    next.answer({{"status", answer}});
    const auto told = second.get();
    CHECK(told.status == 200);
    CHECK(text_at(told.json(), "/status") == answer);
    CHECK(at(told.json(), "/pending") == true);
    CHECK(told.body.find(fresher) == std::string::npos);
    CHECK(status_with(gw, chosen) == 101);
    CHECK(status_with(gw, fresh) == 401);
    CHECK(status_with(gw, fresher) == 101);
    CHECK(status_with(gw, chosen) == 401);
    CHECK(at(http.get(path).json(), "/pending") == false);
}

TEST_CASE("A rotation that the charge point refuses changes nothing", "[credentials]") {
    running_gateway gw(on_profile_1);
    http_client http(gw.port());
    const auto offline = http.post(path + "/rotate", json::object());
    CHECK(offline.status == 404);
    CHECK(http.get(path).status == 404);
    CHECK(http.put(path, {{"password", chosen}}).status == 201);
    auto cp = gw.connect("CP-1", with_password("CP-1", chosen));
    auto pending = rotate(gw);
    const auto call = cp.expect_call("ChangeConfiguration");
    call.answer({{"status", "Rejected"}});
    const auto told = pending.get();
    CHECK(told.status == 200);
    CHECK(at(told.json(), "/pending") == false);
    CHECK(status_with(gw, text_at(call.payload, "/value")) == 401);
    CHECK(status_with(gw, chosen) == 101);
}

TEST_CASE("A 2.0.1 charge point is told by SetVariables", "[credentials]") {
    running_gateway gw([](config& c) {
        on_profile_1(c);
        c.server.versions = {ocpp::version::v201};
    });
    http_client http(gw.port());
    CHECK(http.put(path, {{"password", chosen}}).status == 201);
    auto options = with_password("CP-1", chosen);
    options.subprotocols = {"ocpp2.0.1"};
    test::charge_point cp(gw.port(), "CP-1", options);
    gw.expect_event(event_type::charge_point_connected, "CP-1");
    auto pending = rotate(gw);
    const auto call = cp.expect_call("SetVariables");
    const auto fresh = text_at(call.payload, "/setVariableData/0/attributeValue");
    CHECK(text_at(call.payload, "/setVariableData/0/variable/name") == "BasicAuthPassword");
    const json::object component = {{"name", "SecurityCtrlr"}}, variable = {{"name", "BasicAuthPassword"}};
    const json::object result = {{"attributeStatus", "Accepted"}, {"component", component}, {"variable", variable}};
    call.answer({{"setVariableResult", json::array{result}}});
    const auto told = pending.get();
    CHECK(told.status == 200);
    CHECK(at(told.json(), "/pending") == true);
    const auto messages = http.get("/api/v1/charge-points/CP-1/messages").body;
    CHECK(messages.find("SetVariables") != std::string::npos);
    CHECK(messages.find(fresh) == std::string::npos);
}

TEST_CASE("Who does not say whether it took a new password may have it", "[credentials]") {
    running_gateway gw(on_profile_1);
    http_client http(gw.port());
    CHECK(http.put(path, {{"password", chosen}}).status == 201);
    auto options = with_password("CP-1", chosen);
    options.subprotocols = {"ocpp2.0.1"};
    test::charge_point cp(gw.port(), "CP-1", options);
    gw.expect_event(event_type::charge_point_connected, "CP-1");
    auto pending = rotate(gw);
    const auto call = cp.expect_call("SetVariables");
    const auto fresh = text_at(call.payload, "/setVariableData/0/attributeValue");
    SECTION("no result") { call.answer({{"setVariableResult", json::array()}}); }
    SECTION("a result without status") { call.answer({{"setVariableResult", {{{"attributeStatus", nullptr}}}}}); }
    CHECK(at(pending.get().json(), "/pending") == true);
    CHECK(status_with(gw, fresh) == 101);
}

TEST_CASE("A first password is given to a charge point that has none yet", "[credentials]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    auto pending = rotate(gw);
    const auto call = cp.expect_call("ChangeConfiguration");
    call.answer(accepted);
    CHECK(pending.get().status == 200);
    CHECK(try_connect(gw.port(), "/ocpp/CP-1").upgraded());
    CHECK(status_with(gw, text_at(call.payload, "/value")) == 101);
    CHECK(try_connect(gw.port(), "/ocpp/CP-1").response.status == 401);
}

TEST_CASE("While the disk is full passwords stay as they are, and open", "[credentials]") {
    const temporary_directory directory;
    faulty_disk disk(directory.path());
    running_gateway gw(journal_in(directory.path(), [](config& c) {
        on_profile_1(c);
        c.events.commit_timeout = 50ms;
    }));
    http_client http(gw.port());
    CHECK(http.put(path, {{"password", chosen}}).status == 201);
    auto cp = gw.connect("CP-1", with_password("CP-1", chosen));
    disk.set(faulty_disk::fault::full);
    const auto refused = http.put(path, {{"generate", "hex"}});
    CHECK(refused.status == 503);
    CHECK(refused.has_header("Retry-After"));
    CHECK(http.del(path).status == 503);
    CHECK(http.post(path + "/rotate", json::object()).status == 503);
    cp.expect_silence_until_heartbeat();
    CHECK(status_with(gw, chosen) == 101);
    disk.set(faulty_disk::fault::none);
}

TEST_CASE("Passwords stand in no history, outcome, event, log or journal", "[credentials]") {
    const temporary_directory directory;
    captured_log captured;
    const std::string secret = "s3cret-Key-of-1.6-and-more", told = "told-By-the-charge-point-7";
    {
        running_gateway gw(journal_in(directory.path(), [](config& c) { c.log.events = true; }),
                           [&](gateway& g) { captured.attach(g); });
        http_client http(gw.port());
        auto cp = gw.connect("CP-1");
        auto outcome_of = [&](const std::string& id, json::object command) {
            command["commandId"] = id;
            return std::async(std::launch::async, [port = gw.port(), command = std::move(command)] {
                return http_client(port).post("/api/v1/charge-points/CP-1/commands", command);
            });
        };
        // Sent, and echoed by the charge point.
        const json::object change = {{"key", "AuthorizationKey"}, {"value", secret}};
        auto changing = outcome_of("one", {{"commandName", "ChangeConfiguration"}, {"payload", change}});
        const auto call = cp.expect_call("ChangeConfiguration");
        CHECK(text_at(call.payload, "/value") == secret);
        call.error("InternalError", "cannot set " + secret, {{"value", secret}});
        const auto failed = changing.get();
        CHECK(text_at(failed.json(), "/errorDescription") == "cannot set ***");
        CHECK(text_at(failed.json(), "/errorDetails/value") == "***");
        // Asked for, and told.
        auto asking = outcome_of("two", {{"commandName", "GetConfiguration"}});
        const json::object key = {{"key", "AUTHORIZATIONKEY"}, {"readonly", false}, {"value", told}};
        const json::object other = {{"key", "HeartbeatInterval"}, {"readonly", false}, {"value", "300"}};
        cp.expect_call("GetConfiguration").answer({{"configurationKey", json::array{key, other}}});
        const auto answer = asking.get();
        CHECK(text_at(answer.json(), "/payload/configurationKey/0/value") == "***");
        CHECK(text_at(answer.json(), "/payload/configurationKey/1/value") == "300");
        // Unreadable, and answered to nobody.
        cp.send_text(R"([3,"nobody",{"configurationKey":[{"key":"AuthorizationKey","readonly":false,"value":")" + told +
                     R"("}]}])");
        cp.send_text(R"([3,"nobody",{"key":"AuthorizationKey","value":")" + told + R"(")");
        cp.heartbeat();
        // Rotated.
        auto rotating = rotate(gw);
        const auto rotation_call = cp.expect_call("ChangeConfiguration");
        const auto fresh = text_at(rotation_call.payload, "/value");
        rotation_call.answer({{"status", "Accepted"}});
        CHECK(rotating.get().status == 200);

        std::string seen = http.get("/api/v1/charge-points/CP-1/messages").body;
        seen += http.get("/api/v1/commands").body + http.get("/api/v1/commands/one").body;
        seen += http.get("/api/v1/events?type=command.response").body + http.get(path).body + failed.body + answer.body;
        CHECK(seen.find("command.response") != std::string::npos);
        CHECK(seen.find("AuthorizationKey") != std::string::npos);
        gw.stop();
        seen += captured.read() + whole_file(directory.path() + "/journal.db");
        seen += whole_file(directory.path() + "/journal.db-wal");
        CHECK(captured.read().find("command.response") != std::string::npos);
        for (const auto& hidden : {secret, told, fresh}) {
            CAPTURE(hidden);
            CHECK(seen.find(hidden) == std::string::npos);
        }
    }
}

TEST_CASE("A command that holds a password does not wait over a restart", "[credentials]") {
    const temporary_directory directory;
    {
        running_gateway gw(journal_in(directory.path()));
        {
            auto cp = gw.connect("CP-1");
            cp.close();
            gw.expect_disconnect("CP-1");
        }
        http_client http(gw.port());
        const auto r = http.post("/api/v1/charge-points/CP-1/commands",
                                 {{"commandName", "ChangeConfiguration"},
                                  {"payload", {{"key", "AuthorizationKey"}, {"value", "s3cret-Key-of-1.6"}}},
                                  {"commandId", "one"},
                                  {"expiresAt", "2099-01-01T00:00:00Z"}});
        CHECK(r.status == 202);
    }
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1");
    cp.expect_silence_until_heartbeat();
    const auto kept = http_client(gw.port()).get("/api/v1/commands/one").json();
    CHECK(text_at(kept, "/outcome") == "not_sent");
    CHECK(text_at(kept, "/reason") == "restarted");
}
