#include "journal/key_list.hpp"

#include "ocpp/frame.hpp"

namespace voltgate {

std::optional<std::string> key_list(const std::optional<std::vector<std::string>>& keys) {
    if (!keys) return std::nullopt;
    std::string text = "[";
    for (const auto& key : *keys) {
        if (text.size() > 1) text += ',';
        ocpp::append_json_string(text, key);
    }
    return text += ']';
}

}  // namespace voltgate
