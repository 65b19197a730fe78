// Reading and writing OCPP-J envelopes.
#include "ocpp/frame.hpp"

#include "text/json_text.hpp"

#include <charconv>
#include <limits>
#include <optional>
#include <system_error>

namespace voltgate::ocpp {

namespace {

/// Walks through the elements of the frame's array.
class element_reader {
  public:
    explicit element_reader(std::string_view text) noexcept
        : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()) {}

    void skip_blanks() noexcept { at_ = json_text::skip_blanks(at_, end_); }
    [[nodiscard]] char peek() const noexcept { return json_text::peek(at_, end_); }
    [[nodiscard]] std::size_t offset() const noexcept { return static_cast<std::size_t>(at_ - begin_); }

    bool take(char c) noexcept {
        if (peek() != c) {
            skip_blanks();
            if (peek() != c) return false;
        }
        ++at_;
        skip_blanks();
        return true;
    }

    /// A string's text without quotes.
    [[nodiscard]] std::optional<std::string_view> string() noexcept {
        if (peek() != '"') return std::nullopt;
        const auto* const first = at_ + 1;
        const auto* const close = json_text::scan_string(begin_, first, end_).close;
        if (close == nullptr) return std::nullopt;
        at_ = close + 1;
        return slice(first, close);
    }

    /// One digit with a comma right behind it, which is left; -1 when something else stands here.
    [[nodiscard]] int single_digit() noexcept {
        if (end_ - at_ < 2 || !json_text::is_digit(*at_) || at_[1] != ',') return -1;
        return *at_++ - '0';
    }

    [[nodiscard]] std::optional<std::string_view> number(bool& whole) noexcept {
        const auto* const first = at_;
        const auto* const last = json_text::scan_number(at_, end_, whole);
        if (last == nullptr) return std::nullopt;
        at_ = last;
        return slice(first, last);
    }

  private:
    static std::string_view slice(const char* first, const char* last) noexcept {
        return {first, static_cast<std::size_t>(last - first)};
    }

    const char* begin_;
    const char* at_;
    const char* end_;
};

bool is_empty(std::string_view text) noexcept {
    return text.find_first_not_of(std::string_view(" \t\r\n\0", 5)) == std::string_view::npos;
}

bool is_known(std::int64_t type, version v) noexcept { return type >= 2 && type <= (v == version::v21 ? 6 : 4); }

/// The message type; a number beyond 64 bits becomes the nearest that fits, for no version knows either.
std::optional<std::int64_t> read_type(element_reader& in) noexcept {
    if (const auto digit = in.single_digit(); digit >= 0) return digit;
    bool whole = false;
    const auto text = in.number(whole);
    if (!text || !whole) return std::nullopt;
    std::int64_t value = 0;
    const auto read = std::from_chars(text->data(), text->data() + text->size(), value);
    if (read.ec == std::errc()) return value;
    return text->front() == '-' ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
}

bool read_id(element_reader& in, frame_head& head) noexcept {
    if (const auto text = in.string()) {
        head.id = *text;
        return true;
    }
    bool whole = false;
    if (const auto text = in.number(whole)) {
        head.id = *text;
        head.numeric_id = true;
        return true;
    }
    return false;
}

/// What stands between id and payload. What could be read is set, also when this returns false.
bool read_middle(element_reader& in, frame_head& head) noexcept {
    switch (head.type) {
        case message_type::call:
        case message_type::send: {
            const auto action = in.string();
            if (!action) return false;
            head.action = *action;
            return in.take(',');
        }
        case message_type::call_result: return true;
        case message_type::call_error:
        case message_type::call_result_error: {
            const auto code = in.string();
            if (!code) return false;
            head.error_code = *code;
            if (!in.take(',')) return false;
            const auto description = in.string();
            if (!description) return false;
            head.error_description = *description;
            return in.take(',');
        }
    }
    return false;
}

void append_unicode_escape(std::string& out, unsigned char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u00";
    out += digits[c >> 4U];
    out += digits[c & 0xFU];
}

void append_control(std::string& out, char c) {
    switch (c) {
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default: append_unicode_escape(out, static_cast<unsigned char>(c));
    }
}

/// Where ASCII ends that stands in a JSON string as it is, or `most` of it.
const char* end_of_plain(const char* at, const char* end, std::size_t most) noexcept {
    if (static_cast<std::size_t>(end - at) > most) end = at + most;
    const auto is_plain = [](unsigned char c) { return c >= 0x20 && c < 0x80 && c != '"' && c != '\\'; };
    while (at != end && is_plain(static_cast<unsigned char>(*at))) ++at;
    return at;
}

/// Appends at most `most` code points of `text` as a JSON string.
void append_string(std::string& out, std::string_view text, std::size_t most) {
    out += '"';
    const auto* const end = text.data() + text.size();
    std::size_t count = 0;
    for (const auto* at = text.data(); at != end && count < most; ++count) {
        if (const auto* const plain = end_of_plain(at, end, most - count); plain != at) {
            out.append(at, static_cast<std::size_t>(plain - at));
            count += static_cast<std::size_t>(plain - at) - 1;
            at = plain;
            continue;
        }
        const char c = *at;
        const auto length = json_text::sequence_length(at, end);
        if (length == 0) {
            out += "\xEF\xBF\xBD";
            ++at;
            continue;
        }
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            append_control(out, c);
        } else {
            out.append(at, length);
        }
        at += length;
    }
    out += '"';
}

