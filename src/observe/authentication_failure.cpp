#include "observe/authentication_failure.hpp"

namespace voltgate {

std::string_view to_string(authentication_failure f) noexcept {
    switch (f) {
        case authentication_failure::none: return "none";
        case authentication_failure::missing: return "missing";
        case authentication_failure::malformed: return "malformed";
        case authentication_failure::wrong_user: return "wrong_user";
        case authentication_failure::wrong_password: return "wrong_password";
        case authentication_failure::unknown_charge_point: return "unknown_charge_point";
        case authentication_failure::profile_too_low: return "profile_too_low";
        case authentication_failure::certificate_missing: return "certificate_missing";
        case authentication_failure::certificate_mismatch: return "certificate_mismatch";
        case authentication_failure::weaker_than_live: return "weaker_than_live";
        case authentication_failure::refused_by_host: return "refused_by_host";
        case authentication_failure::authenticator_failed: return "authenticator_failed";
        case authentication_failure::serial_mismatch: return "serial_mismatch";
    }
    return "?";
}

}  // namespace voltgate
