// Settings by model: when they come into force, what the record shows of them, and what is counted by model.
#include "support/basic_auth.hpp"
#include "support/stores.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

const ocpp::version versions[] = {ocpp::version::v16, ocpp::version::v201, ocpp::version::v21};

model_config home() {
    model_config m;
    m.vendor = "Acme";
    m.model = "Home*";
    m.firmware = "1.*";
    m.interval = 77s;
    m.rules[rule::unknown_property] = level::strict;
    return m;
}

json::object boot_of(ocpp::version v, std::string_view model, std::string_view firmware) {
    if (v == ocpp::version::v16)
        return {{"chargePointVendor", "ACME"}, {"chargePointModel", model}, {"firmwareVersion", firmware}};
    const json::object station = {{"vendorName", "ACME"}, {"model", model}, {"firmwareVersion", firmware}};
    return {{"reason", "PowerUp"}, {"chargingStation", station}};
}

std::int64_t boot(charge_point& cp, ocpp::version v, std::string_view model, std::string_view firmware) {
    return number_at(cp.call("BootNotification", boot_of(v, model, firmware)), "/interval");
}

json::value record_of(running_gateway& gw, const std::string& id) {
    return http_client(gw.port()).get("/api/v1/charge-points/" + id).json();
}

void with_home(config& c) { c.models = {home()}; }

}  // namespace

TEST_CASE_METHOD(either_store, "A boot brings the settings of its model into force, its own answer included",
                 "[model]") {
    running_gateway gw(in_store(with_home));
    for (const auto v : versions) {
        CAPTURE(ocpp::to_string(v));
        const std::string id = "CP-" + std::string(ocpp::to_string(v));
        auto cp = gw.connect(id, speaking(v));
        CHECK(text_at(record_of(gw, id), "/settings/interval/from") == "general");
        cp.call("BootNotification", boot_of(v, "Other", "1.0"));
        cp.call("Heartbeat", {{"x", 1}});
        CHECK(boot(cp, v, "Home 11", "1.0") == 77);
        cp.call_error("Heartbeat", {{"x", 1}});
        const auto record = record_of(gw, id);
        CHECK(text_at(record, "/settings/interval/value") == "1m17s");
        CHECK(text_at(record, "/settings/interval/from") == "model[0]");
        CHECK(text_at(record, "/settings/rules/unknown_property/from") == "model[0]");
        CHECK(boot(cp, v, "Home 11", "2.0") == 300);  // new firmware
        cp.call("Heartbeat", {{"x", 1}});
    }
}

TEST_CASE_METHOD(stores, "Who connects again goes by the boot before, over a restart too", "[model]") {
    {
        running_gateway gw(in_store(with_home));
        CHECK(boot(*std::make_unique<charge_point>(gw.connect("CP-1")), ocpp::version::v16, "Home", "1.0") == 77);
        gw.expect_disconnect("CP-1");
        gw.connect("CP-1").call_error("Heartbeat", {{"x", 1}});
        gw.stop();
    }
    running_gateway gw(in_store(with_home));
    gw.connect("CP-1").call_error("Heartbeat", {{"x", 1}});
    CHECK(text_at(record_of(gw, "CP-1"), "/settings/interval/from") == "model[0]");
}

TEST_CASE_METHOD(either_store, "Models are taken over while the gateway runs", "[model][reload]") {
    running_gateway gw(in_store());
    auto cp = gw.connect("CP-1");
    CHECK(boot(cp, ocpp::version::v16, "Home", "1.0") == 300);
    config next;
    with_home(next);
    CHECK(gw->reload(next).empty());
    cp.call("Heartbeat", {{"x", 1}});  // established sessions go on as they began
    gw.connect("CP-1").call_error("Heartbeat", {{"x", 1}});
    CHECK(gw->reload(config()).empty());
    gw.connect("CP-1").call("Heartbeat", {{"x", 1}});
    next.models[0].vendor.reset();
    next.models[0].model.reset();
    next.models[0].firmware.reset();
    CHECK(gw->reload(next).size() == 1);
}

TEST_CASE_METHOD(either_store, "A model that needs a higher profile is refused below it, whatever it booted as before",
                 "[model]") {
    running_gateway gw(in_store([](config& c) {
        c.models = {home()};
        c.models[0].security_profile = 1;
        c.security.failure_delay = 1ms;
    }));
    boot(*std::make_unique<charge_point>(gw.connect("CP-1")), ocpp::version::v16, "Home", "1.0");
    gw.expect_disconnect("CP-1");
    CHECK(try_connect(gw.port(), "/ocpp/CP-1").response.status == 403);
    CHECK(try_connect(gw.port(), "/ocpp/CP-2").response.status == 101);
}

TEST_CASE_METHOD(either_store, "Charge points and deviations are counted by vendor, model and firmware", "[model]") {
    running_gateway gw(in_store());
    const auto v = ocpp::version::v16;
    auto first = gw.connect("CP-1"), second = gw.connect("CP-2"), third = gw.connect("CP-3");
    boot(first, v, "Home", "1.0");
    boot(second, v, "Home", "1.0");
    boot(third, v, "Home", "2.0");
    auto silent = gw.connect("CP-4");
    first.call("Heartbeat", {{"x", 1}});
    second.call("Heartbeat", {{"x", 1}});
    second.close();
    gw.expect_disconnect("CP-2");
    http_client http(gw.port());
    const auto all = http.get("/api/v1/models").json();
    REQUIRE(at(all, "/items").as_array().size() == 2);
    CHECK(text_at(all, "/items/0/vendor") == "ACME");
    CHECK(text_at(all, "/items/0/model") == "Home");
    CHECK(text_at(all, "/items/0/firmwareVersion") == "1.0");
    CHECK(number_at(all, "/items/0/known") == 2);
    CHECK(number_at(all, "/items/0/connected") == 1);
    CHECK(number_at(all, "/items/0/deviations/unknown_property") == 2);
    CHECK(text_at(all, "/items/1/firmwareVersion") == "2.0");
    CHECK_FALSE(has(all, "/items/1/deviations/unknown_property"));
    CHECK(number_at(all, "/neverBooted/known") == 1);
    CHECK(number_at(all, "/total") == 2);
    CHECK(at(http.get("/api/v1/models?limit=1").json(), "/items").as_array().size() == 1);
    CHECK(http.get("/api/v1/models?limit=0").status == 400);
    CHECK(http.get("/api/v1/models?vendor=x").status == 400);
}
