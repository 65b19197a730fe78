// The pass over a payload, slow half: what is wrong, and where.
#include "ocpp/payload_parser.hpp"
#include "text/json_text.hpp"
#include "text/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace voltgate::ocpp {

namespace {

bool is_numeric(schema_type type) noexcept { return type == schema_type::integer || type == schema_type::number; }

bool is_free_text(const schema& s) noexcept {
    return s.type == schema_type::string && s.words == nullptr && s.format != string_format::date_time;
}

/// Whether a JSON number of this text is one of the schema's type.
bool is_of_type(const schema& s, std::string_view number) noexcept {
    return s.type == schema_type::number || json_text::last_digit_exponent(number) >= 0;
}

std::string describe_range(const schema& s) {
    if (s.has_minimum && s.has_maximum) return fmt::format(" from {} to {}", s.minimum, s.maximum);
    if (s.has_minimum) return fmt::format(" of at least {}", s.minimum);
    if (s.has_maximum) return fmt::format(" of at most {}", s.maximum);
    return {};
}

std::string describe_number(const schema& s) {
    auto text = (s.type == schema_type::integer ? "integer" : "number") + describe_range(s);
    if (s.decimals != 0) text += fmt::format(" with at most {} decimal{}", s.decimals, s.decimals == 1 ? "" : "s");
    return text;
}

std::string describe_choice(const word_set& values) {
    constexpr std::size_t shown = 12;
    std::string text = "one of ";
    for (std::size_t i = 0; i < values.size; ++i) {
        if (i != 0) text += ", ";
        if (i == shown) return text + "…";
        text += values.words[i];
    }
    return text;
}

std::string describe_string(const schema& s) {
    if (s.words != nullptr) return describe_choice(*s.words);
    if (s.format == string_format::date_time) return "date and time like 2026-01-02T03:04:05Z";
    if (s.format == string_format::uri) return "URI";
    return s.most == schema::unlimited ? "string" : fmt::format("string of at most {} characters", s.most);
}

std::string describe_array(const schema& s) {
    const auto items = [](std::uint32_t count) { return fmt::format("{} item{}", count, count == 1 ? "" : "s"); };
    if (s.least != 0 && s.most != schema::unlimited) return fmt::format("array of {} to {}", s.least, items(s.most));
    if (s.least != 0) return "array of at least " + items(s.least);
    if (s.most != schema::unlimited) return "array of at most " + items(s.most);
    return "array";
}

/// Appends one step of a JSON pointer.
void append_name(std::string& pointer, std::string_view name) {
    pointer += '/';
    for (const char c : name) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
}

/// Cuts to `most` bytes, not inside a code point.
void cut(std::string& text, std::size_t most) {
    if (text.size() <= most) return;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80) --most;
    text.resize(most);
}

}  // namespace

std::string describe(const schema& s) {
    switch (s.type) {
        case schema_type::any: return "any value";
        case schema_type::boolean: return "true or false";
        case schema_type::integer:
        case schema_type::number: return describe_number(s);
        case schema_type::string: return describe_string(s);
        case schema_type::array: return describe_array(s);
        case schema_type::object: return "object";
    }
    return {};
}

void payload_parser::check_string(const tape_entry& self, const schema& s) {
    const auto raw = text_of(self);
    if (s.type == schema_type::any) return;
    if (is_numeric(s.type) && json_text::is_number(raw) && is_of_type(s, raw)) {
        report(rule::number_as_string, self, s);
        check_range(self, s, raw);
        return;
    }
    if (s.type != schema_type::string) {
        report(rule::wrong_type, self, s);
        return;
    }
    if (s.words != nullptr || s.format == string_format::date_time) {
        std::string text;
        json_text::decode(text, raw);
        if (s.words != nullptr) {
            if (s.words->find(text) == word_set::none) report(rule::unknown_enum_value, self, s);
            return;
        }
        if (!is_rfc3339(text)) report(rule::odd_timestamp, self, s);
        return;
    }
    if (json_text::length(raw) > s.most) report(rule::string_too_long, self, s);
}

void payload_parser::check_empty(const tape_entry& self, const schema& s) {
    // What is no text of any kind is no "" either, and has been reported.
    if (self.kind == value_kind::string && is_free_text(s)) report(rule::empty_string, self, s);
}

