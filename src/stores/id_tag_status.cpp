#include "stores/id_tag_status.hpp"

namespace voltgate {

std::string_view to_string(id_tag_status s) noexcept {
    switch (s) {
        case id_tag_status::accepted: return "Accepted";
        case id_tag_status::blocked: return "Blocked";
        case id_tag_status::expired: return "Expired";
        case id_tag_status::invalid: return "Invalid";
        case id_tag_status::concurrent_tx: return "ConcurrentTx";
    }
    return "Invalid";
}

std::optional<id_tag_status> read_id_tag_status(std::string_view text) noexcept {
    for (const auto s : {id_tag_status::accepted, id_tag_status::blocked, id_tag_status::expired,
                         id_tag_status::invalid, id_tag_status::concurrent_tx}) {
        if (text == to_string(s)) return s;
    }
    return std::nullopt;
}

}  // namespace voltgate
