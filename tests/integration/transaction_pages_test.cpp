// What people see of the books: age by receipt, pages of changes, lists of what needs a person, CSV; and smaller
// truths.
#include "support/charge_point.hpp"
#include "support/copied_journal.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/stores.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

json::object start_request(std::string_view time, std::string_view tag = "TAG-1", int connector = 1) {
    return {{"connectorId", connector}, {"idTag", tag}, {"meterStart", 1000}, {"timestamp", time}};
}

json::object stop_request(std::int64_t id, std::string_view time, int meter = 2250) {
    return {{"transactionId", id}, {"meterStop", meter}, {"timestamp", time}};
}

json::value get(running_gateway& gw, const std::string& target) { return http_client(gw.port()).get(target).json(); }

std::vector<std::int64_t> ids(const json::value& page) {
    std::vector<std::int64_t> found;
    for (const auto& item : at(page, "/items").as_array()) found.push_back(std::stoll(text_at(item, "/transactionId")));
    return found;
}

using id_list = std::vector<std::int64_t>;

void match_stops(config& c) { c.transactions.match_stops_without_id = true; }

/// The stop of a charge point that never got its transaction's id.
json::object stop_without_id(int id, std::string_view time, int meter = 2250, std::string_view tag = "tag-1") {
    auto request = stop_request(id, time, meter);
    request["idTag"] = tag;
    return request;
}

}  // namespace

