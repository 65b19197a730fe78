// The entries of an import, [{…},…] or {"items":[{…},…]}, one after the other: there may be millions, and one may be
// broken.
#pragma once

#include "text/error_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace voltgate::http {

/// A walk over the array. What is inside an entry is for others to read.
class entry_list {
  public:
    /// No entry may have more bytes than `longest`.
    entry_list(std::string_view text, std::size_t longest)
        : at_(text.data()), end_(text.data() + text.size()), longest_(longest) {}

    /// To behind the array's opening bracket.
    [[nodiscard]] bool open();
    /// The next entry's text; empty: none follows, or see wrong().
    [[nodiscard]] std::string_view next();
    [[nodiscard]] const error_text& wrong() const noexcept { return wrong_; }

  private:
    bool take(char c);
    bool take_name();
    std::string_view finish();
    std::string_view fail(std::string what);
    bool skip_object(const char* begin);

    const char* at_;
    const char* end_;
    const std::size_t longest_;
    bool first_ = true, wrapped_ = false;
    error_text wrong_;
};

/// "entry 3 (the first is 0): …"
[[nodiscard]] error_text in_entry(std::size_t index, const error_text& what);

}  // namespace voltgate::http
