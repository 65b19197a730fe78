// One scenario for each version: what the gateway sent, the events it told, what became of commands and what the ledger
// says of them, held against transcripts/scenario_*.txt. With VOLTGATE_WRITE_TRANSCRIPTS set, those are written anew.
#include "support/charge_point.hpp"
#include "support/files.hpp"
#include "support/http_client.hpp"
#include "support/manual_clock.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"

#include <voltgate/event.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <regex>
#include <string>
#include <string_view>
#include <utility>

using namespace voltgate;
using namespace voltgate::test;

namespace {

constexpr std::string_view id = "CP-1";
const json::object accepted = {{"status", "Accepted"}};

/// Names for what is random, in the order in which it turns up.
class names {
  public:
    std::string in(const std::string& text) {
        // Ports, transaction ids of 1.6, ids of calls, ids of events.
        static const std::regex random(R"re(127\.0\.0\.1:([0-9]+)|"transactionId":"?([0-9]+)|[0-9a-z]{12}-[0-9]+|)re"
                                       R"re([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})re");
        std::string named;
        auto from = text.cbegin();
        for (std::sregex_iterator i(text.begin(), text.end(), random), end; i != end; ++i) {
            const std::size_t group = (*i)[1].matched ? 1 : (*i)[2].matched ? 2 : 0;
            named.append(from, (*i)[group].first);
            const auto number = known_.size() + 1;
            named += known_.try_emplace(i->str(group), "<" + std::to_string(number) + '>').first->second;
            from = (*i)[group].second;
        }
        return named.append(from, text.cend());
    }

  private:
    std::map<std::string, std::string> known_;
};

/// A gateway whose clock stands still, a charge point, and a record of what they do.
class tap {
  public:
    explicit tap(std::string protocol) {
        options_.subprotocols = {std::move(protocol)};
        connect();
    }

    void note(const std::string& what) { text_ += names_.in(what) + '\n'; }

    /// The connection before is forgotten; it is given back.
    std::unique_ptr<charge_point> connect() {
        note("-- connects");
        return std::exchange(cp_, std::make_unique<charge_point>(gw_.connect(id, options_)));
    }
    charge_point& cp() { return *cp_; }
    running_gateway& gateway() { return gw_; }

    /// Sends it as it is and gives the answer.
    std::string say(std::string_view text) {
        note("> " + std::string(text));
        cp_->send_text(text);
        auto answer = cp_->expect_text();
        note("< " + answer);
        return answer;
    }
    void say(std::string_view action, const json::object& payload) {
        say(json::serialize(json::array{2, "m" + std::to_string(++last_message_), action, payload}));
    }

    pending_command send(std::string command_id, std::string action, const json::object& payload = {}) {
        note("-- command " + command_id + ' ' + action);
        command c(std::move(action), json::serialize(payload));
        c.command_id = std::move(command_id);
        return gw_.send(std::string(id), std::move(c));
    }
    incoming_call next_call(std::string_view action) {
        auto call = cp_->expect_call(action);
        note("< call " + call.id + ' ' + call.action + ' ' + json::serialize(call.payload));
        return call;
    }
    void note_result(pending_command& pending) {
        const auto r = pending.get();
        std::string line = "-- " + r.command_id + ": " + std::string(to_string(r.outcome)) + '/';
        line += to_string(r.reason);
        for (const auto& part : {r.payload, r.error_code, r.error_description, r.error_details, r.detail})
            if (!part.empty()) line += ' ' + part;
        note(line);
    }

    /// Everything, with the events and the ledger behind it. The connection is closed.
    std::string finish() {
        note("-- closes: " + std::to_string(cp_->close()));
        events_until_gone();
        note("-- ledger");
        const auto ledger = http_client(gw_.port()).get("/api/v1/commands").json();
        for (const auto& item : ledger.at("items").as_array()) note(json::serialize(item));
        return text_;
    }

  private:
    void events_until_gone() {
        note("-- events");
        for (;;) {
            const auto seen = gw_.events().next(id);
            std::string line;
            append_json(line, *seen.event, "gateway");
            note(line);
            // The first connection's end is the takeover's.
            if (seen.event->type == event_type::charge_point_disconnected && seen.payload.at("reason") != "replaced")
                return;
        }
    }

    temporary_directory directory_;
    running_gateway gw_{
        journal_in(
            directory_.path(),
            [](config& c) { c.server.versions = {ocpp::version::v16, ocpp::version::v201, ocpp::version::v21}; }),
        {},
        std::make_shared<manual_clock>()};
    connect_options options_;
    std::unique_ptr<charge_point> cp_;
    names names_;
    std::string text_;
    int last_message_ = 0;
};

