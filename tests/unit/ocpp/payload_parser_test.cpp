// The parser's verdict on syntax against Boost.JSON's, and mutated input of all kinds.
#include "ocpp/frame.hpp"
#include "ocpp/payload.hpp"
#include "ocpp/schema.hpp"

#include <boost/json/error.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

using namespace voltgate::ocpp;
namespace json = boost::json;

namespace {

/// Small, fast and the same everywhere.
class random_source {
  public:
    explicit random_source(std::uint64_t seed) : state_(seed) {}
    std::size_t below(std::size_t limit) {
        state_ ^= state_ << 13U;
        state_ ^= state_ >> 7U;
        state_ ^= state_ << 17U;
        return static_cast<std::size_t>(state_ % limit);
    }

  private:
    std::uint64_t state_;
};

const std::vector<std::string> seeds{
    R"([2,"a1","BootNotification",{"chargePointVendor":"Acme","chargePointModel":"X1","firmwareVersion":"1.0"}])",
    R"([2,"a3","MeterValues",{"connectorId":1,"transactionId":-17,"meterValue":[{"timestamp":"2026-01-02T03:06:00.250+01:00","sampledValue":[{"value":"1.25","unit":"kWh"},{"value":"231.4","measurand":"Voltage","phase":"L1-N","unit":"V"}]}]}])",
    R"([2,"b1","SetChargingProfile",{"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Absolute","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":16.05e1}]}}}])",
    R"([2,"c2","TransactionEvent",{"eventType":"Started","timestamp":"2026-01-02T03:05:00Z","triggerReason":"Authorized","seqNo":0,"offline":false,"transactionInfo":{"transactionId":"tx-1"},"customData":{"vendorId":"v","x":[null,true,{"y":[]}]}}])",
    R"([ 3 , "i\u00e9\ud83d\ude00d" , { "status" : "Acc\"epted\\" , "data" : "éß中😀" } ] )",
    R"([4,12.5,"FormationViolation","text \/ \b\f\n\r\t",{"d":[[],{},[{}],-0,0.5E+3]}])",
};

/// One random change of the kinds that break parsers.
void mutate(std::string& text, random_source& random) {
    static const std::vector<std::string> pieces{"\"",
                                                 "\\",
                                                 "{",
                                                 "}",
                                                 "[",
                                                 "]",
                                                 ",",
                                                 ":",
                                                 "0",
                                                 "-",
                                                 ".",
                                                 "e",
                                                 "\\u",
                                                 "null",
                                                 "tr",
                                                 "\xFF",
                                                 "\xC3",
                                                 "\xF0\x9F",
                                                 "\\ud83d",
                                                 "1e999",
                                                 "\n",
                                                 "\t",
                                                 "9999999999999999999",
                                                 std::string(1, '\0'),
                                                 "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                                                 "]]]]]]]]]]",
                                                 R"("timestamp")",
                                                 R"({"":""},)"};
    const auto at = text.empty() ? 0 : random.below(text.size());
    switch (random.below(6)) {
        case 0: text.insert(at, pieces[random.below(pieces.size())]); break;
        case 1: text.erase(at, 1 + random.below(4)); break;
        case 2: text.resize(at); break;
        case 3:
            if (!text.empty()) text[at] = static_cast<char>(random.below(256));
            break;
        case 4: text.insert(at, text.substr(random.below(text.size() + 1), 1 + random.below(30))); break;
        default: text.replace(at, 1, pieces[random.below(pieces.size())]); break;
    }
}

bool lies_within(std::string_view part, std::string_view whole) {
    const std::less_equal<const char*> not_after;
    return part.data() == nullptr || part == "{}" ||
           (not_after(whole.data(), part.data()) && not_after(part.data() + part.size(), whole.data() + whole.size()));
}

/// Walks through everything that a reader found; false when a slice is not of the text.
bool walk(const value_view& value, std::string_view text, std::size_t& count) {
    ++count;
    bool fine = lies_within(value.raw(), text) && lies_within(value.json(), text) && lies_within(value.key(), text);
    static_cast<void>(value.string());
    static_cast<void>(value.integer());
    static_cast<void>(value.number());
    std::size_t children = 0;
    for (auto child = value.first(); child.kind() != value_kind::absent; child = child.next(), ++children)
        fine = walk(child, text, count) && fine;
    return fine && children == value.size();
}

