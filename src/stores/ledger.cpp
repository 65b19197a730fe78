// Commands in words and as a number.
#include "stores/ledger_port.hpp"
#include "text/fold_id.hpp"
#include "text/payload_mark.hpp"

namespace voltgate {

std::string_view to_string(command_state s) noexcept {
    switch (s) {
        case command_state::waiting: return "waiting";
        case command_state::dispatching: return "dispatching";
        case command_state::done: return "done";
    }
    return "?";
}

std::uint64_t fingerprint_of(std::string_view charge_point_id, const command& c) {
    std::string content = fold_id(charge_point_id);
    content.append(1, '\n').append(c.action).append(1, '\n').append(c.payload);
    return payload_mark(content);
}

}  // namespace voltgate
