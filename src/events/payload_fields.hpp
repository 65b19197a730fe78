// Writes single members of event payloads from fields of a charge point's message. A field that is missing or of a
// type that cannot be meant becomes null; texts are copied as they were received, for they are JSON already.
#pragma once

#include "events/exact_decimal.hpp"
#include "events/text_writer.hpp"
#include "ocpp/payload.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace voltgate {

/// A string literal as a template argument.
template <std::size_t N>
struct literal {
    consteval literal(const char (&from)[N]) noexcept { std::copy_n(from, N, text); }  // NOLINT: converts on purpose
    [[nodiscard]] constexpr bool is(std::string_view other) const noexcept {
        return other.size() == N - 1 && std::memcmp(other.data(), text, N - 1) == 0;
    }
    char text[N];
};

/// The members of `object` by name, in one pass; absent where there is none, the last where there are several.
template <literal... Names>
[[nodiscard]] std::array<ocpp::value_view, sizeof...(Names)> pick(ocpp::value_view object) noexcept {
    std::array<ocpp::value_view, sizeof...(Names)> found{};
    for (auto member = object.first(); member.kind() != ocpp::value_kind::absent; member = member.next()) {
        const auto key = member.key();
        std::size_t i = 0;
        static_cast<void>(((Names.is(key) || (++i, false)) || ...));
        if (i < sizeof...(Names)) found[i] = member;
    }
    return found;
}

/// Absent, null or "": optional fields are often sent empty.
[[nodiscard]] inline bool is_blank(ocpp::value_view v) noexcept {
    return !v.present() || (v.kind() == ocpp::value_kind::string && v.raw().empty());
}

/// A text, or a number as it is spelt; nullopt: there is neither. The empty text is one.
[[nodiscard]] std::optional<std::string> text_in(ocpp::value_view v);

[[nodiscard]] text_writer put_odd_string(text_writer out, ocpp::value_view v, std::string_view fallback);

/// A text; a number where a text belongs is taken as its spelling. `fallback`: JSON text for a blank field.
[[gnu::always_inline]] inline void put_string(text_writer& out, ocpp::value_view v,
                                              std::string_view fallback = "null") {
    if (v.kind() == ocpp::value_kind::absent) {
        out.put(fallback);
        return;
    }
    constexpr std::size_t quotes = 2;
    if (const auto json = v.json(); v.kind() == ocpp::value_kind::string && json.size() > quotes) [[likely]]
        out.put(json);
    else
        out = put_odd_string(out, v, fallback);
}

/// The text out of a closed list, without regard to case, as the list spells it; empty: not in the list.
[[nodiscard]] std::string_view find_word(ocpp::value_view v, std::span<const std::string_view> words) noexcept;

/// `word` is what find_word gave for `v`; when empty, the text as received.
void put_word(text_writer& out, ocpp::value_view v, std::string_view word, std::string_view fallback = "null");

void put_integer(text_writer& out, ocpp::value_view v);
void put_integer(text_writer& out, const std::optional<std::int64_t>& n);

/// A number, also if it came as text; see decimal.hpp for what counts as one.
void put_number(text_writer& out, ocpp::value_view v);

/// A time as RFC 3339 in UTC. Returns it.
std::optional<std::chrono::system_clock::time_point> put_timestamp(text_writer& out, ocpp::value_view v);
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> time_of(ocpp::value_view v) noexcept;

/// Text of the gateway's own, escaped; empty: null.
void put_own_text(text_writer& out, std::string_view text);

/// `,"name":` and a reading, a time in UTC, a text of the gateway's own; null where there is none.
void put_reading(text_writer& out, std::string_view name, const std::optional<exact_decimal>& reading);
void put_time(text_writer& out, std::string_view name,
              const std::optional<std::chrono::system_clock::time_point>& time);
void put_text(text_writer& out, std::string_view name, std::string_view text);

/// Adds members, as `,"name":value…`, to an object that is complete.
void add_members(std::string& object, std::string_view members);

/// The end of charge_point.booted: `,"registrationStatus":…,"intervalSeconds":n}`.
void put_registration(text_writer& out, std::string_view status, std::int64_t interval);
/// The beginning of certificate.requested: `{"csr":…,"status":…,"reason":…`.
void put_signing(text_writer& out, ocpp::value_view csr, bool accepted, std::string_view reason);

/// `"evseId":n,"connectorId":n`.
void put_address(text_writer& out, ocpp::value_view connector);
void put_address(text_writer& out, const std::optional<std::int64_t>& connector);

}  // namespace voltgate