/// All that a reader tells of a frame.
std::string all_of(payload_reader& reader, std::string_view frame, const schema* s) {
    std::string all = reader.read_frame(frame, read_head(frame, version::v16).payload_offset, s) ? "read" : "refused";
    all.append(reader.syntax_error()).append(std::to_string(reader.duplicate_names()));
    for (const auto& each : reader.violations())
        all.append(each.pointer)
            .append(each.expected)
            .append(to_string(each.kind))
            .append(voltgate::to_string(each.rule));
    const auto append = [&all](const auto& self, const value_view& value) -> void {
        all.append(value.key()).append("=").append(value.json()).append(to_string(value.kind())).append("(");
        for (auto child = value.first(); child.kind() != value_kind::absent; child = child.next()) self(self, child);
        all.append(")");
    };
    append(append, reader.root());
    return all;
}

/// What Boost.JSON says of a text. An exponent beyond its own range is no fault of the text.
bool is_json(std::string_view text) {
    json::error_code error;
    json::parse_options options;
    options.max_depth = payload_reader::max_depth;
    static_cast<void>(json::parse(text, error, {}, options));
    return !error || error == json::error::exponent_overflow;
}

/// The same value as Boost.JSON built it.
bool same_value(const value_view& value, const json::value& expected) {
    switch (value.kind()) {
        case value_kind::absent: return false;
        case value_kind::null: return expected.is_null();
        case value_kind::boolean: return expected.is_bool() && value.boolean() == expected.get_bool();
        case value_kind::integer:
        case value_kind::number: return expected.is_number();
        case value_kind::string:
            return expected.is_string() && value.string() == std::string_view(expected.get_string());
        case value_kind::array: {
            if (!expected.is_array() || expected.get_array().size() != value.size()) return false;
            auto item = value.first();
            for (const auto& each : expected.get_array()) {
                if (!same_value(item, each)) return false;
                item = item.next();
            }
            return true;
        }
        case value_kind::object:
            if (!expected.is_object()) return false;
            for (const auto& [name, each] : expected.get_object())
                if (!same_value(value[std::string_view(name)], each)) return false;
            return expected.get_object().size() <= value.size();
    }
    return false;
}

}  // namespace

TEST_CASE("syntax is what Boost.JSON accepts, and values are what it builds") {
    payload_reader reader;
    for (const auto* text : {"{}",
                             "[]",
                             "[1]",
                             "[1,]",
                             "[,1]",
                             "{\"a\":1,}",
                             "{,}",
                             "{\"a\"}",
                             "{\"a\":}",
                             "{a:1}",
                             "{\"a\":1 \"b\":2}",
                             "[1 2]",
                             "[01]",
                             "[-]",
                             "[1.]",
                             "[.1]",
                             "[+1]",
                             "[1e]",
                             "[tru]",
                             "[truex]",
                             "[nul]",
                             "[True]",
                             "[\"\t\"]",
                             "[\"\\x\"]",
                             "[\"\\u12\"]",
                             "['a']",
                             "[1]]",
                             "[[1]",
                             "{\"a\":[}",
                             "{\"a\":{]}",
                             "//x\n[]",
                             "[/**/]",
                             "[NaN]",
                             "[\"\xC3\"]",
                             "[\"\xC3\xA9\"]",
                             "[\"\\ud83d\\ude00\"]",
                             "{\"\":{\"\":[]}}",
                             " [ ] ",
                             "[\x01]",
                             "[\"\x7F\"]",
                             "{\"a\" : [ true , false , null , -0 , 1E-2 , \"\\/\" ] }"}) {
        INFO(text);
        CHECK(reader.read(text, nullptr) == is_json(text));
    }
    for (const auto& text : seeds) {
        REQUIRE(reader.read(text, nullptr));
        CHECK(same_value(reader.root(), json::parse(text)));
    }
}

