// What the typed messages of v16.hpp, v201.hpp and v21.hpp are made of, and their way to JSON text and back.
#pragma once

#include <voltgate/ocpp/version.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace voltgate::ocpp {

/// Why a text is not the message that was asked for.
struct json_error {
    std::string pointer;  // JSON pointer to the value, from the payload's root; empty: the payload itself
    std::string message;  // for people
};

namespace detail {
[[noreturn]] void throw_no_value(const json_error& error);
}

/// What from_json() gives: a message, or why there is none. Taking the value that is not there throws
/// std::invalid_argument with the error's text.
template <class T>
class parse_result {
  public:
    parse_result(T value) : content_(std::move(value)) {}
    parse_result(json_error error) : content_(std::move(error)) {}

    [[nodiscard]] bool has_value() const noexcept { return std::holds_alternative<T>(content_); }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }

    [[nodiscard]] const T& value() const& { return *checked(this); }
    [[nodiscard]] T& value() & { return *checked(this); }
    [[nodiscard]] T&& value() && { return std::move(*checked(this)); }
    [[nodiscard]] const T& operator*() const& { return *checked(this); }
    [[nodiscard]] T& operator*() & { return *checked(this); }
    [[nodiscard]] T&& operator*() && { return std::move(*checked(this)); }
    [[nodiscard]] const T* operator->() const { return checked(this); }
    [[nodiscard]] T* operator->() { return checked(this); }

    /// Only without value.
    [[nodiscard]] const json_error& error() const { return std::get<json_error>(content_); }

  private:
    template <class Self>
    static auto checked(Self* self) {
        auto* const value = std::get_if<T>(&self->content_);
        if (!value) detail::throw_no_value(self->error());
        return value;
    }

    std::variant<T, json_error> content_;
};

/// An enumeration of OCPP: texts(E{}) gives the wire text of each enumerator, by its number.
template <class E>
concept wire_enum = std::is_enum_v<E> && requires(E e) {
    { texts(e) } -> std::same_as<std::span<const std::string_view>>;
};

/// The text on the wire; empty for a number that is no enumerator.
template <wire_enum E>
[[nodiscard]] std::string_view to_string(E e) noexcept {
    const auto number = static_cast<std::size_t>(e);
    const auto all = texts(e);
    return number < all.size() ? all[number] : std::string_view{};
}

namespace detail {
[[nodiscard]] std::optional<std::size_t> find_text(std::span<const std::string_view> all,
                                                   std::string_view text) noexcept;
}

/// The enumerator with this wire text, compared exactly.
template <wire_enum E>
[[nodiscard]] std::optional<E> from_string(std::string_view text) noexcept {
    const auto number = detail::find_text(texts(E{}), text);
    return number ? std::optional<E>(static_cast<E>(*number)) : std::nullopt;
}

/// A member with an enumerated value. Charge points send values of their own: those have a text and no value().
template <wire_enum E>
class open_enum {
  public:
    open_enum() = default;  // no value, empty text: no message is valid with it
    open_enum(E value) : value_(value) {}
    explicit open_enum(std::string_view text) : value_(from_string<E>(text)) {
        if (!value_) unknown_ = text;
    }

    [[nodiscard]] std::optional<E> value() const noexcept { return value_; }
    /// As on the wire; valid as long as this object is unchanged.
    [[nodiscard]] std::string_view text() const noexcept { return value_ ? to_string(*value_) : unknown_; }

    friend bool operator==(const open_enum&, const open_enum&) = default;
    friend bool operator==(const open_enum& a, E b) noexcept { return a.value_ == b; }

  private:
    std::optional<E> value_;
    std::string unknown_;  // empty when value_ is set
};

/// Any JSON value, kept as the text it came as. Always valid JSON.
class raw_json {
  public:
    raw_json() = default;  // null
    /// Throws std::invalid_argument when `text` is not one JSON value, or is nested more than 32 levels deep.
    explicit raw_json(std::string_view text);

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    friend bool operator==(const raw_json&, const raw_json&) = default;

  private:
    std::string text_ = "null";
};

/// A request or response of v16, v201 or v21.
template <class T>
concept message =
    std::default_initializable<T> && requires(std::string& out, const T& in, std::string_view text, T& to) {
        append_json(out, in);
        { read_json(text, to) } -> std::same_as<std::optional<json_error>>;
    };

/// Names an exchange to a typed call: v16::RemoteStartTransaction and its like.
template <class A>
concept action = message<typename A::request> && requires {
    typename A::response;  // void: never answered
    { A::name } -> std::convertible_to<std::string_view>;
    { A::ocpp_version } -> std::convertible_to<version>;
};

/// The message as a payload. Optional members without value are left out. Nothing is checked against the schema:
/// the gateway does that when it sends. A number that JSON cannot say (NaN, infinity) becomes null.
template <message T>
[[nodiscard]] std::string to_json(const T& in) {
    std::string out;
    append_json(out, in);
    return out;
}

/// Reads a payload. Lenient where the meaning is plain: null is absent, numbers may stand in quotes and texts may be
/// numbers, members that T does not have are skipped. A required member that is missing, and a value of another type,
/// is an error. Lengths, ranges and enumerated values are not checked.
template <message T>
[[nodiscard]] parse_result<T> from_json(std::string_view text) {
    T out;
    if (auto error = read_json(text, out)) return *std::move(error);
    return out;
}

}  // namespace voltgate::ocpp
