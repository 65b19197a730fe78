// DataTransfer of vendors that the configuration names.
#include "support/running_gateway.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>
#include <string_view>

using namespace voltgate;
using namespace voltgate::test;

TEST_CASE("DataTransfer of a vendor of the configuration is accepted, in every version", "[answers]") {
    running_gateway gw([](config& c) { c.data_transfer.accepted_vendors = {"com.Acme", "org.\xc3\xa4"}; });
    const auto version = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    auto cp = gw.connect("CP-1", speaking(version));
    const auto status_of = [&](std::string_view vendor) {
        const auto answer = cp.call("DataTransfer", {{"vendorId", vendor}, {"messageId", "m"}, {"data", "d"}});
        CHECK(answer.size() == 1);
        const auto event = gw.expect_event(event_type::data_transfer_received, "CP-1");
        CHECK(text_at(event.payload, "/vendorId") == vendor);
        CHECK(event.payload.at("data") == "d");
        CHECK(event.payload.at("status") == answer.at("status"));
        return text_at(answer, "/status");
    };
    CHECK(status_of("com.Acme") == "Accepted");
    CHECK(status_of("COM.ACME") == "Accepted");
    CHECK(status_of("org.\xc3\xa4") == "Accepted");
    CHECK(status_of("com.acme.x") == "UnknownVendorId");
    CHECK(status_of("com.acm") == "UnknownVendorId");
}
