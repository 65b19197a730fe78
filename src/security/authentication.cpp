#include "security/authentication.hpp"

#include "security/credentials.hpp"

#include <algorithm>

namespace voltgate {

namespace {

using failure = authentication_failure;

authentication refused(failure why) {
    authentication a;
    a.failure = why;
    return a;
}

authentication by_certificate(const security_config& config, std::string_view identity, const peer_facts& peer,
                              const known_identity& known) {
    if (!peer.certificate) return refused(failure::certificate_missing);
    const auto& certificate = *peer.certificate;
    if (!common_name_fits(config, certificate.common_name, identity, known.serial_number) ||
        !organization_fits(config, certificate.organization))
        return refused(failure::certificate_mismatch);
    authentication a;
    a.strength = 3;
    return a;
}

failure failure_of(basic_password::fault f) noexcept {
    switch (f) {
        case basic_password::fault::none: return failure::none;
        case basic_password::fault::missing: return failure::missing;
        case basic_password::fault::malformed: return failure::malformed;
        case basic_password::fault::wrong_user: return failure::wrong_user;
    }
    return failure::malformed;
}

authentication by_password(const security_config& config, std::string_view identity, const peer_facts& peer,
                           std::string_view authorization, const known_identity& known) {
    const auto presented = read_basic(authorization, identity);
    // As much work for an identity that nothing is known of.
    const bool fits = password_fits(known.password, presented.bytes);
    const bool fits_pending = password_fits(known.pending_password, presented.bytes);
    const auto fault = failure_of(presented.what);
    authentication a;
    if (fault == failure::none && (fits || fits_pending)) {
        a.strength = std::max<std::uint8_t>(1, peer.profile);
        a.used_pending = fits_pending;
        return a;
    }
    if (known.password.empty()) {
        if (peer.profile == 0) return a;
        const bool is_expected = !known.pending_password.empty();
        if (!is_expected && config.unknown_charge_points == security_config::unknown_answer::accept) {
            a.is_unknown = true;
            return a;
        }
        if (!is_expected && fault == failure::none) return refused(failure::unknown_charge_point);
    }
    return refused(fault == failure::none ? failure::wrong_password : fault);
}

}  // namespace

authentication_failure objection_to(const peer_facts& peer, std::uint8_t strength,
                                    const known_identity& known) noexcept {
    if (peer.profile < known.least_profile) return failure::profile_too_low;
    if (strength < known.live_strength) return failure::weaker_than_live;
    return failure::none;
}

authentication authenticate(const security_config& config, std::string_view identity, const peer_facts& peer,
                            std::string_view authorization, const known_identity& known) {
    const auto a = peer.profile == 3 ? by_certificate(config, identity, peer, known)
                                     : by_password(config, identity, peer, authorization, known);
    if (a.failure != failure::none) return a;
    if (const auto objection = objection_to(peer, a.strength, known); objection != failure::none)
        return refused(objection);
    return a;
}

bool same_identity(std::string_view a, std::string_view b) noexcept {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool common_name_fits(const security_config& config, std::string_view common_name, std::string_view identity,
                      std::string_view serial_number) noexcept {
    using demanded = security_config::certificate_name;
    switch (config.certificate_identity) {
        case demanded::identity: return same_identity(common_name, identity);
        case demanded::serial: return !serial_number.empty() && common_name == serial_number;
        case demanded::none: return true;
    }
    return false;
}

bool organization_fits(const security_config& config, std::string_view organization) noexcept {
    return organization.find(config.certificate_organization) != std::string_view::npos;
}

bool boot_contradicts_certificate(const security_config& config, std::string_view common_name,
                                  std::initializer_list<std::string_view> told) noexcept {
    if (common_name.empty() || config.certificate_identity != security_config::certificate_name::serial) return false;
    bool any = false;
    for (const auto serial : told) {
        if (serial == common_name) return false;
        any = any || !serial.empty();
    }
    return any;
}

}  // namespace voltgate
