#include "config/profile_json.hpp"

#include "config/keys.hpp"
#include "config/suggest.hpp"
#include "text/quote.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate::settings {

namespace {

namespace json = boost::json;

constexpr std::string_view rules_name = "rules", rules_prefix = "rules.";

reading read_list(const json::value& v) {
    const auto* array = v.if_array();
    std::vector<std::string> texts;
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        const auto* text = (*array)[i].if_string();
        if (!text) return {std::nullopt, "must be a list of texts"};
        texts.emplace_back(*text);
    }
    if (!array) return {std::nullopt, "must be a list of texts"};
    return {std::move(texts), {}};
}

reading read_value(const value_rules& rules, const json::value& v) {
    switch (rules.type) {
        case kind::boolean:
            if (const auto* b = v.if_bool()) return {*b, {}};
            break;
        case kind::number:
            if (const auto* n = v.if_int64()) return {*n, {}};
            break;
        case kind::size:
        case kind::time:
            if (const auto* text = v.if_string()) return read_quantity(rules, *text);
            break;
        case kind::text:
        case kind::word:
            if (const auto* text = v.if_string()) return {std::string(*text), {}};
            break;
        case kind::texts:
        case kind::words: return read_list(v);
    }
    return {std::nullopt, fmt::format("is of the wrong type; allowed: {}", allowed(rules))};
}

error_text read_one(const std::string& name, const json::value& v, profile_settings& p) {
    const auto* k = find_key(profile_keys(), name);
    if (!k) {
        std::vector<std::string> names;
        for (const auto& known : profile_keys()) names.push_back(known.name);
        const auto nearest_name = nearest(name, names);
        return fmt::format("{} is not known{}", in_quotes(name),
                           nearest_name ? "; did you mean " + *nearest_name + "?" : "");
    }
    const auto read = read_value(k->rules, v);
    if (!read.value) return k->name + ' ' + read.problem;
    if (const auto wrong = problem(k->rules, *read.value)) return (k->name + ' ').append(wrong.text());
    k->set(p, *read.value);
    return {};
}

}  // namespace

json::value to_json(const value_rules& rules, const value& v) {
    switch (rules.type) {
        case kind::boolean: return std::get<bool>(v);
        case kind::number: return std::get<std::int64_t>(v);
        case kind::size: return json::value(format_size(std::get<std::int64_t>(v)));
        case kind::time: return json::value(format_time(std::get<std::int64_t>(v)));
        case kind::text:
        case kind::word: return json::value(std::get<std::string>(v));
        case kind::texts:
        case kind::words: break;
    }
    json::array list;
    for (const auto& text : std::get<std::vector<std::string>>(v)) list.emplace_back(text);
    return list;
}

json::object profile_to_json(const profile_settings& p) {
    json::object o, rules;
    for (const auto& k : profile_keys()) {
        const auto v = k.get(p);
        if (!v) continue;
        if (section_of(k.name) == rules_name) {
            rules[std::string_view(k.name).substr(rules_prefix.size())] = to_json(k.rules, *v);
        } else {
            o[k.name] = to_json(k.rules, *v);
        }
    }
    if (!rules.empty()) o[rules_name] = std::move(rules);
    return o;
}

error_text read_profile(const json::object& o, profile_settings& p) {
    error_text wrong;
    const auto note = [&wrong](error_text what) {
        if (!wrong) wrong = std::move(what);
    };
    for (const auto& [name, v] : o) {
        if (name != rules_name) {
            note(read_one(name, v, p));
        } else if (const auto* rules = v.if_object()) {
            for (const auto& [rule_name, level_word] : *rules)
                note(read_one(std::string(rules_prefix).append(rule_name), level_word, p));
        } else {
            note("rules must be an object of rules and levels");
        }
    }
    return wrong;
}

}  // namespace voltgate::settings
