// Passwords of charge points and tokens of the HTTP interface: how they are sent, hashed, compared and made.
// Sources: RFC 7617; OCPP-J 1.6 section 6.2 and its errata; "Improved security for OCPP 1.6-J" A00.FR.203 to 207;
// OCPP 2.0.1 Part 2 A00.FR.203 to 207.
#pragma once

#include "text/error_text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

class random_source;

/// A password as it is kept: salted, hashed once, for a random one needs no slow hash. Its text is
/// "sha256:<salt>:<hash>", both in hexadecimal.
///
/// The hash is of the password's canonical form: the bytes that 32 to 40 hexadecimal digits stand for, else the
/// password itself. So the hexadecimal text of a 1.6 AuthorizationKey, in capitals or not, and its bytes are the same.
struct password_verifier {
    std::array<unsigned char, 16> salt{};
    std::array<unsigned char, 32> hash{};
};

[[nodiscard]] std::optional<password_verifier> read_verifier(std::string_view text) noexcept;

/// With a new salt.
[[nodiscard]] std::string hash_password(std::string_view password, random_source& random);

/// Whether `verifier`, the text of one, is of the password that was `presented`. Takes as long for an empty or
/// unreadable verifier, which no password fits.
[[nodiscard]] bool password_fits(std::string_view verifier, std::string_view presented) noexcept;

/// What is wrong with a password that somebody chose. OCPP prescribes long random ones.
[[nodiscard]] error_text password_fault(std::string_view password);

/// The password in an Authorization header of the scheme Basic.
struct basic_password {
    enum class fault : std::uint8_t {
        none,
        missing,     // there is no such header, or it is of another scheme
        malformed,   // it cannot be decoded
        wrong_user,  // its user is not `user`; letter case does not matter
    };
    fault what = fault::missing;
    std::string bytes;  // everything behind "user:", colons and NULs too
};
[[nodiscard]] basic_password read_basic(std::string_view header, std::string_view user);

/// The token in an Authorization header of the scheme Bearer; empty: there is none.
[[nodiscard]] std::string_view read_bearer(std::string_view header) noexcept;

[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// Whether both hold the same; takes as long wherever they differ.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

/// So many random bytes in lower-case hexadecimal.
[[nodiscard]] std::string random_hex(std::size_t bytes, random_source& random);
/// So many random letters and digits.
[[nodiscard]] std::string random_text(std::size_t characters, random_source& random);

}  // namespace voltgate
