#include "stores/reservation_queries.hpp"

namespace voltgate {

std::string_view to_string(reservation_state s) noexcept {
    switch (s) {
        case reservation_state::accepted: return "accepted";
        case reservation_state::cancelled: return "cancelled";
        case reservation_state::used: return "used";
        case reservation_state::expired: return "expired";
    }
    return "?";
}

}  // namespace voltgate