TEST_CASE_METHOD(stores, "What a factory clock dates is kept by its receipt", "[books]") {
    const std::string time = GENERATE("1970-01-01T00:00:10Z", "2014-05-01T12:00:00Z", "2099-01-01T00:00:00Z");
    CAPTURE(time);
    const auto keep = [](config& c) { c.journal.keep_transactions = 48h, c.journal.keep_events = 1h; };
    running_gateway gw(in_store(keep), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto id = start(cp, start_request(time));
    clock->advance(1min);
    cp.call("StopTransaction", stop_request(id, time));
    const auto newest = gw.expect_event(event_type::transaction_stopped, "CP-1").event->sequence;
    clock->advance(47h);
    cp.status(1, "Available");
    const auto oldest = [&] { return number_at(get(gw, "/api/v1/events"), "/oldest"); };
    eventually([&] { return oldest() > static_cast<std::int64_t>(newest); }, "old events are removed");
    cp.call("StopTransaction", stop_request(id, time));
    const auto shown = record(gw, id);
    CHECK(at(shown, "/startReceivedAt") == "2026-01-02T03:04:05.000Z");
    CHECK(at(shown, "/stopReceivedAt") == "2026-01-02T03:05:05.000Z");
    CHECK(text_at(shown, "/startedAt").substr(0, 19) == time.substr(0, 19));
    CHECK(at(shown, "/clock") == (time < "2020" ? "unset" : "off"));
    CHECK(at(shown, "/attention") == json::array({"clock"}));
    CHECK(at(get(gw, "/api/v1/events?type=transaction.stopped"), "/items").as_array().empty());
    clock->advance(2h);
    eventually([&] { return http_client(gw.port()).get("/api/v1/transactions/" + std::to_string(id)).status == 404; },
               "it is removed 48 hours after its end");
}

TEST_CASE_METHOD(stores, "A stop that comes days late reaches those who page by changes", "[books]") {
    std::string next = "?changedAfter=2026-01-01T00:00:00Z";
    std::int64_t a = 0, b = 0;
    const auto read = [&](running_gateway& gw) {
        const auto page =
            get(gw, "/api/v1/transactions" + next + (next.find("limit") == std::string::npos ? "&limit=1" : ""));
        next = "?changedAfter=2026-01-01T00:00:00Z&after=" + text_at(page, "/next");
        return ids(page);
    };
    {
        running_gateway gw(in_store(), {}, clock);
        auto cp = gw.connect("CP-1");
        a = start(cp, start_request("2026-01-02T03:00:00Z"));
        clock->advance(1min);
        b = start(cp, start_request("2026-01-02T03:05:00Z", "TAG-2", 2));
        CHECK(read(gw) == id_list{a});
        CHECK(read(gw) == id_list{b});
        CHECK(read(gw).empty());
        CHECK(read(gw).empty());
    }
    clock->advance(100h);
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    CHECK(read(gw).empty());
    cp.call("StopTransaction", stop_request(a, "2026-01-02T04:00:00Z"));
    CHECK(read(gw) == id_list{a});
    CHECK(read(gw).empty());
    cp.call("StopTransaction", stop_request(a, "2026-01-02T04:00:00Z"));  // a repetition changes nothing
    CHECK(read(gw).empty());
    cp.call("StopTransaction", stop_request(b, "1970-01-01T00:00:00Z"));
    CHECK(read(gw) == id_list{b});
    CHECK(ids(get(gw, "/api/v1/transactions?changedAfter=2026-01-03T00:00:00Z")) == id_list{a, b});
    CHECK(ids(get(gw, "/api/v1/transactions?changedAfter=2026-01-07T00:00:00Z")).empty());
}

TEST_CASE_METHOD(stores, "Transactions are listed by what draws attention", "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto old = start(cp, start_request("2026-01-02T03:00:00Z"));
    const auto backwards = start(cp, start_request("2026-01-02T03:01:00Z"));
    cp.call("StopTransaction", stop_request(backwards, "2026-01-02T03:00:30Z", 999));
    const auto fine = start(cp, start_request("2026-01-02T03:02:00Z", "TAG-2", 2));
    cp.call("StopTransaction", stop_request(fine, "2026-01-02T03:03:00Z"));
    const auto list = [&](const std::string& words) { return ids(get(gw, "/api/v1/transactions?attention=" + words)); };
    CHECK(list("any") == id_list{backwards, old});
    CHECK(list("presumed") == id_list{old});
    CHECK(list("meter_backwards") == id_list{backwards});
    CHECK(list("stop_before_start") == id_list{backwards});
    CHECK(list("conflict,presumed") == id_list{old});
    CHECK(list("conflict").empty());
    for (const auto* words : {"", "none", "Any", "presumed,", "presumed;conflict", ",", "any,x"}) {
        CAPTURE(words);
        const bool ends_with_comma = std::string_view(words) == "presumed,";
        const auto status = http_client(gw.port()).get(std::string("/api/v1/transactions?attention=") + words).status;
        CHECK(status == (ends_with_comma ? 200 : 400));
    }
}

TEST_CASE_METHOD(stores, "A tag cannot run in somebody's spreadsheet", "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const std::string tag = GENERATE("=1+1", "+1", "-1", "@A", "\tx", "\r=1", "\n=1", "a\"b", "a,b", "a\nb", "ab");
    CAPTURE(tag);
    start(cp, start_request("2026-01-02T03:00:00Z", tag));
    const auto page = http_client(gw.port()).get("/api/v1/transactions", {{"Accept", "text/csv"}});
    CHECK(page.header("Content-Type").starts_with("text/csv"));
    const auto line = page.body.substr(page.body.find("\r\n") + 2);
    std::string cell = tag == "a\"b" ? "\"a\"\"b\"" : "\"'" + tag + "\"";
    if (tag == "a,b" || tag == "a\nb") cell = "\"" + tag + "\"";
    if (tag == "ab") cell = tag;
    CHECK(line.find(",CP-1,1,1," + cell + ",Accepted,") != std::string::npos);
}

