// Passwords inside OCPP messages: where they stand, and texts without them for all that is kept and shown.
//
// Secret are the values of 1.6 configuration keys, 2.x variables and members whose name says so (AuthorizationKey,
// password, pwd, psk, …: see secrets.cpp), in both directions, the passwords of a network profile, user and password of
// a URL (of GetLog, of an update's location), private keys in PEM form and 2.x tokens that are PINs (KeyCode).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::ocpp {

/// What stands in the place of a secret.
inline constexpr std::string_view secret_mark = "***";

/// From now on names that hold one of these say that their value is secret, too; for the whole process. Any thread.
void add_secret_names(const std::vector<std::string>& names);

/// False: there is none. Quick, and never wrong in that; also of texts that are cut off.
[[nodiscard]] bool may_hold_secret(std::string_view json) noexcept;

/// The secrets in a payload, unescaped.
[[nodiscard]] std::vector<std::string> secrets_in(std::string_view json);

/// A payload or a whole frame without its secrets, and without the texts that hold one of `others`. One that may hold a
/// secret and cannot be read is withheld.
[[nodiscard]] std::string without_secrets(std::string_view json, std::span<const std::string> others = {});

/// The first `most` bytes of a text that is not JSON, cut between characters, as UTF-8; or, when it may hold a secret,
/// that it is withheld.
[[nodiscard]] std::string raw_without_secrets(std::string_view text, std::size_t most = 4096);

/// A text for people without these.
[[nodiscard]] std::string without(std::string text, std::span<const std::string> secrets);

}  // namespace voltgate::ocpp
