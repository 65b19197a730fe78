// A charge point whose certificate names a serial number has to boot with it (OCPP 2.0.1 Part 2, B01.FR.11 and 12).
#pragma once

#include <initializer_list>
#include <string_view>

namespace voltgate {

class log;
class session;
class stations;
struct security_config;

/// True: what it told when it booted is another one. Then it is counted and logged, and the session is closed once its
/// BootNotification is answered, which has to be with Rejected. Empty texts were not told. Strand of the session.
[[nodiscard]] bool refuse_other_serial_number(stations& at, const security_config& rules, session& s,
                                              std::initializer_list<std::string_view> told);

/// Logs when it is another one than is expected of this charge point.
void note_other_serial_number(log& l, const session& s, std::initializer_list<std::string_view> told);

}  // namespace voltgate