void charge_v16(tap& t) {
    t.say("BootNotification", {{"chargePointVendor", "V"}, {"chargePointModel", "M"}});
    t.say("StatusNotification", {{"connectorId", 1}, {"errorCode", "NoError"}, {"status", "Available"}});
    t.say("Authorize", {{"idTag", "TAG"}});
    const std::string start = R"([2,"start","StartTransaction",)"
                              R"({"connectorId":1,"idTag":"TAG","meterStart":10,"timestamp":"2026-01-02T03:00:00Z"}])";
    const auto transaction = json::parse(t.say(start)).at(2).at("transactionId");
    t.say(start);  // again, with the same id
    t.say(R"([2,"again","StartTransaction",)"
          R"({"connectorId":1,"idTag":"TAG","meterStart":10,"timestamp":"2026-01-02T03:00:00Z"}])");
    const json::object sampled = {{"value", "17"}, {"measurand", "Energy.Active.Import.Register"}, {"unit", "Wh"}};
    t.say("MeterValues", {{"connectorId", 1},
                          {"transactionId", transaction},
                          {"meterValue", json::array{json::object{{"timestamp", "2026-01-02T03:01:00Z"},
                                                                  {"sampledValue", json::array{sampled}}}}}});
    t.say("StopTransaction", {{"transactionId", transaction},
                              {"meterStop", 20},
                              {"timestamp", "2026-01-02T03:02:00Z"},
                              {"reason", "Local"}});
    t.say("StatusNotification", {{"connectorId", 1}, {"errorCode", "NoError"}, {"status", "Finishing"}});
}

void charge_v201(tap& t) {
    t.say("BootNotification",
          {{"reason", "PowerUp"}, {"chargingStation", json::object{{"model", "M"}, {"vendorName", "V"}}}});
    t.say("StatusNotification",
          {{"timestamp", "2026-01-02T03:00:00Z"}, {"connectorStatus", "Available"}, {"evseId", 1}, {"connectorId", 1}});
    const json::object token = {{"idToken", "TAG"}, {"type", "ISO14443"}};
    t.say("Authorize", {{"idToken", token}});
    const auto tell = [&](std::string_view kind, std::string_view reason, int number) {
        const json::object sampled = {{"value", 10 + number}, {"measurand", "Energy.Active.Import.Register"}};
        t.say("TransactionEvent", {{"eventType", kind},
                                   {"timestamp", "2026-01-02T03:0" + std::to_string(number) + ":00Z"},
                                   {"triggerReason", reason},
                                   {"seqNo", number},
                                   {"transactionInfo", json::object{{"transactionId", "T-1"}}},
                                   {"evse", json::object{{"id", 1}, {"connectorId", 1}}},
                                   {"idToken", token},
                                   {"meterValue", json::array{json::object{{"timestamp", "2026-01-02T03:01:00Z"},
                                                                           {"sampledValue", json::array{sampled}}}}}});
    };
    tell("Started", "Authorized", 0);
    tell("Started", "Authorized", 0);  // again
    tell("Updated", "MeterValuePeriodic", 1);
    tell("Ended", "StopAuthorized", 2);
}

void commands(tap& t, const json::object& change) {
    auto answered = t.send("command-1", "ClearCache");
    t.next_call("ClearCache").answer(accepted);
    t.note_result(answered);
    auto failed = t.send("command-2", "ChangeAvailability", change);
    t.next_call("ChangeAvailability").error("InternalError", "no \"luck\"", {{"why", 17}});
    t.note_result(failed);
    auto again = t.send("command-1", "ClearCache");
    t.note_result(again);
    auto another = t.send("command-1", "ChangeAvailability", change);
    t.note_result(another);
    auto wrong = t.send("command-3", "ChangeAvailability", {{"operational", 1}});
    t.note_result(wrong);
    auto nonsense = t.send("command-4", "ClearCache");
    t.next_call("ClearCache").answer({{"status", "Perhaps"}});
    t.note_result(nonsense);

    auto in_flight = t.send("command-5", "ClearCache");
    const auto call = t.next_call("ClearCache");
    const auto before = t.connect();
    t.note("-- the connection before was closed: " + std::to_string(before->expect_close()));
    t.note_result(in_flight);
    t.cp().send_result(call.id, accepted);  // nobody asked here
    t.say("Heartbeat", {});
    t.say(R"([2,"u","Frobnicate",{}])");
    t.say(R"([2,"u","Authorize",{}])");
    t.say("no frame at all");
    auto last = t.send("command-6", "ClearCache");
    t.next_call("ClearCache").answer(accepted);
    t.note_result(last);
}

void check(const std::string& name, const std::string& now) {
    const std::string path = VOLTGATE_SOURCE_DIR "/tests/integration/transcripts/scenario_" + name + ".txt";
    if (std::getenv("VOLTGATE_WRITE_TRANSCRIPTS")) std::ofstream(path) << now;
    CHECK(now == content_of(path));
}

}  // namespace

TEST_CASE("A scenario of OCPP 1.6 goes as it always has", "[transcripts]") {
    tap t("ocpp1.6");
    charge_v16(t);
    commands(t, {{"connectorId", 0}, {"type", "Operative"}});
    check("v16", t.finish());
}

TEST_CASE("A scenario of OCPP 2.0.1 goes as it always has", "[transcripts]") {
    tap t("ocpp2.0.1");
    charge_v201(t);
    commands(t, {{"operationalStatus", "Operative"}});
    check("v201", t.finish());
}
