// check_config: the checks that a configuration has to pass, whether it was loaded or made in code.
#include "config/check.hpp"

#include "config/keys.hpp"
#include "config/texts.hpp"

#include <voltgate/config.hpp>

#include <fmt/format.h>

#include <set>

namespace voltgate {

namespace {

template <class Owner, class Name>
void check_keys(const Owner& owner, const std::vector<settings::key<Owner>>& keys, Name shown_name,
                std::vector<config_error>& errors) {
    for (const auto& k : keys) {
        const auto v = k.get(owner);
        if (!v) continue;
        if (auto what = settings::problem(k.rules, *v); !what.empty())
            errors.push_back({{}, 0, shown_name(k.name), std::move(what)});
    }
}

// Empty: nobody who is not known gets in.
std::string open_doors(const config& c) {
    std::string doors;
    const auto add = [&](std::string_view what) { doors.append(doors.empty() ? "" : "; ").append(what); };
    if (c.server.security_profile == 0) {
        add("charge points need no password (set server.security_profile = 1)");
    } else if (c.security.unknown_charge_points == security_config::unknown_answer::accept) {
        add("charge points without a known password are let in (set security.unknown_charge_points = \"refuse\")");
    }
    if (c.api.tokens.empty()) {
        add("the HTTP interface needs no token (make one with `voltgate hash-token` and add it as [[api.tokens]])");
    }
    return doors;
}

void check_exposure(const config& c, std::vector<config_error>& errors) {
    const auto& address = c.server.address;
    if (c.server.allow_insecure || !settings::is_address(address) || settings::is_loopback(address)) return;
    const auto doors = open_doors(c);
    if (doors.empty()) return;
    auto what = fmt::format(
        "other machines can reach {} and anybody may come in: {}; or listen on \"127.0.0.1\" or \"::1\", or set "
        "server.allow_insecure = true only on a trusted network",
        address, doors);
    errors.push_back({{}, 0, "server.address", std::move(what)});
}

void check_tokens(const config& c, std::vector<config_error>& errors) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < c.api.tokens.size(); ++i) {
        const auto name_of = [i](const std::string& name) { return settings::token_key_name(i, name); };
        check_keys(c.api.tokens[i], settings::token_keys(), name_of, errors);
        if (!names.insert(c.api.tokens[i].name).second)
            errors.push_back({{}, 0, name_of("name"), "stands for another token already; give each its own"});
    }
}

}  // namespace

std::string settings::charge_point_key_name(std::size_t index, std::string_view key_name) {
    return fmt::format("{}[{}].{}", charge_point_section, index, key_name);
}

std::string settings::token_key_name(std::size_t index, std::string_view key_name) {
    return fmt::format("{}[{}].{}", token_section, index, key_name);
}

std::vector<config_error> check_config(const config& c) {
    std::vector<config_error> errors;
    check_keys(c, settings::config_keys(), [](const std::string& name) { return name; }, errors);
    for (std::size_t i = 0; i < c.charge_points.size(); ++i) {
        const auto name_of = [i](const std::string& name) { return settings::charge_point_key_name(i, name); };
        check_keys(c.charge_points[i], settings::charge_point_keys(), name_of, errors);
    }
    check_tokens(c, errors);
    check_exposure(c, errors);
    return errors;
}

std::string to_string(const config_error& e) {
    std::string out = e.file;
    if (e.line > 0) out += fmt::format("{}{}", out.empty() ? "line " : ":", e.line);
    for (const auto* part : {&e.key, &e.message}) {
        if (part->empty()) continue;
        if (!out.empty()) out += ": ";
        out += *part;
    }
    return out;
}

}  // namespace voltgate
