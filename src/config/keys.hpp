// The one table of configuration keys: name, kind and range, meaning, and where the value lives in voltgate::config.
// Loading, checking and printing a configuration all go through it.
#pragma once

#include "config/value.hpp"

#include <voltgate/config.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::settings {

template <class Owner>
struct key {
    std::string name;  // "server.port"
    value_rules rules;
    std::string text;                                       // for people: what it means, its unit and the meaning of 0
    std::function<std::optional<value>(const Owner&)> get;  // nullopt: not set
    std::function<void(Owner&, const value&)> set;          // the value is of the right kind and has no problem
    std::function<value(const Owner&)> unset;               // what applies while the key is not set; may be empty
    bool secret = false;                                    // never shown
};

/// What is wrong with a value for that key; secrets are not repeated.
template <class Owner>
[[nodiscard]] error_text problem(const key<Owner>& k, const value& v) {
    auto what = problem(k.rules, v);
    if (k.secret && what) what = "is not allowed; allowed: " + allowed(k.rules);
    return what;
}

using keys_of_config = std::vector<key<config>>;
using keys_of_profile = std::vector<key<profile_settings>>;
using keys_of_model = std::vector<key<model_config>>;
using keys_of_charge_point = std::vector<key<charge_point_config>>;
using keys_of_token = std::vector<key<api_token_config>>;
using keys_of_listener = std::vector<key<listener_config>>;

/// In the order in which they are shown: first the keys without a section, then section by section.
[[nodiscard]] const keys_of_config& config_keys();

/// What [[model]] and [[charge_point]] entries may set both, and the interface for one charge point.
[[nodiscard]] const keys_of_profile& profile_keys();

/// The keys of one [[model]] entry.
[[nodiscard]] const keys_of_model& model_keys();

/// The keys of one [[charge_point]] entry.
[[nodiscard]] const keys_of_charge_point& charge_point_keys();

/// The keys of one [[api.tokens]] entry.
[[nodiscard]] const keys_of_token& token_keys();

/// The keys of one [[listener]] entry.
[[nodiscard]] const keys_of_listener& listener_keys();

inline constexpr std::string_view listener_section = "listener", model_section = "model",
                                  charge_point_section = "charge_point", token_section = "api.tokens";

/// "server" of "server.port"; empty for a key without a section.
[[nodiscard]] std::string_view section_of(std::string_view key_name);

/// Null when there is no such key.
template <class Owner>
[[nodiscard]] const key<Owner>* find_key(const std::vector<key<Owner>>& keys, std::string_view name) {
    for (const auto& k : keys)
        if (k.name == name) return &k;
    return nullptr;
}

template <class Owner>
[[nodiscard]] bool is_section(const std::vector<key<Owner>>& keys, std::string_view name) {
    for (const auto& k : keys)
        if (section_of(k.name) == name && !name.empty()) return true;
    return false;
}

}  // namespace voltgate::settings
