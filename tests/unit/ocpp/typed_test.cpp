// The typed messages of every version, to JSON text and back.
#include <voltgate/ocpp/types.hpp>
#include <voltgate/ocpp/v16.hpp>
#include <voltgate/ocpp/v201.hpp>
#include <voltgate/ocpp/v21.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace ocpp = voltgate::ocpp;
namespace v16 = voltgate::ocpp::v16;
namespace v201 = voltgate::ocpp::v201;
namespace v21 = voltgate::ocpp::v21;

namespace {

// The text of what was read, or the error.
template <class T>
std::string round_trip(std::string_view text) {
    T message;
    if (const auto error = read_json(text, message)) return error->pointer + ": " + error->message;
    std::string out;
    append_json(out, message);
    return out;
}

template <class T>
ocpp::json_error error_of(std::string_view text) {
    const auto read = ocpp::from_json<T>(text);
    REQUIRE_FALSE(read);
    return read.error();
}

}  // namespace

TEST_CASE("An action names its messages and its version") {
    STATIC_REQUIRE(ocpp::action<v16::RemoteStartTransaction>);
    STATIC_REQUIRE(std::is_same_v<v16::RemoteStartTransaction::request, v16::RemoteStartTransactionRequest>);
    STATIC_REQUIRE(std::is_same_v<v201::SetVariables::response, v201::SetVariablesResponse>);
    STATIC_REQUIRE(v21::AFRRSignal::name == "AFRRSignal");
    STATIC_REQUIRE(v21::AFRRSignal::ocpp_version == ocpp::version::v21);
    STATIC_REQUIRE(std::is_void_v<v21::NotifyPeriodicEventStream::response>);
    // g++ 12 miscompiles aggregates beside co_await.
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<v16::ResetRequest>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<v16::HeartbeatRequest>);
    STATIC_REQUIRE_FALSE(std::is_aggregate_v<v201::ChargingStationType>);
}

TEST_CASE("A message built by hand becomes its payload") {
    v16::RemoteStartTransactionRequest request;
    request.idTag = "TAG";
    auto& profile = request.chargingProfile.emplace();
    profile.chargingProfileId = 7;
    profile.chargingProfilePurpose = v16::ChargingProfilePurpose::TxProfile;
    profile.chargingProfileKind = v16::ChargingProfileKind::Relative;
    profile.chargingSchedule.chargingRateUnit = v16::ChargingRateUnit::A;
    profile.chargingSchedule.chargingSchedulePeriod.emplace_back().limit = 16.1;
    CHECK(ocpp::to_json(request) ==
          R"({"idTag":"TAG","chargingProfile":{"chargingProfileId":7,"stackLevel":0,)"
          R"("chargingProfilePurpose":"TxProfile","chargingProfileKind":"Relative",)"
          R"("chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":16.1}]}}})");
}

TEST_CASE("An enumerated value that no version knows keeps its text") {
    constexpr std::string_view text = R"({"connectorId":1,"errorCode":"NoError","status":"Rebooting ☕"})";
    const auto read = ocpp::from_json<v16::StatusNotificationRequest>(text).value();
    CHECK(read.errorCode == v16::ChargePointErrorCode::NoError);
    CHECK(read.status.value() == std::nullopt);
    CHECK(read.status.text() == "Rebooting ☕");
    CHECK(ocpp::to_json(read) == text);
}

TEST_CASE("Enumerators map to their wire texts, whatever characters those have") {
    CHECK(ocpp::to_string(v16::Phase::L1_N) == "L1-N");
    CHECK(ocpp::to_string(v16::Measurand::Energy_Active_Import_Register) == "Energy.Active.Import.Register");
    CHECK(ocpp::from_string<v201::ConnectorEnumType>("s309-1P-16A") == v201::ConnectorEnumType::s309_1P_16A);
    CHECK(ocpp::from_string<v16::Phase>("l1-n") == std::nullopt);
    CHECK(ocpp::to_string(static_cast<v16::Phase>(200)).empty());
}

