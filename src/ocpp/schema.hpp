// The compiled schemas of every OCPP message: found by version and action, used by payload_reader.
// The tables themselves are generated (tools/generate) into src/ocpp/generated.
#pragma once

#include <voltgate/ocpp/version.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace voltgate::ocpp {

struct schema;  // one message's compiled schema; opaque outside src/ocpp

enum class direction : std::uint8_t { from_charge_point, to_charge_point, both };

struct action_info {
    std::string_view name;  // as on the wire
    std::uint16_t index;    // 0 … actions(version).size() - 1, stable within a build: for tables kept per action
    direction sent_by;
    bool is_send;  // 2.1's SEND: never answered, response is null
    const schema* request;
    const schema* response;
};

/// All actions of a version, by index.
[[nodiscard]] std::span<const action_info> actions(version v) noexcept;

/// Whether an object of this schema must have a member of that name.
[[nodiscard]] bool requires_member(const schema& s, std::string_view name) noexcept;

/// Null when the version has no such action. Case-sensitive, as OCPP-J demands.
[[nodiscard]] const action_info* find_action(version v, std::string_view name) noexcept;

}  // namespace voltgate::ocpp
