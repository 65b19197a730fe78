// Looking at the values of the payload last read.
#include "ocpp/payload.hpp"
#include "text/bytes.hpp"
#include "text/json_text.hpp"

namespace voltgate::ocpp {

namespace {

std::string decoded(std::string_view json) {
    std::string text;
    text.reserve(json.size());
    json_text::decode(text, json);
    return text;
}

}  // namespace

value_view value_view::operator[](std::string_view name) const noexcept {
    value_view found;
    if (kind() != value_kind::object) return found;
    const auto is_it = [&](value_view member) {
        const auto key = member.key();
        if (member.entry_->key_escaped) [[unlikely]]
            return decoded(key) == name;
        return key.size() == name.size() && same_bytes(key.data(), name.data(), name.size());
    };
    for (auto member = first(); member.entry_ != nullptr; member = member.next())
        if (is_it(member)) found = member;
    return found;
}

std::string value_view::string() const {
    switch (kind()) {
        case value_kind::string: return entry_->escaped ? decoded(raw()) : std::string(raw());
        case value_kind::boolean:
        case value_kind::integer:
        case value_kind::number: return std::string(raw());
        default: return {};
    }
}

std::optional<std::int64_t> value_view::integer() const noexcept {
    switch (kind()) {
        case value_kind::string:
            if (!json_text::is_number(raw())) return std::nullopt;
            [[fallthrough]];
        case value_kind::integer:
        case value_kind::number: return json_text::to_integer(raw());
        default: return std::nullopt;
    }
}

std::optional<double> value_view::number() const noexcept {
    switch (kind()) {
        case value_kind::string:
            if (!json_text::is_number(raw())) return std::nullopt;
            [[fallthrough]];
        case value_kind::integer:
        case value_kind::number: return json_text::to_double(raw());
        default: return std::nullopt;
    }
}

std::optional<bool> value_view::boolean() const noexcept {
    if (kind() != value_kind::boolean) return std::nullopt;
    return raw() == "true";
}

}  // namespace voltgate::ocpp
