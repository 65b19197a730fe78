// The parts of the typed messages that no version owns.
#include "ocpp/payload.hpp"

#include <voltgate/ocpp/types.hpp>

#include <algorithm>
#include <stdexcept>

namespace voltgate::ocpp {

void detail::throw_no_value(const json_error& error) {
    throw std::invalid_argument(error.pointer.empty() ? error.message : error.pointer + ": " + error.message);
}

std::optional<std::size_t> detail::find_text(std::span<const std::string_view> all, std::string_view text) noexcept {
    const auto found = std::ranges::find(all, text);
    if (found == all.end()) return std::nullopt;
    return static_cast<std::size_t>(found - all.begin());
}

raw_json::raw_json(std::string_view text) {
    payload_reader reader;
    if (!reader.read(text, nullptr)) throw std::invalid_argument("raw_json: " + std::string(reader.syntax_error()));
    // Not the reader's own slice: to it, null in place of a payload is {}.
    constexpr std::string_view blanks(" \t\r\n\0", 5);
    text.remove_prefix(text.find_first_not_of(blanks));
    text_ = text.substr(0, text.find_last_not_of(blanks) + 1);
}

}  // namespace voltgate::ocpp
