// check_config: the checks that a configuration has to pass, whether it was loaded or made in code.
#include "config/check.hpp"

#include "config/keys.hpp"
#include "config/texts.hpp"

#include <voltgate/config.hpp>

#include <fmt/format.h>

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

void check_exposure(const config& c, std::vector<config_error>& errors) {
    const auto& address = c.server.address;
    if (c.server.allow_insecure || !settings::is_address(address) || settings::is_loopback(address)) return;
    auto what = fmt::format(
        "other machines can reach {} and nobody has to authenticate; listen on \"127.0.0.1\" or \"::1\", or set "
        "server.allow_insecure = true only on a trusted network",
        address);
    errors.push_back({{}, 0, "server.address", std::move(what)});
}

}  // namespace

std::string settings::charge_point_key_name(std::size_t index, std::string_view key_name) {
    return fmt::format("{}[{}].{}", charge_point_section, index, key_name);
}

std::vector<config_error> check_config(const config& c) {
    std::vector<config_error> errors;
    check_keys(c, settings::config_keys(), [](const std::string& name) { return name; }, errors);
    for (std::size_t i = 0; i < c.charge_points.size(); ++i) {
        const auto name_of = [i](const std::string& name) { return settings::charge_point_key_name(i, name); };
        check_keys(c.charge_points[i], settings::charge_point_keys(), name_of, errors);
    }
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
