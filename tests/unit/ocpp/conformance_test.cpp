#include <voltgate/conformance.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string_view>

using namespace voltgate;

TEST_CASE("every rule has a name of its own that leads back to it") {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < rule_count; ++i) {
        const auto r = static_cast<rule>(i);
        INFO(to_string(r));
        CHECK(names.insert(to_string(r)).second);
        CHECK(rule_from_string(to_string(r)) == r);
    }
    CHECK(to_string(rule::missing_subprotocol) == "missing_subprotocol");
    CHECK(to_string(rule::overlapping_calls) == "overlapping_calls");
    CHECK(to_string(rule::odd_timestamp) == "odd_timestamp");
    CHECK(to_string(rule::unusable_transaction_message) == "unusable_transaction_message");
    CHECK(to_string(rule::too_many_calls) == "too_many_calls");
    CHECK_FALSE(rule_from_string("no_such_rule"));
    CHECK_FALSE(rule_from_string(""));
    CHECK_FALSE(rule_from_string("Odd_Timestamp"));
}

TEST_CASE("levels have names") {
    for (const auto l : {level::strict, level::report, level::lenient}) CHECK(level_from_string(to_string(l)) == l);
    CHECK(to_string(level::strict) == "strict");
    CHECK(to_string(level::report) == "report");
    CHECK(to_string(level::lenient) == "lenient");
    CHECK_FALSE(level_from_string("off"));
}

TEST_CASE("by default only what has no usable meaning, or is too much, is refused") {
    const conformance_policy policy;
    for (std::size_t i = 0; i < rule_count; ++i) {
        const auto r = static_cast<rule>(i);
        const bool refused = r == rule::invalid_json || r == rule::required_missing || r == rule::wrong_type ||
                             r == rule::too_many_calls;
        INFO(to_string(r));
        CHECK(policy.of(r) == (refused ? level::strict : level::report));
        CHECK(default_level(r) == policy.of(r));
    }
}

TEST_CASE("a policy holds a level per rule") {
    conformance_policy policy(level::lenient);
    policy.set(rule::wrong_type, level::strict);
    CHECK(policy.of(rule::wrong_type) == level::strict);
    CHECK(policy.of(rule::required_missing) == level::lenient);
    CHECK_FALSE(policy == conformance_policy(level::lenient));
    policy.set(rule::wrong_type, level::lenient);
    CHECK(policy == conformance_policy(level::lenient));
}
