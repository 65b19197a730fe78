#include "observe/metrics.hpp"

#include "ocpp/error_code.hpp"
#include "ocpp/schema.hpp"

namespace voltgate {

metrics::metrics(std::size_t threads) {
    for (std::size_t i = 0; i < threads; ++i) shards_.push_back(std::make_unique<shard>());
}

metrics::~metrics() = default;

std::array<metrics::shard::action_range, metrics::shard::version_count> metrics::shard::ranges() noexcept {
    std::array<action_range, version_count> ranges;
    std::uint32_t first = 0;
    for (std::size_t i = 0; i < version_count; ++i) {
        const auto count = ocpp::actions(static_cast<ocpp::version>(i)).size();
        ranges[i] = {first, static_cast<std::uint16_t>(count)};
        first += static_cast<std::uint32_t>(count) + 1;
    }
    return ranges;
}

metrics::shard::shard()
    : actions_(ranges()),
      received_(actions_.back().first + actions_.back().count + 1U),
      processed_(received_.size()),
      outbound_calls_(received_.size()),
      commands_(received_.size()) {}

void metrics::shard::call_error(direction d, std::string_view code) noexcept {
    const auto known = ocpp::rpc_error_from_spelling(code);
    count(call_errors_[index(d)][known ? index(*known) : error_code_count - 1]);
}

void metrics::shard::outbound_call(ocpp::version v, std::uint16_t action, outcome o, duration d) noexcept {
    outbound_calls_[slot(v, action)][index(o)].add_shared(d);
}

}  // namespace voltgate
