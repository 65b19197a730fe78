#include "config/action_rate.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace voltgate;
using settings::parse_action_rate;

TEST_CASE("the rate of an action is read from its text") {
    const auto with_burst = parse_action_rate("StatusNotification=5/50");
    REQUIRE(with_burst);
    CHECK(with_burst->action == "StatusNotification");
    CHECK(with_burst->limit.rate == 5);
    CHECK(with_burst->limit.burst == 50);
    const auto without = parse_action_rate("Heartbeat=1000000");
    REQUIRE(without);
    CHECK(without->limit.rate == 1'000'000);
    CHECK(without->limit.burst == 1'000'000);
}

TEST_CASE("a text that is no rate of an action is none") {
    for (const auto& text : {std::string(), std::string("Heartbeat"), std::string("Heartbeat="), std::string("=5"),
                             std::string("Heartbeat=0"), std::string("Heartbeat=5/"), std::string("Heartbeat=5/0"),
                             std::string("Heartbeat=1000001"), std::string("Heartbeat=5.5"),
                             std::string("Heartbeat=-5"), std::string("Heart beat=5"), std::string("Heartbeat=5/5/5"),
                             std::string("Heartbeat= 5"), std::string(65, 'a') + "=5", std::string("*=5")}) {
        CAPTURE(text);
        CHECK_FALSE(parse_action_rate(text));
    }
}

TEST_CASE("an action that no charge point sends has no rate") {
    const auto wrong = [](const char* rate) {
        config c;
        c.limits.action_rates = {"Heartbeat=1", rate};
        c.charge_points.emplace_back().pattern = "*";
        c.charge_points.emplace_back().pattern = "*";
        c.charge_points.back().action_rates = {{rate}};
        std::vector<std::string> texts;
        for (const auto& e : check_config(c)) texts.push_back(to_string(e));
        return texts;
    };
    for (const auto* known : {"StatusNotification=1", "TransactionEvent=5/9", "NotifyPeriodicEventStream=1"}) {
        CHECK(wrong(known).empty());
    }
    const auto misspelt = wrong("StatusNotifcation=5/50");
    REQUIRE(misspelt.size() == 2);
    CHECK(misspelt[0] ==
          "limits.action_rates: StatusNotifcation is no action that charge points send, in any version; "
          "did you mean StatusNotification?");
    CHECK(misspelt[1].starts_with("charge_point[1].action_rates: StatusNotifcation"));
    CHECK(wrong("heartbeat=1").size() == 2);
    CHECK(wrong("RemoteStartTransaction=1").size() == 2);
    CHECK(wrong("Nonsense=1").front().ends_with("as OCPP spells them"));
}
