// What is wrong with something, in words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

/// The result of what succeeds or says what is wrong and what to do. True, as an error_code is, when something is
/// wrong.
class [[nodiscard]] error_text {
  public:
    /// Nothing is wrong.
    error_text() = default;
    error_text(std::string what) : what_(std::move(what)) {}
    error_text(const char* what) : what_(what) {}

    [[nodiscard]] explicit operator bool() const noexcept { return what_.has_value(); }
    /// What is wrong; empty when nothing is.
    [[nodiscard]] std::string_view text() const noexcept {
        return what_ ? std::string_view(*what_) : std::string_view();
    }

    /// The same with a place in front: "overrides: idle_timeout is …". Of nothing comes nothing.
    [[nodiscard]] error_text in(std::string_view place) const {
        if (!what_) return {};
        return std::string(place).append(": ").append(*what_);
    }

  private:
    std::optional<std::string> what_;
};

}  // namespace voltgate
