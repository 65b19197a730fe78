// Meter readings as exact decimal numbers: what a charge point wrote is kept to its last digit, and differences are
// exact.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

struct decimal;

class exact_decimal {
  public:
    exact_decimal(std::int64_t n) : text_(std::to_string(n)) {}  // NOLINT: a whole number is one
    /// `number` times 10^shift, which may be negative.
    exact_decimal(const decimal& number, std::int32_t shift);

    /// What is_plain_decimal holds for.
    [[nodiscard]] static exact_decimal of_plain(std::string_view text);
    /// A number in text, see read_decimal.
    [[nodiscard]] static std::optional<exact_decimal> read(std::string_view text);

    /// A JSON number without exponent and superfluous zeros: one value has one text.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    /// Set: it is a whole number of 64 bits.
    [[nodiscard]] std::optional<std::int64_t> whole() const noexcept;

    friend exact_decimal operator+(const exact_decimal& a, const exact_decimal& b);
    friend exact_decimal operator-(const exact_decimal& a, const exact_decimal& b);
    friend bool operator==(const exact_decimal&, const exact_decimal&) = default;
    friend std::strong_ordering operator<=>(const exact_decimal& a, const exact_decimal& b);

  private:
    explicit exact_decimal(std::string text) : text_(std::move(text)) {}

    std::string text_;
};

}  // namespace voltgate
