// Between the typed members of voltgate::config and the neutral settings::value. Used by the key table alone.
#pragma once

#include "config/value.hpp"

#include <voltgate/config.hpp>

#include <chrono>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace voltgate::settings {

template <class Enum>
using word_list = std::vector<std::pair<std::string_view, Enum>>;

/// The words of an enumeration, in the order in which they are shown.
template <class Enum>
[[nodiscard]] const word_list<Enum>& words_of();
template <>
const word_list<ocpp::version>& words_of();
template <>
const word_list<server_config::no_subprotocol_answer>& words_of();
template <>
const word_list<server_config::served>& words_of();
template <>
const word_list<boot_config::status>& words_of();
template <>
const word_list<authorization_config::mode>& words_of();
template <>
const word_list<security_config::unknown_answer>& words_of();
template <>
const word_list<security_config::certificate_name>& words_of();
template <>
const word_list<api_scope>& words_of();
template <>
const word_list<events_config::durable>& words_of();
template <>
const word_list<level>& words_of();
template <>
const word_list<enum log_config::format>& words_of();
template <>
const word_list<log_config::severity>& words_of();

template <class Enum>
[[nodiscard]] std::string word_of(Enum e) {
    for (const auto& [name, enumerator] : words_of<Enum>())
        if (enumerator == e) return std::string(name);
    return {};
}

template <class Enum>
[[nodiscard]] Enum from_word(std::string_view word) {
    const auto& words = words_of<Enum>();
    for (const auto& [name, enumerator] : words)
        if (name == word) return enumerator;
    return words.front().second;
}

template <class Enum>
[[nodiscard]] value_rules word() {
    value_rules rules;
    rules.type = kind::word;
    for (const auto& [name, enumerator] : words_of<Enum>()) rules.words.push_back(name);
    return rules;
}

template <class Enum>
[[nodiscard]] value_rules words() {
    auto rules = word<Enum>();
    rules.type = kind::words;
    return rules;
}

// Each type a member may have: `to` a value and `from` it.
template <class Type>
struct codec;

template <>
struct codec<bool> {
    static value to(bool b) { return b; }
    static bool from(const value& v) { return std::get<bool>(v); }
};

template <class Type>
    requires std::integral<Type>
struct codec<Type> {
    static value to(Type n) { return static_cast<std::int64_t>(n); }
    static Type from(const value& v) { return static_cast<Type>(std::get<std::int64_t>(v)); }
};

template <class Type>
    requires std::is_enum_v<Type>
struct codec<Type> {
    static value to(Type e) { return word_of(e); }
    static Type from(const value& v) { return from_word<Type>(std::get<std::string>(v)); }
};

template <class Rep, class Period>
struct codec<std::chrono::duration<Rep, Period>> {
    using type = std::chrono::duration<Rep, Period>;
    static value to(type d) { return std::int64_t{std::chrono::duration_cast<std::chrono::milliseconds>(d).count()}; }
    static type from(const value& v) {
        return std::chrono::duration_cast<type>(std::chrono::milliseconds(std::get<std::int64_t>(v)));
    }
};

template <>
struct codec<std::string> {
    static value to(const std::string& s) { return s; }
    static std::string from(const value& v) { return std::get<std::string>(v); }
};

template <>
struct codec<std::vector<std::string>> {
    static value to(const std::vector<std::string>& list) { return list; }
    static std::vector<std::string> from(const value& v) { return std::get<std::vector<std::string>>(v); }
};

template <class Type>
    requires std::is_enum_v<Type>
struct codec<std::vector<Type>> {
    static value to(const std::vector<Type>& list) {
        std::vector<std::string> words;
        for (const auto e : list) words.push_back(word_of(e));
        return words;
    }
    static std::vector<Type> from(const value& v) {
        std::vector<Type> list;
        for (const auto& word : std::get<std::vector<std::string>>(v)) list.push_back(from_word<Type>(word));
        return list;
    }
};

/// How a member is read: an unset optional has no value.
template <class Type>
[[nodiscard]] std::optional<value> get_member(const Type& member) {
    return codec<Type>::to(member);
}
template <class Type>
[[nodiscard]] std::optional<value> get_member(const std::optional<Type>& member) {
    if (!member) return std::nullopt;
    return codec<Type>::to(*member);
}

template <class Type>
void set_member(Type& member, const value& v) {
    member = codec<Type>::from(v);
}
template <class Type>
void set_member(std::optional<Type>& member, const value& v) {
    member = codec<Type>::from(v);
}

}  // namespace voltgate::settings
