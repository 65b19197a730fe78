// Error codes of misuse and start-up. The fate of a command is never an error: see command_result.
#pragma once

#include <boost/system/error_category.hpp>
#include <boost/system/error_code.hpp>

namespace voltgate {

enum class errc {
    gateway_not_running = 1,  // the gateway was not started, or has stopped
    invalid_command,          // empty charge point id or action, timeout not above zero, payload not an object
    invalid_config,           // a configuration value is out of its range
    address_in_use,           // a listener's address is taken by another process
    cannot_listen,            // a listener could not be opened for another reason
    journal_unusable,         // the journal's file cannot be opened, is damaged or in use by another process
    tls_unusable,             // a certificate, key, CA or revocation list cannot be used
    already_started,          // start() went well before
};

/// The category of these codes, named "voltgate". message() is a short English text. Thread-safe.
[[nodiscard]] const boost::system::error_category& error_category() noexcept;
/// Found by boost::system: `ec == errc::address_in_use` compares. Thread-safe.
[[nodiscard]] boost::system::error_code make_error_code(errc e) noexcept;

}  // namespace voltgate

template <>
struct boost::system::is_error_code_enum<voltgate::errc> : std::true_type {};
