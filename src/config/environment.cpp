#include "config/environment.hpp"

namespace voltgate::settings {

namespace {

constexpr std::string_view section_separator = "__";

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// VOLTGATE_PORT=tcp://10.0.0.1:80, VOLTGATE_PORT_80_TCP_ADDR, VOLTGATE_SERVICE_HOST, VOLTGATE_API_SERVICE_PORT_HTTP …
bool is_service_variable(std::string_view name, std::string_view value) {
    const auto has = [&](std::string_view part) { return name.find(part) != std::string_view::npos; };
    const bool is_url = value.starts_with("tcp://") || value.starts_with("udp://") || value.starts_with("sctp://");
    if (name.ends_with("_PORT") && is_url) return true;
    if (name.ends_with("_SERVICE_HOST") || has("_SERVICE_PORT")) return true;
    return has("_PORT_") && (has("_TCP") || has("_UDP") || has("_SCTP"));
}

}  // namespace

std::string key_of_variable(std::string_view variable) {
    variable.remove_prefix(variable_prefix.size());
    std::string key;
    while (!variable.empty()) {
        if (variable.starts_with(section_separator)) {
            key += '.';
            variable.remove_prefix(section_separator.size());
        } else {
            key += lower(variable.front());
            variable.remove_prefix(1);
        }
    }
    return key;
}

std::string variable_of_key(std::string_view key_name) {
    std::string variable(variable_prefix);
    for (const char c : key_name) {
        if (c == '.')
            variable += section_separator;
        else
            variable += upper(c);
    }
    return variable;
}

bool is_foreign_variable(std::string_view variable, std::string_view value) {
    if (variable == "VOLTGATE_CONFIG") return true;
    return variable.find(section_separator) == std::string_view::npos && is_service_variable(variable, value);
}

}  // namespace voltgate::settings
