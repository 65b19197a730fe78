// A payload against a schema: first byte the version, second the action, third request or response. Boost.JSON is the
// judge of what is JSON.
#include "fuzz.hpp"
#include "ocpp/payload.hpp"
#include "ocpp/schema.hpp"

#include <boost/json/parse.hpp>

#include <array>
#include <optional>

using namespace voltgate;
using namespace voltgate::fuzz;

namespace {

constexpr std::array versions{ocpp::version::v16, ocpp::version::v201, ocpp::version::v21};

void walk(ocpp::value_view value, int depth) {
    require(depth <= static_cast<int>(ocpp::payload_reader::max_depth) + 1, "no deeper than allowed");
    static_cast<void>(value.string());
    static_cast<void>(value.integer());
    static_cast<void>(value.number());
    static_cast<void>(value.boolean());
    std::size_t children = 0;
    for (auto child = value.first(); child.kind() != ocpp::value_kind::absent; child = child.next()) {
        ++children;
        walk(child, depth + 1);
    }
    require(children == value.size(), "as many children as it says");
}

// Unset: it may have half a surrogate pair, which Boost.JSON refuses and we take as U+FFFD.
std::optional<bool> is_json(std::string_view text) {
    if (text.find("\\ud") != std::string_view::npos || text.find("\\uD") != std::string_view::npos) return std::nullopt;
    // NULs and blanks may follow, see trailing_bytes().
    while (!text.empty() && std::string_view(" \t\r\n\0", 5).find(text.back()) != std::string_view::npos) {
        text.remove_suffix(1);
    }
    boost::json::parse_options options;
    options.max_depth = ocpp::payload_reader::max_depth;
    boost::system::error_code ec;
    boost::json::parse(boost::json::string_view(text.data(), text.size()), ec, {}, options);
    return !ec;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text = text_of(data, size);
    const auto actions = ocpp::actions(versions[take_byte(text) % versions.size()]);
    const auto& action = actions[take_byte(text) % actions.size()];
    const auto* schema = take_byte(text) % 2 == 0 || action.response == nullptr ? action.request : action.response;
    static ocpp::payload_reader reader;
    const bool readable = reader.read(text, schema);
    const auto expected = is_json(text);
    require(!expected || readable == *expected, "JSON is what Boost.JSON says");
    if (!readable) return 0;
    walk(reader.root(), 0);
    require(reader.violations().size() <= ocpp::payload_reader::max_violations, "violations are bounded");
    require(reader.violation_count() >= reader.violations().size(), "and counted");
    const auto count = reader.violation_count();
    require(reader.read(text, schema) && reader.violation_count() == count, "the same verdict again");
    return 0;
}