TEST_CASE("An open enumeration equals what has the same wire text") {
    using status = ocpp::open_enum<v16::ResetStatus>;
    CHECK(status("Accepted") == v16::ResetStatus::Accepted);
    CHECK(status("Accepted") == status(v16::ResetStatus::Accepted));
    CHECK(status("accepted") != v16::ResetStatus::Accepted);
    CHECK(status("accepted") == status("accepted"));
    CHECK(status("accepted") != status("ACCEPTED"));
    CHECK(status() != v16::ResetStatus::Accepted);
    CHECK(status().text().empty());
}

TEST_CASE("A required member that is missing is reported with its place") {
    auto error = error_of<v16::BootNotificationRequest>(R"({"chargePointVendor":"V"})");
    CHECK(error.pointer == "/chargePointModel");
    CHECK(error.message == "required, but missing");

    error = error_of<v16::MeterValuesRequest>(
        R"({"connectorId":1,"meterValue":[{"timestamp":"t","sampledValue":[{"value":"1"},{"unit":"Wh"}]}]})");
    CHECK(error.pointer == "/meterValue/0/sampledValue/1/value");

    error = error_of<v16::BootNotificationRequest>(R"({"chargePointVendor":null,"chargePointModel":"M"})");
    CHECK(error.pointer == "/chargePointVendor");
    CHECK(error.message == "required, but null");
}

TEST_CASE("A value of another JSON type is reported with its place") {
    auto error = error_of<v201::SetVariablesRequest>(R"({"setVariableData":{}})");
    CHECK(error.pointer == "/setVariableData");
    CHECK(error.message == "expected array, got object");
    CHECK(error_of<v16::AuthorizeRequest>(R"({"idTag":["TAG"]})").message == "expected string, got array");
    CHECK(error_of<v16::AuthorizeResponse>(R"({"idTagInfo":"Accepted"})").message == "expected object, got string");
    CHECK(error_of<v16::RemoteStopTransactionRequest>(R"({"transactionId":{}})").message ==
          "expected integer, got object");
    CHECK(error_of<v16::AuthorizeRequest>("[]").pointer.empty());
}