TEST_CASE("syntax is what Boost.JSON accepts, also of 30,000 mutated texts") {
    random_source random(20260102);
    payload_reader reader;
    std::size_t accepted = 0;
    for (int round = 0; round < 30'000; ++round) {
        auto text = seeds[random.below(seeds.size())];
        for (auto changes = 1 + random.below(2); changes > 0; --changes) mutate(text, random);
        // Blanks and NULs behind a text are the reader's own rule.
        while (!text.empty() && text.back() == '\0') text.pop_back();
        // Lone surrogates in escapes too: Boost.JSON refuses them.
        if (text.find("\\ud") != std::string::npos) continue;
        const bool readable = reader.read(text, nullptr);
        if (readable != is_json(text)) FAIL(text);
        if (!readable) continue;
        ++accepted;
        json::error_code error;
        const auto value = json::parse(text, error);
        if (!error && !same_value(reader.root(), value)) FAIL(text);
    }
    CHECK(accepted > 2'000);
}

TEST_CASE("100,000 mutated frames are read without harm, and every slice lies within its text") {
    random_source random(42);
    payload_reader reader;
    std::size_t frames = 0;
    std::size_t values = 0;
    for (int round = 0; round < 100'000; ++round) {
        auto text = seeds[random.below(seeds.size())];
        for (auto changes = 1 + random.below(4); changes > 0; --changes) mutate(text, random);
        // Its own allocation, without the byte behind its end: what is read beyond is seen by AddressSanitizer.
        const std::unique_ptr<char[]> bytes(new char[text.size()]);
        text.copy(bytes.get(), text.size());
        const std::string_view message(bytes.get(), text.size());
        const auto v = static_cast<version>(random.below(3));
        const auto head = read_head(message, v);
        const bool slices = lies_within(head.id, message) && lies_within(head.action, message) &&
                            lies_within(head.error_code, message) && lies_within(head.error_description, message);
        if (!slices) FAIL(text);
        static_cast<void>(id_length(head));
        if (head.fault != frame_fault::none) continue;
        if (head.payload_offset > message.size()) FAIL(text);
        const auto all = actions(v);
        const auto* const action = find_action(v, head.action);
        const auto& schemas = action != nullptr ? *action : all[random.below(all.size())];
        if (!reader.read_frame(message, head.payload_offset, random.below(4) == 0 ? nullptr : schemas.request))
            continue;
        ++frames;
        if (!walk(reader.root(), message, values)) FAIL(text);
        for (const auto& each : reader.violations())
            if (each.pointer.size() > 200) FAIL(text);
        if (reader.violations().size() > payload_reader::max_violations) FAIL(text);
    }
    CHECK(frames > 10'000);
    CHECK(values > 100'000);
}

TEST_CASE("what a reader read before changes nothing in what it tells of 20,000 mutated frames") {
    random_source random(7);
    payload_reader used;
    for (int round = 0; round < 20'000; ++round) {
        auto text = seeds[random.below(4)];
        for (auto changes = random.below(4); changes > 0; --changes) mutate(text, random);
        const auto head = read_head(text, version::v16);
        const auto* const action = find_action(version::v16, head.action);
        if (action == nullptr) continue;
        payload_reader fresh;
        if (all_of(used, text, action->request) != all_of(fresh, text, action->request)) FAIL(text);
    }
}

TEST_CASE("a known member is read anew where its text goes on otherwise, or stands twice") {
    payload_reader reader;
    const auto* const schema = find_action(version::v16, "StatusNotification")->request;
    std::string text;  // what was read refers to it
    const auto read = [&](std::string_view rest) {
        text = R"([2,"1","StatusNotification",{"connectorId":1,"errorCode":"NoError",)" + std::string(rest);
        return all_of(reader, text, schema);
    };
    const auto usual = read(R"("status":"Available"}])");
    CHECK(usual.starts_with("read"));
    CHECK(read(R"("status":"Available"}])") == usual);
    CHECK(read(R"("status":"Available" }])").starts_with("read"));
    CHECK(read(R"("status":"Available",}])").starts_with("refused"));
    CHECK(read(R"("status":"Available"]])").starts_with("refused"));
    CHECK(read(R"("status":"Available")").starts_with("refused"));
    CHECK(read(R"("status":"Availablf"}])").find("/status") != std::string::npos);
    CHECK_FALSE(reader.duplicate_names());
    CHECK(read(R"("status":"Available","status":"Available"}])").starts_with("read"));
    CHECK(reader.duplicate_names());
    CHECK(reader.root()["status"].raw() == "Available");
}
