#include "http/admission.hpp"

#include "async/random_source.hpp"

#include <string>

namespace voltgate::http {

admission::admission(const limits_config& limits, std::size_t most, random_source& random)
    : most_(most), rate_(token_rate(limits.connection_rate, limits.connection_rate)) {
    if (limits.connections_per_address == 0 && limits.connection_rate_per_address == 0) return;
    address_limits per_address;
    per_address.connections = limits.connections_per_address;
    per_address.rate = token_rate(limits.connection_rate_per_address, limits.connection_burst_per_address);
    addresses_ = std::make_shared<address_table>(per_address, random);
}

std::optional<admission::refusal> admission::objection(const asio::ip::address& peer, time_point now,
                                                       std::shared_ptr<void>& place) {
    std::shared_ptr<address_table::place> taken;
    auto found = address_table::verdict::admitted;
    if (addresses_) found = addresses_->enter(bytes_of(peer), now, taken);
    switch (found) {
        case address_table::verdict::admitted: break;
        case address_table::verdict::too_many: return refusal::connections_per_address;
        case address_table::verdict::too_often: return refusal::connection_rate_per_address;
    }
    if (auto against = objection_to_rate(now)) return against;
    place = std::move(taken);
    return std::nullopt;
}

std::optional<admission::refusal> admission::objection_to_rate(time_point now) {
    return rate_.take(now) ? std::nullopt : std::optional(refusal::connection_rate);
}

bool is_for_rate(admission::refusal r) noexcept {
    return r == admission::refusal::connection_rate || r == admission::refusal::connection_rate_per_address;
}

response refusal_of(admission::refusal r, random_source& random) {
    const bool of_address =
        r == admission::refusal::connections_per_address || r == admission::refusal::connection_rate_per_address;
    std::string_view detail = "too many connections; try again later";
    if (of_address) detail = "too many connections from your address; try again later";
    response busy = problem(of_address ? 429 : 503, detail);
    add_retry_after(busy, random);
    return busy;
}

void add_retry_after(response& r, random_source& random) {
    constexpr std::uint32_t least = 30;
    r.headers.emplace_back("Retry-After", std::to_string(least + random.number() % (least + 1)));
}

}  // namespace voltgate::http