TEST_CASE_METHOD(either_store, "A stop without an id is nobody's unless it may be matched", "[books]") {
    const bool on = GENERATE(true, false);
    const int no_id = GENERATE(-1, 0);
    running_gateway gw(in_store(on ? match_stops : running_gateway::configure()), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto id = start(cp, start_request("2026-01-02T03:00:00Z"));
    start(cp, start_request("2026-01-02T03:00:00Z", "TAG-2", 2));
    const auto refused = {stop_without_id(no_id, "2026-01-02T03:00:00Z"),
                          stop_without_id(no_id, "1970-01-01T00:00:00Z"),
                          stop_without_id(no_id, "2026-01-02T03:03:00Z", 999),
                          stop_without_id(no_id, "2026-01-02T03:03:00Z", 2250, "TAG-3")};
    for (const auto& request : refused) {
        cp.call("StopTransaction", request);
        const auto told = gw.expect_event(event_type::transaction_stopped, "CP-1");
        CHECK(told.payload.at("known") == false);
        CHECK(told.payload.at("transactionId").is_null());
    }
    for (int i = 0; i < 2; ++i) cp.call("StopTransaction", stop_without_id(no_id, "2026-01-02T03:03:00Z"));
    const auto told = gw.expect_event(event_type::transaction_stopped, "CP-1");
    CHECK(told.payload.at("known") == on);
    CHECK(told.payload.contains("matched") == on);
    if (on) CHECK(text_at(told.payload, "/transactionId") == std::to_string(id));
    if (on) CHECK(told.payload.at("energyWh") == 1250);
    cp.status(1, "Available");
    CHECK(gw.events().next("CP-1").event->type == event_type::connector_status_changed);
}

TEST_CASE_METHOD(stores, "A stop that was matched is known after a kill", "[books]") {
    temporary_directory crashed;
    running_gateway gw(in_store(match_stops), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto id = start(cp, start_request("2026-01-02T03:00:00Z"));
    const auto stop = stop_without_id(-1, "2026-01-02T03:03:00Z");
    cp.call("StopTransaction", stop);
    copy_journal(directory.path(), crashed.path());
    running_gateway next(journal_in(crashed.path(), match_stops), {}, clock);
    auto again = next.connect("CP-1");
    again.call("StopTransaction", stop);
    again.status(1, "Available");
    CHECK(at(get(next, "/api/v1/events?type=transaction.stopped"), "/items").as_array().size() == 1);
    CHECK(at(record(next, id), "/energyWh") == 1250);
}

TEST_CASE_METHOD(stores, "A matched stop needs the only transaction of its tag, and a reading not below the last",
                 "[books]") {
    running_gateway gw(in_store(match_stops), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto id = start(cp, start_request("2026-01-02T03:00:00Z"));
    const json::object sample{{"value", "2.5"}, {"unit", "kWh"}};
    const json::object value{{"timestamp", "2026-01-02T03:01:00Z"}, {"sampledValue", json::array({sample})}};
    if (GENERATE(true, false)) {
        cp.call("MeterValues", {{"connectorId", 1}, {"transactionId", id}, {"meterValue", json::array({value})}});
    } else {
        start(cp, start_request("2026-01-02T03:00:00Z", "TAG-1", 2));
    }
    cp.call("StopTransaction", stop_without_id(-1, "2026-01-02T03:03:00Z", 2499));
    CHECK(gw.expect_event(event_type::transaction_stopped, "CP-1").payload.at("known") == false);
    CHECK(at(record(gw, id), "/state") == "running");
}

TEST_CASE_METHOD(stores, "A reserved tag that starts at its connector uses the reservation", "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    auto command =
        gw.send("CP-1", "ReserveNow",
                {{"connectorId", 1}, {"idTag", "TAG-1"}, {"reservationId", 7}, {"expiryDate", "2026-01-02T05:00:00Z"}});
    cp.expect_call("ReserveNow").answer({{"status", "Accepted"}});
    static_cast<void>(command.get());
    const auto state = [&] { return text_at(get(gw, "/api/v1/reservations"), "/items/0/state"); };
    eventually([&] { return state() == "accepted"; }, "it is kept");
    auto cancel = gw.send("CP-1", "CancelReservation", {{"reservationId", 7}});
    cp.expect_call("CancelReservation").answer({{"status", "Rejected"}});
    static_cast<void>(cancel.get());
    start(cp, start_request("2026-01-02T03:00:00Z", "TAG-1", 2));
    start(cp, start_request("2026-01-02T03:01:00Z", "TAG-2", 1));
    CHECK(state() == "accepted");
    auto request = start_request("2026-01-02T03:02:00Z", "tag-1", 1);
    request["reservationId"] = GENERATE(0, -1);
    const auto id = start(cp, request);
    CHECK(state() == "used");
    CHECK(at(record(gw, id), "/reservationId") == 7);
    const auto seen = gw.events().up_to(event_type::transaction_presumed_ended, "CP-1");
    CHECK(gw.expect_event(event_type::transaction_started, "CP-1").payload.at("reservationId") == 7);
}
