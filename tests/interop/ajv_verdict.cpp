// Compares the verdicts of payload_reader with Ajv's, payload by payload.
//
//   ajv_verdict FILE      a file written by ajv_corpus.mjs
//
// Prints counts per version. Exit code 1 on any difference that `differences` does not list, and when a listed one
// never occurred.
#include "ocpp/payload.hpp"
#include "ocpp/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace {

using namespace voltgate::ocpp;
using voltgate::rule;

using keyword_set = std::set<std::string, std::less<>>;

struct line {
    version v;
    std::string_view action;
    bool request;
    keyword_set keywords;  // that Ajv found violated; empty: valid
    std::string_view payload;
};

std::string_view take_field(std::string_view& text, char separator) {
    const auto end = std::min(text.find(separator), text.size());
    const auto field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return field;
}

std::optional<version> version_of(std::string_view name) {
    for (const auto v : {version::v16, version::v201, version::v21})
        if (to_string(v) == name) return v;
    return std::nullopt;
}

std::optional<line> parse_line(std::string_view text) {
    const auto v = version_of(take_field(text, '\t'));
    if (!v) return std::nullopt;
    line out{.v = *v, .action = {}, .request = false, .keywords = {}, .payload = {}};
    out.action = take_field(text, '\t');
    out.request = take_field(text, '\t') == "request";
    auto keywords = take_field(text, '\t');
    while (!keywords.empty()) out.keywords.emplace(take_field(keywords, ','));
    out.keywords.erase("-");
    out.payload = text;
    return out;
}

/// The keywords that a rule may stand for.
keyword_set keywords_of(rule r) {
    switch (r) {
        case rule::required_missing: return {"required"};
        case rule::custom_data: return {"required", "type"};
        case rule::wrong_type:
        case rule::null_member:
        case rule::object_as_string:
        case rule::number_as_string:
        case rule::null_payload: return {"type"};
        case rule::string_too_long: return {"maxLength"};
        case rule::unknown_enum_value: return {"enum"};
        // Ajv takes a number that no double holds for a value of no type.
        case rule::number_out_of_range: return {"minimum", "maximum", "type"};
        case rule::not_a_multiple: return {"multipleOf"};
        case rule::array_size: return {"minItems", "maxItems"};
        case rule::unknown_property: return {"additionalProperties"};
        case rule::odd_timestamp: return {"format:date-time"};
        default: return {};
    }
}

bool meet(const keyword_set& a, const keyword_set& b) {
    return std::any_of(a.begin(), a.end(), [&](const auto& keyword) { return b.contains(keyword); });
}

/// Where the reader differs from Ajv on purpose.
struct difference {
    std::string_view why;
    std::size_t seen = 0;
};
std::array differences{
    difference{"\"\" in a required string field: we report it, Ajv accepts it"},
    difference{"format uri: we accept any text, Ajv refuses what is no URI"},
    difference{"null as payload: we report it and go on as with {}, Ajv stops at its type"},
    difference{"a number in a string or a string for a number: we check the value as well, Ajv stops at its type"},
    difference{"1e-400: we go by its digits, to Ajv it is 0"},
    difference{"a value of the wrong type: Ajv may report more of it, we report the type only"},
};
enum { empty_string, uri, null_payload, converted_number, tiny_number, more_of_wrong_type };

/// Keywords of Ajv that no rule of ours stands for, and rules of ours that no keyword of Ajv's explains, with what is
/// listed taken out of both.
struct comparison {
    keyword_set unmatched_keywords;
    std::set<rule> unmatched_rules;
    [[nodiscard]] bool same() const { return unmatched_keywords.empty() && unmatched_rules.empty(); }
};

