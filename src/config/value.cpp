#include "config/value.hpp"

#include "text/quote.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace voltgate::settings {

namespace {

struct unit {
    std::string_view name;
    std::int64_t factor;
};
constexpr std::array<unit, 5> time_units{{{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}}};
constexpr std::array<unit, 4> size_units{{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"B", 1}}};

constexpr std::size_t longest_shown_text = 80;

/// Text of others, short enough for a message.
std::string shown(std::string_view text) {
    if (text.size() <= longest_shown_text) return in_quotes(text);
    return in_quotes(text.substr(0, longest_shown_text)) + "…";
}

/// The digits that `text` starts with, taken off it; nullopt for none or too many.
std::optional<std::int64_t> take_number(std::string_view& text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    if (text.empty() || text.front() == '-') return std::nullopt;
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    return number;
}

std::optional<std::int64_t> product(std::int64_t number, std::int64_t factor) {
    if (number > std::numeric_limits<std::int64_t>::max() / factor) return std::nullopt;
    return number * factor;
}

std::string_view take_letters(std::string_view& text) {
    std::size_t n = 0;
    while (n < text.size() && (text[n] < '0' || text[n] > '9')) ++n;
    const auto letters = text.substr(0, n);
    text.remove_prefix(n);
    return letters;
}

std::string show_number(const value_rules& rules, std::int64_t n) {
    if (rules.type == kind::time) return format_time(n);
    if (rules.type == kind::size) return format_size(n);
    return std::to_string(n);
}

std::string any_of(const std::vector<std::string_view>& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
        append_quoted(out, words[i]);
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string> split(std::string_view list) {
    std::vector<std::string> items;
    if (trimmed(list).empty()) return items;
    for (;;) {
        const auto comma = list.find(',');
        items.emplace_back(trimmed(list.substr(0, comma)));
        if (comma == std::string_view::npos) return items;
        list.remove_prefix(comma + 1);
    }
}

std::string but_allowed(std::string what, const value_rules& rules) {
    what += "; allowed: ";
    what += allowed(rules);
    return what;
}

error_text item_problem(const value_rules& rules, std::string_view item) {
    const bool is_word = rules.type == kind::word || rules.type == kind::words;
    const bool ok = is_word ? std::ranges::find(rules.words, item) != rules.words.end() : rules.text_ok(item);
    if (ok) return {};
    return but_allowed(shown(item) + " is not allowed", rules);
}

error_text list_problem(const value_rules& rules, const std::vector<std::string>& items) {
    if (rules.type == kind::words && items.empty()) return but_allowed("is empty", rules);
    for (auto item = items.begin(); item != items.end(); ++item) {
        if (auto what = item_problem(rules, *item)) return what;
        if (rules.type == kind::words && std::find(items.begin(), item, *item) != item)
            return but_allowed(shown(*item) + " stands there twice", rules);
    }
    return {};
}

error_text number_problem(const value_rules& rules, std::int64_t n) {
    if (n < rules.min || n > rules.max) return but_allowed(show_number(rules, n) + " is out of range", rules);
    if (n % rules.step != 0)
        return but_allowed(show_number(rules, n) + " is not a multiple of " + show_number(rules, rules.step), rules);
    return {};
}

value_rules ranged(kind type, std::int64_t min, std::int64_t max, std::int64_t step) {
    value_rules rules;
    rules.type = type;
    rules.min = min;
    rules.max = max;
    rules.step = step;
    return rules;
}

}  // namespace

value_rules boolean() { return {}; }
value_rules number(std::int64_t min, std::int64_t max) { return ranged(kind::number, min, max, 1); }
value_rules size(std::int64_t min, std::int64_t max) { return ranged(kind::size, min, max, 1); }
value_rules time(std::int64_t min, std::int64_t max, std::int64_t step) { return ranged(kind::time, min, max, step); }

value_rules text(bool (*ok)(std::string_view), std::string_view allowed) {
    value_rules rules;
    rules.type = kind::text;
    rules.text_ok = ok;
    rules.text_allowed = allowed;
    return rules;
}

value_rules texts(bool (*ok)(std::string_view), std::string_view allowed) {
    auto rules = text(ok, allowed);
    rules.type = kind::texts;
    return rules;
}

std::string allowed(const value_rules& rules) {
    switch (rules.type) {
        case kind::boolean: return "true or false";
        case kind::number:
        case kind::size:
        case kind::time: return show_number(rules, rules.min) + " to " + show_number(rules, rules.max);
        case kind::text: return std::string(rules.text_allowed);
        case kind::word: return any_of(rules.words);
        case kind::texts: return "a list, each item " + std::string(rules.text_allowed);
        case kind::words: return "a list of " + any_of(rules.words);
    }
    return {};
}

