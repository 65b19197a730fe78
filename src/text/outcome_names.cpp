// What the outcomes of commands, and the reasons for them, are called.
#include <voltgate/command.hpp>

namespace voltgate {

std::string_view to_string(outcome o) noexcept {
    switch (o) {
        case outcome::result: return "result";
        case outcome::call_error: return "call_error";
        case outcome::not_sent: return "not_sent";
        case outcome::unknown: return "unknown";
    }
    return "?";
}

std::string_view to_string(reason r) noexcept {
    switch (r) {
        case reason::answered: return "answered";
        case reason::call_error: return "call_error";
        case reason::unknown_charge_point: return "unknown_charge_point";
        case reason::offline: return "offline";
        case reason::moved: return "moved";
        case reason::queue_full: return "queue_full";
        case reason::expired: return "expired";
        case reason::invalid_payload: return "invalid_payload";
        case reason::conflict: return "conflict";
        case reason::restarted: return "restarted";
        case reason::not_accepted: return "not_accepted";
        case reason::stopping: return "stopping";
        case reason::timeout: return "timeout";
        case reason::connection_lost: return "connection_lost";
        case reason::replaced: return "replaced";
        case reason::invalid_answer: return "invalid_answer";
        case reason::cancelled: return "cancelled";
        case reason::store_unavailable: return "store_unavailable";
    }
    return "?";
}

}  // namespace voltgate
