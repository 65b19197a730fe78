#include "stations/serial_number.hpp"

#include "observe/log.hpp"
#include "security/authentication.hpp"
#include "session/session.hpp"
#include "stations/stations.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace voltgate {

bool refuse_other_serial_number(stations& at, const security_config& rules, session& s,
                                std::initializer_list<std::string_view> told) {
    if (!boot_contradicts_certificate(rules, s.certificate_name(), told)) return false;
    at.note_refusal(
        s, refusal_reason::serial_number, authentication_failure::serial_mismatch,
        "it booted with another serial number than its certificate names, " + std::string(s.certificate_name()));
    asio::post(s.thread().executor(), [self = s.shared_from_this()] {
        self->close(1008, "the serial number is not that of the certificate", end_reason::refused);
    });
    return true;
}

void note_other_serial_number(log& l, const session& s, std::initializer_list<std::string_view> told) {
    const std::string& expected = s.settings().serial_number;
    const bool any_told = std::ranges::any_of(told, [](auto text) { return !text.empty(); });
    if (expected.empty() || !any_told || std::ranges::find(told, expected) != told.end()) return;
    l.warning("a charge point booted with another serial number than is expected",
              {{"charge_point", s.charge_point_id()}, {"expected", expected}, {"told", *told.begin()}});
}

}  // namespace voltgate