void payload_parser::check_number(const tape_entry& self, const schema& s) {
    const auto text = text_of(self);
    if (s.type == schema_type::any) return;
    if (is_numeric(s.type)) {
        if (is_of_type(s, text))
            check_range(self, s, text);
        else
            report(rule::wrong_type, self, s);
        return;
    }
    const bool free_text = is_free_text(s);
    report(free_text ? rule::number_as_string : rule::wrong_type, self, s);
    if (free_text && text.size() > s.most) report(rule::string_too_long, self, s);
}

void payload_parser::check_range(const tape_entry& self, const schema& s, std::string_view number) {
    const auto value = json_text::to_double(number);
    if (!value || (s.has_minimum && *value < s.minimum) || (s.has_maximum && *value > s.maximum))
        report(rule::number_out_of_range, self, s);
    if (s.decimals != 0 && json_text::last_digit_exponent(number) < -std::int64_t{s.decimals})
        report(rule::not_a_multiple, self, s);
}

void payload_parser::check_null_root(const schema& s) {
    report(rule::null_payload, *root_, s);
    root_->kind = value_kind::object;
    report_missing(*root_, s, 0);
}

bool payload_parser::is_data_text(const tape_entry& self, const schema& s) const {
    return depth_ == 1 && s.type == schema_type::string && s.most == schema::unlimited && out_.key_of(self) == "data";
}

void payload_parser::forgive_empty_tokens() {
    constexpr std::string_view name = "/idToken";
    const auto is_demanded = [&](const violation& v) {
        if (v.rule != rule::empty_string || !v.pointer.ends_with(name)) return false;
        auto token = value_view(root_, begin_);
        auto steps = std::string_view(v.pointer).substr(0, v.pointer.size() - name.size());
        while (!steps.empty()) {
            const auto step = steps.substr(1, steps.find('/', 1) - 1);
            token = token[step];
            steps.remove_prefix(1 + step.size());
        }
        return token["type"].raw() == "NoAuthorization";
    };
    out_.violation_count -= std::erase_if(out_.violations, is_demanded);
}

bool payload_parser::is_in_custom_data(const tape_entry& self) const {
    const auto is_it = [this](const tape_entry* e) { return out_.key_of(*e) == "customData"; };
    return is_it(&self) || std::any_of(open_.begin(), open_.begin() + static_cast<std::ptrdiff_t>(depth_), is_it);
}

void payload_parser::report_missing(const tape_entry& self, const schema& s, std::uint64_t seen) {
    for (auto missing = s.required & ~seen; missing != 0; missing &= missing - 1) {
        const auto index = static_cast<std::size_t>(std::countr_zero(missing));
        report(rule::required_missing, value_kind::absent, self, s.words->words[index], describe(*s.children[index]));
    }
}

void payload_parser::report_unknown(const tape_entry& self) {
    report(rule::unknown_property, self.kind, self, {}, "no such member");
}

void payload_parser::report(rule r, const tape_entry& self, const schema& s) {
    report(r, self.kind, self, {}, describe(s));
}

void payload_parser::report(rule r, value_kind kind, const tape_entry& self, std::string_view member,
                            std::string expected) {
    if (++out_.violation_count > payload_reader::max_violations) return;
    const bool makes_useless = r == rule::required_missing || r == rule::wrong_type;
    if (makes_useless && is_in_custom_data(self)) r = rule::custom_data;
    out_.violations.push_back({r, kind, pointer_to(self, member), std::move(expected)});
}

std::string payload_parser::pointer_to(const tape_entry& self, std::string_view member) const {
    constexpr std::size_t longest_pointer = 200;
    std::string pointer;
    for (std::size_t i = 1; i < depth_; ++i) append_step(pointer, *open_[i - 1], *open_[i]);
    if (depth_ > 0) append_step(pointer, *open_[depth_ - 1], self);
    if (!member.empty()) append_name(pointer, member);
    cut(pointer, longest_pointer);
    return pointer;
}

void payload_parser::append_step(std::string& pointer, const tape_entry& parent, const tape_entry& child) const {
    if (parent.kind == value_kind::object) {
        std::string name;
        json_text::decode(name, out_.key_of(child));
        append_name(pointer, name);
        return;
    }
    std::size_t position = 0;
    for (const auto* at = &parent + 1; at != &child; at += at->next) ++position;
    pointer += fmt::format("/{}", position);
}

}  // namespace voltgate::ocpp
