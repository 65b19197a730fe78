// Every message of every version, with the examples that are generated beside the types.
#include <voltgate/ocpp/v16.hpp>
#include <voltgate/ocpp/v201.hpp>
#include <voltgate/ocpp/v21.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace ocpp = voltgate::ocpp;

namespace {

struct example {
    ocpp::version version;
    std::string_view message;
    std::string_view required_only;
    std::string_view all_members;
    std::string (*round_trip)(std::string_view);
};

// The text of what was read, or the error. Not from_json(): this is compiled once for each of the messages.
template <class T>
std::string round_trip(std::string_view text) {
    T message;
    if (const auto error = read_json(text, message)) return error->pointer + ": " + error->message;
    std::string out;
    append_json(out, message);
    return out;
}

constexpr example examples[] = {
#define EXAMPLE(v, message, required_only, all_members) \
    {ocpp::version::v, #message, required_only, all_members, &round_trip<ocpp::v::message>},
#include "typed_examples.inc"
#undef EXAMPLE
};

}  // namespace

TEST_CASE("Every message survives being read and written, with its required members and with all of them") {
    for (const auto& e : examples) {
        INFO(ocpp::to_string(e.version) << ' ' << e.message);
        CHECK(e.round_trip(e.required_only) == e.required_only);
        CHECK(e.round_trip(e.all_members) == e.all_members);
    }
}

TEST_CASE("There is an example of every message") {
    const auto count = [](ocpp::version v) { return std::ranges::count(examples, v, &example::version); };
    CHECK(count(ocpp::version::v16) == 78);
    CHECK(count(ocpp::version::v201) == 128);
    CHECK(count(ocpp::version::v21) == 181);
}
