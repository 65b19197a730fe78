#include "ocpp/schema.hpp"

#include "ocpp/schema_table.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>

using namespace voltgate::ocpp;

namespace {

std::size_t count(version v, direction d) {
    const auto all = actions(v);
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [d](const auto& action) { return action.sent_by == d; }));
}

direction sent_by(version v, std::string_view action) {
    const auto* const found = find_action(v, action);
    INFO(action);
    REQUIRE(found);
    return found->sent_by;
}

}  // namespace

TEST_CASE("every version has all its actions, found by name and index") {
    CHECK(actions(version::v16).size() == 39);
    CHECK(actions(version::v201).size() == 64);
    CHECK(actions(version::v21).size() == 91);
    for (const auto v : {version::v16, version::v201, version::v21}) {
        std::size_t index = 0;
        for (const auto& action : actions(v)) {
            INFO(action.name);
            CHECK(action.index == index++);
            CHECK(find_action(v, action.name) == &action);
            CHECK(action.request != nullptr);
            CHECK((action.response == nullptr) == action.is_send);
        }
    }
}

TEST_CASE("actions are told apart by letter case and version") {
    CHECK(find_action(version::v16, "Heartbeat"));
    for (const auto* name : {"heartbeat", "HEARTBEAT", "Heartbeat ", "Heartbea", "HeartbeatRequest", "", "H",
                             "TransactionEvent", "BatterySwap"})
        CHECK_FALSE(find_action(version::v16, name));
    CHECK(find_action(version::v201, "TransactionEvent"));
    CHECK_FALSE(find_action(version::v201, "StartTransaction"));
    CHECK_FALSE(find_action(version::v201, "BatterySwap"));
    CHECK(find_action(version::v21, "BatterySwap"));
}

TEST_CASE("every action knows who sends it") {
    CHECK(count(version::v16, direction::from_charge_point) == 13);
    CHECK(count(version::v16, direction::to_charge_point) == 25);
    CHECK(count(version::v201, direction::from_charge_point) == 24);
    CHECK(count(version::v201, direction::to_charge_point) == 39);
    CHECK(count(version::v21, direction::from_charge_point) == 36);
    CHECK(count(version::v21, direction::to_charge_point) == 54);
    for (const auto v : {version::v16, version::v201, version::v21}) {
        CHECK(count(v, direction::both) == 1);
        CHECK(sent_by(v, "DataTransfer") == direction::both);
        CHECK(sent_by(v, "Heartbeat") == direction::from_charge_point);
        CHECK(sent_by(v, "Reset") == direction::to_charge_point);
    }
    CHECK(sent_by(version::v16, "SignedFirmwareStatusNotification") == direction::from_charge_point);
    CHECK(sent_by(version::v16, "ExtendedTriggerMessage") == direction::to_charge_point);
    CHECK(sent_by(version::v201, "NotifyEVChargingNeeds") == direction::from_charge_point);
    CHECK(sent_by(version::v201, "CostUpdated") == direction::to_charge_point);
    CHECK(sent_by(version::v21, "VatNumberValidation") == direction::from_charge_point);
    CHECK(sent_by(version::v21, "NotifyWebPaymentStarted") == direction::to_charge_point);
    CHECK(sent_by(version::v21, "PullDynamicScheduleUpdate") == direction::from_charge_point);
    CHECK(sent_by(version::v21, "UpdateDynamicSchedule") == direction::to_charge_point);
}

TEST_CASE("2.1 has one SEND") {
    std::set<std::string_view> sends;
    for (const auto v : {version::v16, version::v201, version::v21})
        for (const auto& action : actions(v))
            if (action.is_send) sends.insert(action.name);
    CHECK(sends == std::set<std::string_view>{"NotifyPeriodicEventStream"});
}

namespace {

/// Every word of every set that a schema reaches.
void check_words(const schema& s, std::set<const schema*>& seen) {
    if (!seen.insert(&s).second) return;
    if (s.words != nullptr) {
        for (std::size_t i = 0; i < s.words->size; ++i) {
            const auto word = s.words->words[i];
            INFO(word);
            CHECK(s.words->find(word) == i);
            CHECK(s.words->find(word.substr(1)) != i);
            CHECK(s.words->find(std::string(word) + "x") != i);
            if (s.type == schema_type::object) check_words(*s.children[i], seen);
        }
        CHECK(s.words->find("") == word_set::none);
        CHECK(s.words->find("no such word in any set") == word_set::none);
    }
    if (s.item != nullptr) check_words(*s.item, seen);
}

}  // namespace

TEST_CASE("every name and enum value is found at its place and nothing else is") {
    std::set<const schema*> seen;
    for (const auto v : {version::v16, version::v201, version::v21})
        for (const auto& action : actions(v)) {
            check_words(*action.request, seen);
            if (action.response != nullptr) check_words(*action.response, seen);
        }
    CHECK(seen.size() > 400);
}
