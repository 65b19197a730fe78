// Plain values between JSON text and C++.
#include "ocpp/typed/json.hpp"

#include "ocpp/frame.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace voltgate::ocpp::typed {

bool source::is_object() const {
    // An empty answer comes as null from some charge points. What it lacks is said member by member.
    if (value_.kind() == value_kind::object || (!parent_ && value_.kind() == value_kind::null)) return true;
    fail_kind("object");
    return false;
}

bool source::is_array() const {
    if (value_.kind() == value_kind::array) return true;
    fail_kind("array");
    return false;
}

void source::fail(std::string message) const {
    if (error_) return;
    auto& error = error_.emplace();
    append_pointer(error.pointer);
    error.message = std::move(message);
}

void source::fail_kind(std::string_view expected) const {
    std::string message = "expected ";
    message += expected;
    message += ", got ";
    message += to_string(value_.kind());
    fail(std::move(message));
}

value_view source::required(std::string_view name) const {
    const auto member = value_[name];
    if (!member)
        source(member, *this, name)
            .fail(member.kind() == value_kind::null ? "required, but null" : "required, but missing");
    return member;
}

void source::append_pointer(std::string& out) const {
    if (!parent_) return;
    parent_->append_pointer(out);
    out += '/';
    if (key_.empty())
        out += std::to_string(index_);
    else
        out += key_;
}

void read(const source& in, std::string& out) {
    switch (in.value().kind()) {
        case value_kind::string:
        case value_kind::integer:
        case value_kind::number: out = in.value().string(); break;
        case value_kind::boolean:
        case value_kind::array:
        case value_kind::object:
            // The data of a 1.6 DataTransfer that is no text: its JSON.
            if (in.key() == "data")
                out = in.value().json();
            else
                in.fail_kind("string");
            break;
        default: in.fail_kind("string");
    }
}

void read(const source& in, std::int64_t& out) {
    if (const auto number = in.value().integer())
        out = *number;
    else if (in.value().kind() == value_kind::integer || in.value().kind() == value_kind::number)
        in.fail("expected an integer of at most 64 bits");
    else
        in.fail_kind("integer");
}

void read(const source& in, double& out) {
    if (const auto number = in.value().number())
        out = *number;
    else
        in.fail_kind("number");
}

void read(const source& in, bool& out) {
    if (const auto boolean = in.value().boolean())
        out = *boolean;
    else
        in.fail_kind("boolean");
}

void read(const source& in, raw_json& out) { out = raw_json(in.value().json()); }

void write(std::string& out, std::string_view in) { append_json_string(out, in); }

void write(std::string& out, std::int64_t in) { out += std::to_string(in); }

void write(std::string& out, double in) {
    if (!std::isfinite(in)) {
        out += "null";
        return;
    }
    // Small parsers stumble over exponents: none where plain digits are short enough.
    const auto size = std::abs(in);
    const bool plain = size == 0 || (size >= 1e-9 && size < 1e15);
    std::array<char, 64> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), in,
                                   plain ? std::chars_format::fixed : std::chars_format::scientific);
    out.append(text.data(), end.ptr);
}

void write(std::string& out, bool in) { out += in ? "true" : "false"; }

void write(std::string& out, const raw_json& in) { out += in.text(); }

void object_writer::begin_member(std::string_view name) {
    if (!std::exchange(first_, false)) out_ += ',';
    out_ += '"';
    out_ += name;
    out_ += "\":";
}

document::document(std::string_view text) {
    if (!reader_.read(text, nullptr)) error_ = json_error{{}, std::string(reader_.syntax_error())};
}

}  // namespace voltgate::ocpp::typed
