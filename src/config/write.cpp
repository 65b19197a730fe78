// to_toml: the configuration in force, with every key explained.
#include "config/keys.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace voltgate {

namespace {

using settings::key;

constexpr std::size_t line_width = 110;

/// A comment, wrapped at blanks.
void append_comment(std::string& out, std::string_view text) {
    while (!text.empty()) {
        auto end = text.size();
        if (end > line_width) {
            end = text.rfind(' ', line_width);
            if (end == std::string_view::npos) end = std::min(text.find(' '), text.size());
        }
        out += fmt::format("# {}\n", text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

std::string_view name_in_section(std::string_view name) {
    const auto section = settings::section_of(name);
    return section.empty() ? name : name.substr(section.size() + 1);
}

/// A key that is not set stands there as a comment, with what applies instead.
void append_key(std::string& out, const key<config>& k, const config& c, const config& defaults) {
    if (const auto default_value = k.get(defaults)) {
        if (!out.empty() && !out.ends_with("]\n")) out += '\n';
        append_comment(out, k.text);
        append_comment(out, fmt::format("Allowed: {}. Default: {}.", settings::allowed(k.rules),
                                        settings::to_toml(k.rules, *default_value)));
    } else {  // the keys of [conformance]: too many and too alike to say it at each
        append_comment(out, k.text);
    }
    const auto v = k.get(c);
    out += fmt::format("{}{} = {}\n", v ? "" : "#", name_in_section(k.name),
                       settings::to_toml(k.rules, v ? *v : k.unset(c)));
}

template <class Owner>
void append_entry(std::string& out, std::string_view of, const std::vector<key<Owner>>& keys, const Owner& entry) {
    out += fmt::format("\n[[{}]]\n", of);
    std::string_view section;
    for (const auto& k : keys) {
        const auto v = k.get(entry);
        if (!v) continue;
        if (const auto own = settings::section_of(k.name); own != section) {
            section = own;
            out += fmt::format("[{}.{}]\n", of, section);
        }
        out += fmt::format("{} = {}\n", name_in_section(k.name), k.secret ? "\"***\"" : settings::to_toml(k.rules, *v));
    }
}

}  // namespace

std::string to_toml(const config& c) {
    const config defaults;
    std::string out;
    std::string_view section;
    for (const auto& k : settings::config_keys()) {
        if (const auto own = settings::section_of(k.name); own != section) {
            section = own;
            out += fmt::format("\n[{}]\n", section);
        }
        append_key(out, k, c, defaults);
    }
    for (const auto& entry : c.listeners)
        append_entry(out, settings::listener_section, settings::listener_keys(), entry);
    for (const auto& entry : c.models) append_entry(out, settings::model_section, settings::model_keys(), entry);
    for (const auto& entry : c.charge_points)
        append_entry(out, settings::charge_point_section, settings::charge_point_keys(), entry);
    for (const auto& entry : c.api.tokens) append_entry(out, settings::token_section, settings::token_keys(), entry);
    return out;
}

}  // namespace voltgate
