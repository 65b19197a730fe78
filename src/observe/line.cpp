#include "observe/line.hpp"

#include "text/quote.hpp"
#include "text/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace voltgate {

namespace {

constexpr std::size_t max_text_bytes = 1024;  // of one value; escaping makes at most six times that of it
constexpr std::size_t max_json_bytes = log::max_line_bytes * 3 / 4;
constexpr std::string_view cut_mark = "…";

std::string_view name_of(log::severity s) {
    switch (s) {
        case log::severity::trace: return "trace";
        case log::severity::debug: return "debug";
        case log::severity::info: return "info";
        case log::severity::warning: return "warning";
        case log::severity::error: return "error";
        case log::severity::off: break;
    }
    return "off";
}

/// May stand in a text line without quotes, and is not mistaken for the key of a field.
bool is_plain(std::string_view text) {
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F && c != '"' && c != '='; });
}

/// At most max_text_bytes of a text, not cut within a character.
std::string_view shortened(std::string_view text) {
    if (text.size() <= max_text_bytes) return text;
    auto end = max_text_bytes;
    while (end > max_text_bytes - 4 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end);
}

void append_quoted_value(std::string& out, std::string_view text) {
    const auto kept = shortened(text);
    append_quoted(out, kept);
    if (kept.size() == text.size()) return;
    out.pop_back();
    out += cut_mark;
    out += '"';
}

void append_text(std::string& out, std::string_view text, bool json) {
    if (!json && text.size() <= max_text_bytes && is_plain(text))
        out += text;
    else
        append_quoted_value(out, text);
}

void append_raw(std::string& out, std::string_view text) {
    if (text.size() <= max_json_bytes)
        append_json_in_line(out, text);
    else
        append_quoted_value(out, text);  // JSON that is cut is no JSON any more
}

void append_double(std::string& out, double d) {
    if (std::isfinite(d))
        fmt::format_to(std::back_inserter(out), "{}", d);
    else
        out += "null";
}

void append_value(std::string& out, const log_field::value_type& value, bool json) {
    struct appender {
        std::string& out;
        bool json;
        void operator()(std::string_view text) const { append_text(out, text, json); }
        void operator()(std::int64_t n) const { fmt::format_to(std::back_inserter(out), "{}", n); }
        void operator()(std::uint64_t n) const { fmt::format_to(std::back_inserter(out), "{}", n); }
        void operator()(double d) const { append_double(out, d); }
        void operator()(bool flag) const { out += flag ? "true" : "false"; }
        void operator()(log_json text) const { append_raw(out, text.text); }
    };
    std::visit(appender{out, json}, value);
}

bool is_plain_message(std::string_view message) {
    return message.size() <= max_text_bytes &&
           std::ranges::all_of(message, [](char c) { return c >= ' ' && c < 0x7F; });
}

/// Leaves out the fields for which the line has no room, and says how many.
template <class Append>
void append_fields(std::string& out, std::span<const log_field> fields, Append append) {
    constexpr std::size_t room_for_the_end = 64;
    const auto start = out.size();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto before = out.size();
        append(fields[i]);
        if (out.size() <= log::max_line_bytes - room_for_the_end) continue;
        out.resize(std::max(before, start));
        append(log_field("fields_left_out", fields.size() - i));
        return;
    }
}

}  // namespace

void append_text_line(std::string& out, std::chrono::system_clock::time_point t, log::severity s,
                      std::string_view message, std::span<const log_field> fields) {
    ocpp::append_timestamp(out, t, true);
    fmt::format_to(std::back_inserter(out), " {:5} ", name_of(s));
    if (is_plain_message(message))
        out += message;
    else
        append_quoted_value(out, message);
    append_fields(out, fields, [&](const log_field& f) {
        out += ' ';
        out += f.name;
        if (!f.name.empty()) out += '=';
        append_value(out, f.value, false);
    });
}

void append_json_line(std::string& out, std::chrono::system_clock::time_point t, log::severity s,
                      std::string_view message, std::span<const log_field> fields) {
    out += R"({"time":")";
    ocpp::append_timestamp(out, t, true);
    out += R"(","level":")";
    out += name_of(s);
    out += R"(","msg":)";
    append_quoted_value(out, message);
    append_fields(out, fields, [&](const log_field& f) {
        out += R"(,")";
        out += f.name;
        out += R"(":)";
        append_value(out, f.value, true);
    });
    out += '}';
}

}  // namespace voltgate
