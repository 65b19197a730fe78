#include "config/differences.hpp"

#include "config/check.hpp"
#include "config/keys.hpp"

#include <cstddef>

namespace voltgate::settings {

std::vector<std::string> differing_keys(const config& a, const config& b) {
    std::vector<std::string> names;
    for (const auto& k : config_keys())
        if (k.get(a) != k.get(b)) names.push_back(k.name);
    if (a.listeners.size() != b.listeners.size()) {
        names.emplace_back(listener_section);
        return names;
    }
    for (std::size_t i = 0; i < a.listeners.size(); ++i) {
        for (const auto& k : listener_keys())
            if (k.get(a.listeners[i]) != k.get(b.listeners[i]))
                names.push_back(entry_key_name(listener_section, i, k.name));
    }
    return names;
}

}  // namespace voltgate::settings