comparison compare(const line& l, const payload_reader& reader) {
    comparison result{.unmatched_keywords = l.keywords, .unmatched_rules = {}};
    std::set<rule> rules;
    for (const auto& violation : reader.violations()) {
        // To Ajv null is a value of the wrong type also where we say that a value is missing.
        const bool is_null = violation.rule == rule::required_missing && violation.kind == value_kind::null;
        rules.insert(is_null ? rule::null_member : violation.rule);
    }
    for (const auto r : rules) {
        const auto keywords = keywords_of(r);
        if (!meet(keywords, l.keywords)) result.unmatched_rules.insert(r);
        for (const auto& keyword : keywords) result.unmatched_keywords.erase(keyword);
    }
    const auto note = [](std::size_t count, int index) {
        if (count != 0) ++differences[static_cast<std::size_t>(index)].seen;
    };
    note(result.unmatched_rules.erase(rule::empty_string), empty_string);
    note(result.unmatched_keywords.erase("format:uri"), uri);
    if (rules.contains(rule::null_payload)) note(result.unmatched_rules.erase(rule::required_missing), null_payload);
    if (rules.contains(rule::number_as_string))
        for (const auto r : {rule::string_too_long, rule::number_out_of_range, rule::not_a_multiple})
            note(result.unmatched_rules.erase(r), converted_number);
    if (l.payload.find("1e-400") != std::string_view::npos)
        for (const auto r : {rule::wrong_type, rule::not_a_multiple})
            note(result.unmatched_rules.erase(r), tiny_number);
    const auto wrong_types = {rule::wrong_type, rule::null_member, rule::custom_data, rule::object_as_string};
    if (std::any_of(wrong_types.begin(), wrong_types.end(), [&](rule r) { return rules.contains(r); }))
        for (const auto* const keyword : {"enum", "minimum", "maximum", "additionalProperties"})
            note(result.unmatched_keywords.erase(keyword), more_of_wrong_type);
    return result;
}

void show(const line& l, const comparison& c, const payload_reader& reader) {
    fmt::print("{} {} {}: {}\n", to_string(l.v), l.action, l.request ? "request" : "response",
               l.payload.substr(0, 400));
    for (const auto& keyword : c.unmatched_keywords) fmt::print("  only Ajv: {}\n", keyword);
    for (const auto r : c.unmatched_rules) fmt::print("  only the reader: {}\n", to_string(r));
    for (const auto& violation : reader.violations())
        fmt::print("  at {}: {}, {} given, {}\n", violation.pointer, to_string(violation.rule),
                   to_string(violation.kind), violation.expected);
}

struct counts {
    std::size_t valid = 0;
    std::size_t invalid = 0;
    std::size_t wrong = 0;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        fmt::print(stderr, "usage: ajv_verdict FILE\n");
        return 2;
    }
    std::ifstream in(argv[1], std::ios::binary);
    if (!in) {
        fmt::print(stderr, "ajv_verdict: cannot read {}\n", argv[1]);
        return 2;
    }
    payload_reader reader;
    std::map<version, counts> all;
    std::size_t shown = 0;
    bool failed = false;
    for (std::string text; std::getline(in, text);) {
        const auto l = parse_line(text);
        const auto* const action = l ? find_action(l->v, l->action) : nullptr;
        if (action == nullptr) {
            fmt::print(stderr, "ajv_verdict: no such message: {}\n", text.substr(0, 100));
            return 1;
        }
        auto& count = all[l->v];
        ++(l->keywords.empty() ? count.valid : count.invalid);
        const bool readable = reader.read(l->payload, l->request ? action->request : action->response);
        const auto result = compare(*l, reader);
        if (readable && result.same()) continue;
        ++count.wrong;
        failed = true;
        if (!readable) fmt::print("{}\n", reader.syntax_error());
        if (++shown <= 20) show(*l, result, reader);
    }
    for (const auto& [v, count] : all)
        fmt::print("{}: {} payloads, {} valid and {} invalid to Ajv, {} unlisted differences\n", to_string(v),
                   count.valid + count.invalid, count.valid, count.invalid, count.wrong);
    for (const auto& d : differences) {
        fmt::print("{:6} × {}\n", d.seen, d.why);
        failed = failed || d.seen == 0;
    }
    return failed || all.size() != 3 ? 1 : 0;
}
