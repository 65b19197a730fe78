#include "config/read_node.hpp"

#include <fmt/format.h>

namespace voltgate::settings {

namespace {

reading wrong_type(const value_rules& rules, const toml::node& node) {
    return {std::nullopt, fmt::format("is {}; allowed: {}", type_name(node), allowed(rules))};
}

reading read_list(const value_rules& rules, const toml::array& list) {
    std::vector<std::string> items;
    for (const auto& item : list) {
        const auto* text = item.as_string();
        if (text == nullptr)
            return {std::nullopt, fmt::format("holds {}; allowed: {}", type_name(item), allowed(rules))};
        items.push_back(text->get());
    }
    return {std::move(items), {}};
}

reading read_size_or_time(const value_rules& rules, const toml::node& node) {
    if (const auto* text = node.as_string()) return read_quantity(rules, text->get());
    const auto* number = node.as_integer();
    if (number == nullptr) return wrong_type(rules, node);
    if (rules.type == kind::size || number->get() == 0) return {number->get(), {}};
    return {std::nullopt,
            fmt::format("{0} has no unit; write \"{0}s\" or \"{0}ms\"; allowed: {1}", number->get(), allowed(rules))};
}

}  // namespace

std::string_view type_name(const toml::node& node) {
    switch (node.type()) {
        case toml::node_type::table: return "a table";
        case toml::node_type::array: return "a list";
        case toml::node_type::string: return "a string";
        case toml::node_type::integer: return "an integer";
        case toml::node_type::floating_point: return "a number with a fraction";
        case toml::node_type::boolean: return "a boolean";
        case toml::node_type::date:
        case toml::node_type::time:
        case toml::node_type::date_time: return "a date or time";
        case toml::node_type::none: break;
    }
    return "nothing";
}

reading read_node(const value_rules& rules, const toml::node& node) {
    switch (rules.type) {
        case kind::boolean:
            if (const auto* flag = node.as_boolean()) return {flag->get(), {}};
            break;
        case kind::number:
            if (const auto* number = node.as_integer()) return {number->get(), {}};
            break;
        case kind::size:
        case kind::time: return read_size_or_time(rules, node);
        case kind::text:
        case kind::word:
            if (const auto* text = node.as_string()) return {text->get(), {}};
            break;
        case kind::texts:
        case kind::words:
            if (const auto* list = node.as_array()) return read_list(rules, *list);
            break;
    }
    return wrong_type(rules, node);
}

reading read_variable(const value_rules& rules, const std::string& source) {
    const bool is_list = rules.type == kind::texts || rules.type == kind::words;
    if (!is_list || !source.starts_with('[')) return read_text(rules, source);
    reading no_array{std::nullopt, fmt::format("is not a TOML array; allowed: {}", allowed(rules))};
    try {
        const auto document = toml::parse("list = " + source);
        const auto* list = document["list"].as_array();
        return list != nullptr && document.size() == 1 ? read_list(rules, *list) : no_array;
    } catch (const toml::parse_error&) {
        return no_array;
    }
}

}  // namespace voltgate::settings
