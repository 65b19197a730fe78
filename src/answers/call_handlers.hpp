// The coroutines of the host program that answer CALLs in place of the defaults.
#pragma once

#include <voltgate/handler.hpp>

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

class call_handlers {
  public:
    /// `v`: for that version alone, and before one for all.
    void set(std::string action, std::optional<ocpp::version> v, call_handler handler) {
        auto& known = of_action_[std::move(action)];
        (v ? known.of_version[static_cast<std::size_t>(*v)] : known.of_all) = std::move(handler);
    }

    /// Null: the default answers.
    [[nodiscard]] const call_handler* find(std::string_view action, ocpp::version v) const {
        if (of_action_.empty()) return nullptr;
        const auto found = of_action_.find(action);
        if (found == of_action_.end()) return nullptr;
        const auto& own = found->second.of_version[static_cast<std::size_t>(v)];
        if (own) return &own;
        return found->second.of_all ? &found->second.of_all : nullptr;
    }

  private:
    struct entry {
        call_handler of_all;
        std::array<call_handler, 3> of_version;
    };
    std::map<std::string, entry, std::less<>> of_action_;
};

}  // namespace voltgate
