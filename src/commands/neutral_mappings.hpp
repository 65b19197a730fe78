// The neutral commands one by one: each makes the call of the version that is spoken.
#pragma once

#include "commands/neutral_commands.hpp"
#include "commands/neutral_parameters.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate::neutral {

struct ocpp_call {
    ocpp_call() = default;
    ocpp_call(std::string_view a, boost::json::object p) : action(a), payload(std::move(p)) {}
    std::string_view action;
    boost::json::object payload;
};

void put(boost::json::object& o, std::string_view name, const auto& value) {
    if (value) o[name] = *value;
}

/// Of a transaction, in 1.6: a whole number of 32 bits. Else `p` fails, by the name of its place.
[[nodiscard]] std::int64_t id_of_16(std::string_view text, std::string_view place, neutral_parameters& p);
/// An empty tag, of charge points that charge without a card, has the type NoAuthorization, and no other tag has it.
[[nodiscard]] boost::json::object token_of_2x(std::string_view tag, const std::optional<std::string>& type,
                                              neutral_parameters& p);

/// A profile as 2.x spells it, for 1.6: one schedule, without a number of its own.
[[nodiscard]] boost::json::object profile_of_16(const boost::json::object& profile, neutral_parameters& p);

// neutral_profiles.cpp
[[nodiscard]] ocpp_call set_profile(neutral_parameters& p, const neutral_context& c);
[[nodiscard]] ocpp_call clear_profile(neutral_parameters& p, const neutral_context& c);
[[nodiscard]] ocpp_call composite_schedule(neutral_parameters& p, const neutral_context& c);
// neutral_tags.cpp
[[nodiscard]] ocpp_call reserve(neutral_parameters& p, const neutral_context& c);
[[nodiscard]] ocpp_call cancel_reservation(neutral_parameters& p, const neutral_context& c);
[[nodiscard]] ocpp_call send_local_list(neutral_parameters& p, const neutral_context& c);
[[nodiscard]] ocpp_call local_list_version(neutral_parameters& p, const neutral_context& c);
[[nodiscard]] ocpp_call clear_cache(neutral_parameters& p, const neutral_context& c);

}  // namespace voltgate::neutral
