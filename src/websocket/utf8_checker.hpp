// Whether a text is UTF-8, piece by piece: a wrong byte is found when it comes. Pure. Source: RFC 3629 section 4.
#pragma once

#include <cstdint>
#include <string_view>

namespace voltgate::websocket {

class utf8_checker {
  public:
    /// The next bytes. False: they can be the beginning or the middle of no UTF-8 text; the state is of no use then.
    [[nodiscard]] bool take(std::string_view bytes) noexcept;
    /// The bytes so far end with a whole character.
    [[nodiscard]] bool at_boundary() const noexcept { return missing_ == 0; }

  private:
    std::uint8_t missing_ = 0;                 // bytes of the current character
    std::uint8_t least_ = 0x80, most_ = 0xBF;  // between which the next of them lies
};

}  // namespace voltgate::websocket