TEST_CASE("Text that is no JSON, or is nested too deep, is an error") {
    CHECK_FALSE(error_of<v16::HeartbeatRequest>("{").message.empty());
    CHECK_FALSE(error_of<v16::HeartbeatRequest>("").message.empty());
    CHECK_FALSE(error_of<v16::HeartbeatRequest>("{} {}").message.empty());
    const std::string deep = R"({"vendorId":"V","data":)" + std::string(100'000, '[') + std::string(100'000, ']') + '}';
    CHECK_FALSE(error_of<v201::DataTransferRequest>(deep).message.empty());
}

TEST_CASE("The value of a failed reading throws what was wrong") {
    CHECK_THROWS_AS(ocpp::from_json<v16::AuthorizeRequest>("{}").value(), std::invalid_argument);
}

TEST_CASE("Null is an absent optional member, and an empty payload") {
    const auto read = ocpp::from_json<v16::AuthorizeResponse>(
        R"({"idTagInfo":{"status":"Accepted","parentIdTag":null,"expiryDate":null}})");
    CHECK(read.value().idTagInfo.parentIdTag == std::nullopt);
    CHECK(ocpp::to_json(*read) == R"({"idTagInfo":{"status":"Accepted"}})");
    CHECK(round_trip<v16::HeartbeatRequest>("null") == "{}");
    CHECK(error_of<v16::AuthorizeRequest>("null").pointer == "/idTag");
}

TEST_CASE("An empty array is a value, not an absent member") {
    CHECK(
        round_trip<v16::SendLocalListRequest>(R"({"listVersion":1,"localAuthorizationList":[],"updateType":"Full"})") ==
        R"({"listVersion":1,"localAuthorizationList":[],"updateType":"Full"})");
}

TEST_CASE("Integers keep all 64 bits and refuse more") {
    constexpr auto biggest = std::numeric_limits<std::int64_t>::max();
    const auto text = R"({"transactionId":)" + std::to_string(biggest) + '}';
    const auto read = ocpp::from_json<v16::RemoteStopTransactionRequest>(text);
    CHECK(read.value().transactionId == biggest);
    CHECK(ocpp::to_json(*read) == text);
    const auto error = error_of<v16::RemoteStopTransactionRequest>(R"({"transactionId":9223372036854775808})");
    CHECK(error.pointer == "/transactionId");
    CHECK(error.message == "expected an integer of at most 64 bits");
    CHECK_FALSE(ocpp::from_json<v16::RemoteStopTransactionRequest>(R"({"transactionId":1.5})"));
}

TEST_CASE("Numbers in quotes and texts without them are taken for what they mean") {
    const auto stop = ocpp::from_json<v16::RemoteStopTransactionRequest>(R"({"transactionId":"42"})").value();
    CHECK(stop.transactionId == 42);
    const auto period = ocpp::from_json<v201::CostUpdatedRequest>(R"({"totalCost":"1.25","transactionId":77})").value();
    CHECK(period.totalCost == 1.25);
    CHECK(period.transactionId == "77");
    // A reading keeps its digits.
    const auto values = ocpp::from_json<v16::MeterValuesRequest>(
        R"({"connectorId":1,"meterValue":[{"timestamp":"t","sampledValue":[{"value":1234.50}]}]})");
    CHECK(values.value().meterValue.at(0).sampledValue.at(0).value == "1234.50");
}

TEST_CASE("Decimals are written without exponents where that is short, and null when JSON has no word for them") {
    const auto written = [](double cost) {
        v201::CostUpdatedRequest request;
        request.totalCost = cost;
        return ocpp::to_json(request);
    };
    const auto expected = [](std::string_view number) {
        return R"({"totalCost":)" + std::string(number) + R"(,"transactionId":""})";
    };
    CHECK(written(0) == expected("0"));
    CHECK(written(100000) == expected("100000"));
    CHECK(written(-0.1) == expected("-0.1"));
    CHECK(written(0.00001) == expected("0.00001"));
    CHECK(written(1e300) == expected("1e+300"));
    CHECK(written(std::nan("")) == expected("null"));
    CHECK(written(std::numeric_limits<double>::infinity()) == expected("null"));
}

TEST_CASE("Texts keep every character") {
    v16::DataTransferRequest request;
    request.vendorId = "Größe 電 \U0001F50C";
    request.data = "quote \" backslash \\ newline \n nul " + std::string(1, '\0') + " end";
    const auto read = ocpp::from_json<v16::DataTransferRequest>(ocpp::to_json(request)).value();
    CHECK(read.vendorId == request.vendorId);
    CHECK(read.data == request.data);
    const auto escaped = ocpp::from_json<v16::AuthorizeRequest>(R"({"idTag":"\u00fc\ud83d\udd0c"})").value();
    CHECK(escaped.idTag == "ü\U0001F50C");
}

TEST_CASE("Unknown members are skipped, customData is kept as it came") {
    constexpr std::string_view custom = R"({"vendorId":"org.example","reading":1.50,"more":[{"a":null}]})";
    const auto text = R"({"reason":"PowerUp","extra":{"deep":[1]},"chargingStation":{"model":"M","vendorName":"V",)" +
                      (R"("customData":)" + std::string(custom)) + "}}";
    const auto read = ocpp::from_json<v201::BootNotificationRequest>(text).value();
    REQUIRE(read.chargingStation.customData);
    CHECK(read.chargingStation.customData->text() == custom);
    CHECK(ocpp::to_json(read).find("extra") == std::string::npos);
    CHECK(ocpp::to_json(read).find(custom) != std::string::npos);
}

TEST_CASE("JSON text of one's own must be JSON") {
    CHECK(ocpp::raw_json().text() == "null");
    CHECK(ocpp::raw_json(R"( {"a":1} )").text() == R"({"a":1})");
    CHECK(ocpp::raw_json("null\n").text() == "null");
    CHECK_THROWS_AS(ocpp::raw_json("{"), std::invalid_argument);
    CHECK_THROWS_AS(ocpp::raw_json("1,\"b\":2"), std::invalid_argument);
}
