// Transaction messages that are not JSON to their end: first byte the version, second the action, the rest the payload.
// Boost.JSON is the judge of what is JSON.
#include "fuzz.hpp"
#include "ocpp/payload.hpp"
#include "ocpp/salvage.hpp"
#include "ocpp/secrets.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <array>

using namespace voltgate;
using namespace voltgate::fuzz;

namespace {

constexpr std::array versions{ocpp::version::v16, ocpp::version::v201, ocpp::version::v21};

bool has_duplicates(ocpp::value_view value) {
    for (auto a = value.first(); a.kind() != ocpp::value_kind::absent; a = a.next()) {
        if (has_duplicates(a)) return true;
        if (value.kind() != ocpp::value_kind::object) continue;
        for (auto b = a.next(); b.kind() != ocpp::value_kind::absent; b = b.next())
            if (a.key() == b.key()) return true;
    }
    return false;
}

/// Null: no JSON, or not what Boost.JSON reads as we do (half surrogate pairs, which are U+FFFD to us).
boost::json::value parsed(std::string_view text) {
    if (text.find("\\ud") != std::string_view::npos || text.find("\\uD") != std::string_view::npos) return nullptr;
    boost::json::parse_options options;
    options.max_depth = ocpp::payload_reader::max_depth;
    boost::system::error_code ec;
    auto value = boost::json::parse(boost::json::string_view(text.data(), text.size()), ec, {}, options);
    return ec ? boost::json::value() : value;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text = text_of(data, size);
    const auto actions = ocpp::actions(versions[take_byte(text) % versions.size()]);
    const auto& action = actions[take_byte(text) % actions.size()];

    const auto salvaged = ocpp::salvage(text, 0, action.request);
    static ocpp::payload_reader reader;
    require(reader.read(salvaged.json, nullptr), "what is salvaged is JSON");
    require(reader.root().kind() == ocpp::value_kind::object, "an object");
    require(salvaged.json.size() <= 6 * text.size() + 2, "no longer than the text with all bytes escaped");
    require(salvaged.missing.size() <= ocpp::salvaged_payload::most_missing, "what is missing is bounded");
    require(!salvaged.whole || salvaged.missing.empty(), "nothing is missing of what is whole");
    require(!has_duplicates(reader.root()), "no name is there twice");
    require(ocpp::salvage(salvaged.json, 0, nullptr).json == salvaged.json, "nothing is left to be repaired");
    require(ocpp::raw_without_secrets(text, 64).size() <= 64, "a raw text is bounded");

    // Escaped names may be the same name in other letters.
    const bool plain = reader.read(text, nullptr) && text.find('\\') == std::string_view::npos &&
                       reader.root().kind() == ocpp::value_kind::object && !has_duplicates(reader.root());
    if (!plain) return 0;
    const auto original = parsed(text);
    require(original.is_null() || parsed(salvaged.json) == original, "what is JSON comes out as it was");
    return 0;
}
