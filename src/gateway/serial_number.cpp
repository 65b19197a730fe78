#include "gateway/serial_number.hpp"

#include "gateway/core.hpp"
#include "security/authentication.hpp"

#include <boost/asio/post.hpp>

namespace voltgate {

bool refuse_other_serial_number(gateway_core& core, session& s, std::initializer_list<std::string_view> told) {
    if (!boot_contradicts_certificate(core.settings().security, s.certificate_name(), told)) return false;
    s.thread().shard.authentication_failed(authentication_failure::serial_mismatch);
    core.log().warning("a charge point booted with another serial number than its certificate names",
                       {{"charge_point", s.charge_point_id()}, {"certificate", s.certificate_name()}});
    asio::post(s.thread().context, [self = s.shared_from_this()] {
        self->close(1008, "the serial number is not that of the certificate", end_reason::refused);
    });
    return true;
}

}  // namespace voltgate
