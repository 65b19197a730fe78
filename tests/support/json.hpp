// JSON in tests: reading it, reaching into it, and saying what an OCPP frame is.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace voltgate::test {

namespace json = boost::json;

/// Throws `unexpected`, showing the text, when it is not JSON.
[[nodiscard]] json::value parse_json(std::string_view text);

/// The value at a JSON pointer ("/connections/CP-001/subprotocol"). Throws `unexpected`, showing all of `whole`,
/// when there is none.
[[nodiscard]] const json::value& at(const json::value& whole, std::string_view pointer);
[[nodiscard]] bool has(const json::value& whole, std::string_view pointer);
[[nodiscard]] std::string text_at(const json::value& whole, std::string_view pointer);
[[nodiscard]] std::int64_t number_at(const json::value& whole, std::string_view pointer);

/// Whether `text` is the frame [2, id, action, object].
[[nodiscard]] bool is_call(std::string_view text, std::string_view action);
/// Whether `text` is the frame [3, id, object].
[[nodiscard]] bool is_call_result(std::string_view text, std::string_view id);
/// Whether `text` is the frame [4, id, code, string, object].
[[nodiscard]] bool is_call_error(std::string_view text, std::string_view id, std::string_view code);

/// "2026-01-02T03:04:05Z", with or without fraction digits: the UTC form that OCPP and the API promise.
[[nodiscard]] bool is_utc_timestamp(std::string_view text);

}  // namespace voltgate::test
