#include "text/quote.hpp"

namespace voltgate {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

constexpr unsigned char byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

struct sequence_form {
    std::size_t length;
    unsigned char second_min;  // of the second byte: excludes overlong forms, surrogates and what is beyond U+10FFFF
    unsigned char second_max;
};

constexpr sequence_form form_of(unsigned char lead) {
    if (lead >= 0xC2 && lead <= 0xDF) return {2, 0x80, 0xBF};
    if (lead == 0xE0) return {3, 0xA0, 0xBF};
    if (lead == 0xED) return {3, 0x80, 0x9F};
    if (lead >= 0xE1 && lead <= 0xEF) return {3, 0x80, 0xBF};
    if (lead == 0xF0) return {4, 0x90, 0xBF};
    if (lead >= 0xF1 && lead <= 0xF3) return {4, 0x80, 0xBF};
    if (lead == 0xF4) return {4, 0x80, 0x8F};
    return {0, 0, 0};
}

constexpr bool is_plain(unsigned char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

void append_escaped(std::string& out, unsigned char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    switch (c) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default: break;
    }
    out += "\\u00";
    out += digits[c >> 4U];
    out += digits[c & 0x0FU];
}

// C1 control characters and U+2028, U+2029 are obeyed by some terminals and readers.
bool is_c1_control(std::string_view sequence) { return sequence.front() == '\xC2' && byte_at(sequence, 1) < 0xA0; }

void append_sequence(std::string& out, std::string_view sequence) {
    if (is_c1_control(sequence))
        append_escaped(out, byte_at(sequence, 1));
    else if (sequence == "\xE2\x80\xA8")
        out += "\\u2028";
    else if (sequence == "\xE2\x80\xA9")
        out += "\\u2029";
    else
        out += sequence;
}

}  // namespace

std::size_t utf8_sequence(std::string_view text) noexcept {
    const auto lead = byte_at(text, 0);
    if (lead < 0x80) return 1;
    const auto form = form_of(lead);
    if (form.length == 0 || text.size() < form.length) return 0;
    if (byte_at(text, 1) < form.second_min || byte_at(text, 1) > form.second_max) return 0;
    for (std::size_t i = 2; i < form.length; ++i)
        if ((byte_at(text, i) & 0xC0U) != 0x80U) return 0;
    return form.length;
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && is_plain(byte_at(text, plain))) ++plain;
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) break;
        if (byte_at(text, 0) < 0x80) {
            append_escaped(out, byte_at(text, 0));
            text.remove_prefix(1);
        } else if (const auto length = utf8_sequence(text)) {
            append_sequence(out, text.substr(0, length));
            text.remove_prefix(length);
        } else {
            out.append(replacement);
            text.remove_prefix(1);
        }
    }
    out += '"';
}

void append_json_in_line(std::string& out, std::string_view json) {
    for (const char c : json) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
}

std::string in_quotes(std::string_view text) {
    std::string out;
    append_quoted(out, text);
    return out;
}

}  // namespace voltgate
