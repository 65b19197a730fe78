// Settings in force: shared by all charge points that the same entries match.
#include "stations/settings_book.hpp"

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>

using namespace voltgate;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<const config> with_models() {
    auto c = std::make_shared<config>();
    auto& entry = c->models.emplace_back();
    entry.vendor = "Acme";
    entry.interval = 60s;
    auto& own = c->charge_points.emplace_back();
    own.pattern = "VIP-*";
    own.interval = 10s;
    return c;
}

profile_ptr profile(const std::string& id, const profile_settings& overrides, const std::string& serial = {}) {
    auto p = std::make_shared<charge_point_profile>();
    p->charge_point_id = id;
    p->set_overrides(overrides);
    p->serial_number = serial;
    return p;
}

const told_model acme{"Acme", "Home", "1"}, newer{"Acme", "Home", "2"}, other{"Other", "Home", "1"};

}  // namespace

TEST_CASE("charge points that the same entries match share their settings") {
    settings_book book(with_models());
    const auto first = book.find("CP-1", acme, nullptr).in_force;
    CHECK(first->boot.interval == 60s);
    CHECK(book.find("CP-2", newer, nullptr).in_force == first);
    const auto general = book.find("CP-3", other, nullptr).in_force;
    CHECK(general->boot.interval == 300s);
    CHECK(book.find("CP-4", std::nullopt, nullptr).in_force == general);
    CHECK(book.find("VIP-1", acme, nullptr).in_force->boot.interval == 10s);
}

TEST_CASE("what is set of a charge point goes before the configuration, and equal settings are shared too") {
    settings_book book(with_models());
    profile_settings own;
    own.interval = 5s;
    const auto first = book.find("VIP-1", acme, profile("VIP-1", own)).in_force;
    CHECK(first->boot.interval == 5s);
    CHECK(book.find("VIP-2", acme, profile("VIP-2", own)).in_force == first);
    own.interval = 6s;
    CHECK(book.find("VIP-2", acme, profile("VIP-2", own)).in_force->boot.interval == 6s);
    const auto with_serial = book.find("CP-1", other, profile("CP-1", {}, "SN-1")).in_force;
    CHECK(with_serial->serial_number == "SN-1");
    CHECK(with_serial->boot.interval == 300s);
}

TEST_CASE("labels alone change no settings") {
    settings_book book(with_models());
    auto p = std::make_shared<charge_point_profile>();
    p->charge_point_id = "CP-1";
    p->set_labels({"site:north"});
    CHECK(book.find("CP-1", std::nullopt, p).in_force == book.find("CP-2", std::nullopt, nullptr).in_force);
}

TEST_CASE("settings that nobody uses any more are not kept") {
    settings_book book(with_models());
    for (int i = 0; i < 3000; ++i) {
        profile_settings own;
        own.message_burst = static_cast<std::size_t>(i + 1);
        const std::weak_ptr<const charge_point_settings> gone = book.find("CP", acme, profile("CP", own)).in_force;
        REQUIRE(gone.expired());
    }
}