void append_id(std::string& out, std::string_view id, bool numeric) {
    if (!numeric) out += '"';
    out += id;
    if (!numeric) out += '"';
}

void append_error(std::string& out, char type, std::string_view id, bool numeric_id, std::string_view code,
                  std::string_view description, std::string_view details) {
    constexpr std::size_t description_limit = 255;
    out += '[';
    out += type;
    out += ',';
    append_id(out, id, numeric_id);
    out += ",\"";
    out += code;
    out += "\",";
    append_string(out, description, description_limit);
    out += ',';
    out += details;
    out += ']';
}

}  // namespace

frame_head read_head(std::string_view text, version v) noexcept {
    frame_head head;
    element_reader in(text);
    head.fault = frame_fault::not_an_array;
    if (!in.take('[')) {
        if (is_empty(text)) head.fault = frame_fault::empty;
        return head;
    }
    const auto type = read_type(in);
    if (!type) return head;
    head.type_number = *type;
    const bool known = is_known(*type, v);
    if (known) head.type = static_cast<message_type>(*type);
    const bool has_id = in.take(',') && read_id(in, head);
    head.fault = known ? frame_fault::id_unreadable : frame_fault::unknown_type;
    if (!known || !has_id) return head;
    head.fault = frame_fault::malformed;
    if (!in.take(',') || !read_middle(in, head)) return head;
    head.payload_offset = in.offset();
    head.fault = frame_fault::none;
    return head;
}

std::size_t id_length(const frame_head& head) noexcept { return json_text::length(head.id); }

void append_call(std::string& out, std::string_view id, std::string_view action, std::string_view payload) {
    out += "[2,\"";
    out += id;
    out += "\",\"";
    out += action;
    out += "\",";
    out += payload;
    out += ']';
}

void begin_call_result(std::string& out, const frame_head& call) {
    out += call.numeric_id ? "[3," : "[3,\"";
    out += call.id;
    out += call.numeric_id ? "," : "\",";
}

void end_call_result(std::string& out) { out += ']'; }

void append_call_result(std::string& out, const frame_head& call, std::string_view payload) {
    begin_call_result(out, call);
    out += payload;
    end_call_result(out);
}

void append_call_error(std::string& out, std::string_view id, bool numeric_id, std::string_view code,
                       std::string_view description, std::string_view details) {
    append_error(out, '4', id, numeric_id, code, description, details);
}

void append_call_result_error(std::string& out, std::string_view id, std::string_view code,
                              std::string_view description, std::string_view details) {
    append_error(out, '5', id, false, code, description, details);
}

void append_json_string(std::string& out, std::string_view text) {
    append_string(out, text, std::numeric_limits<std::size_t>::max());
}

std::string unescape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    json_text::decode(out, text);
    return out;
}

}  // namespace voltgate::ocpp
