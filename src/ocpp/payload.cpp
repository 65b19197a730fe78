// The payload reader and the values it found.
#include "ocpp/payload.hpp"

#include "ocpp/payload_parser.hpp"
#include "ocpp/payload_tape.hpp"
#include "text/json_text.hpp"

#include <algorithm>
#include <limits>

namespace voltgate::ocpp {

std::string_view to_string(value_kind k) noexcept {
    switch (k) {
        case value_kind::absent: return "absent";
        case value_kind::null: return "null";
        case value_kind::boolean: return "boolean";
        case value_kind::integer: return "integer";
        case value_kind::number: return "number";
        case value_kind::string: return "string";
        case value_kind::array: return "array";
        case value_kind::object: return "object";
    }
    return "?";
}

payload_reader::payload_reader() : impl_(std::make_unique<impl>()) { impl_->violations.reserve(max_violations); }

payload_reader::~payload_reader() = default;

namespace {

/// Where the text ends without the blanks behind it, and without the NULs that some charge points add.
const char* content_end(std::string_view text) noexcept {
    const auto* end = text.data() + text.size();
    while (end != text.data() && (json_text::is_blank(end[-1]) || end[-1] == '\0')) --end;
    return end;
}

/// Behind the last closing bracket or brace; `begin`: there is none.
const char* last_closing(const char* begin, const char* end) noexcept {
    while (end != begin && end[-1] != ']' && end[-1] != '}') --end;
    return end;
}

}  // namespace

bool payload_reader::start(std::string_view text) {
    auto& in = *impl_;
    in.text = text;
    in.payload = {};
    in.violations.clear();
    in.violation_count = 0;
    in.syntax_error.clear();
    in.payload_whole = false;
    in.trailing_bytes = false;
    in.duplicate_names = false;
    if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
        in.syntax_error = "the text is longer than 4 GiB";
        return false;
    }
    in.values.prepare(text.size());
    return true;
}

bool payload_reader::read_frame(std::string_view text, std::size_t offset, const schema* s) {
    if (!start(text)) return false;
    auto& in = *impl_;
    const auto* const end = content_end(text);
    const auto* const first = text.data() + std::min(offset, static_cast<std::size_t>(end - text.data()));
    if (end == text.data() || end[-1] != ']') {
        const auto* const last = last_closing(first, end);
        if (last != first)
            in.payload_whole = payload_parser(in, last).root(json_text::skip_blanks(first, last), s) != nullptr;
        payload_parser(in, end).fail(end, "the frame's closing bracket should stand");
        return false;
    }
    if (!in.known) in.known = std::make_unique<known_members>();
    payload_parser parser(in, end);
    const auto* at = parser.root(json_text::skip_blanks(first, end), s);
    if (at == nullptr) return false;
    in.payload_whole = true;
    at = json_text::skip_blanks(at, end);
    if (json_text::peek(at, end) != ']') {
        parser.fail(at, "the frame's closing bracket should stand");
        return false;
    }
    if (++at != end) {
        parser.fail(at, "nothing should follow the frame");
        return false;
    }
    in.trailing_bytes = text.data() + text.size() != end;
    return true;
}

bool payload_reader::read(std::string_view text, const schema* s) {
    if (!start(text)) return false;
    auto& in = *impl_;
    const auto* const end = content_end(text);
    payload_parser parser(in, end);
    const auto* const first = json_text::skip_blanks(text.data(), end);
    const char opening = json_text::peek(first, end);
    const char closing = opening == '{' ? '}' : ']';
    if ((opening == '{' || opening == '[') && end[-1] != closing) {
        parser.fail(end, "a closing bracket should stand");
        return false;
    }
    const auto* const at = parser.root(first, s);
    if (at == nullptr) return false;
    if (at != end) {
        parser.fail(json_text::skip_blanks(at, end), "nothing should follow the payload");
        return false;
    }
    in.payload_whole = true;
    return true;
}

std::string_view payload_reader::syntax_error() const noexcept { return impl_->syntax_error; }

bool payload_reader::payload_whole() const noexcept { return impl_->payload_whole; }

bool payload_reader::trailing_bytes() const noexcept { return impl_->trailing_bytes; }

bool payload_reader::duplicate_names() const noexcept { return impl_->duplicate_names; }

std::string_view payload_reader::payload() const noexcept { return impl_->payload; }

value_view payload_reader::root() const noexcept {
    return impl_->payload_whole ? value_view(&impl_->values[0], impl_->text.data()) : value_view();
}

const std::vector<violation>& payload_reader::violations() const noexcept { return impl_->violations; }

std::size_t payload_reader::violation_count() const noexcept { return impl_->violation_count; }

}  // namespace voltgate::ocpp