error_text problem(const value_rules& rules, const value& v) {
    if (const auto* n = std::get_if<std::int64_t>(&v)) return number_problem(rules, *n);
    if (const auto* one = std::get_if<std::string>(&v)) return item_problem(rules, *one);
    if (const auto* items = std::get_if<std::vector<std::string>>(&v)) return list_problem(rules, *items);
    return {};
}

reading read_quantity(const value_rules& rules, std::string_view source) {
    const bool is_time = rules.type == kind::time;
    if (const auto n = is_time ? parse_time(source) : parse_size(source)) return {*n, {}};
    const std::string_view what =
        is_time ? " is not a duration such as \"1h30m\", \"30s\" or \"500ms\"" : " is not a size such as \"256KiB\"";
    return {std::nullopt, but_allowed(shown(source) + std::string(what), rules)};
}

reading read_text(const value_rules& rules, std::string_view source) {
    switch (rules.type) {
        case kind::boolean:
            if (source == "true" || source == "false") return {source == "true", {}};
            return {std::nullopt, but_allowed(shown(source) + " is not a boolean", rules)};
        case kind::number: {
            std::int64_t n = 0;
            const auto* end = source.data() + source.size();
            const auto [rest, error] = std::from_chars(source.data(), end, n);
            if (error == std::errc{} && rest == end) return {n, {}};
            return {std::nullopt, but_allowed(shown(source) + " is not an integer", rules)};
        }
        case kind::size:
        case kind::time: return read_quantity(rules, source);
        case kind::text:
        case kind::word: return {std::string(source), {}};
        case kind::texts:
        case kind::words: break;
    }
    auto items = split(source);
    if (std::ranges::find(items, std::string()) == items.end()) return {std::move(items), {}};
    return {std::nullopt,
            but_allowed(shown(source) + " has an empty item; where one is meant write [\"a\", \"\"]", rules)};
}

std::string to_toml(const value_rules& rules, const value& v) {
    if (const auto* flag = std::get_if<bool>(&v)) return *flag ? "true" : "false";
    if (const auto* n = std::get_if<std::int64_t>(&v))
        return rules.type == kind::number ? std::to_string(*n) : in_quotes(show_number(rules, *n));
    if (const auto* one = std::get_if<std::string>(&v)) return in_quotes(*one);
    std::string out = "[";
    for (const auto& item : std::get<std::vector<std::string>>(v)) {
        if (out.size() > 1) out += ", ";
        append_quoted(out, item);
    }
    return out + "]";
}

std::optional<std::int64_t> parse_time(std::string_view text) {
    if (text == "0") return 0;
    std::int64_t total = 0;
    const auto* first_allowed = time_units.begin();
    if (text.empty()) return std::nullopt;
    while (!text.empty()) {
        const auto number = take_number(text);
        if (!number) return std::nullopt;
        const auto name = take_letters(text);
        const auto* found =
            std::find_if(first_allowed, time_units.end(), [&](const unit& u) { return u.name == name; });
        if (found == time_units.end()) return std::nullopt;
        const auto part = product(*number, found->factor);
        if (!part || *part > std::numeric_limits<std::int64_t>::max() - total) return std::nullopt;
        total += *part;
        first_allowed = found + 1;
    }
    return total;
}

std::string format_time(std::int64_t milliseconds) {
    if (milliseconds == 0) return "0s";
    std::string out;
    if (milliseconds < 0) return std::to_string(milliseconds) + "ms";
    for (const auto& u : time_units) {
        if (const auto n = milliseconds / u.factor; n > 0) out += std::to_string(n) + std::string(u.name);
        milliseconds %= u.factor;
    }
    return out;
}

std::optional<std::int64_t> parse_size(std::string_view text) {
    const auto number = take_number(text);
    if (!number) return std::nullopt;
    if (text.empty()) return number;
    const auto* found = std::ranges::find(size_units, text, &unit::name);
    if (found == size_units.end()) return std::nullopt;
    return product(*number, found->factor);
}

std::string format_size(std::int64_t bytes) {
    for (const auto& u : size_units)
        if (bytes != 0 && bytes % u.factor == 0 && u.factor > 1)
            return std::to_string(bytes / u.factor) + std::string(u.name);
    return std::to_string(bytes);
}

}  // namespace voltgate::settings
