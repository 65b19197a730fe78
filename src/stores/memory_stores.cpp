#include "stores/memory_stores.hpp"

#include "text/fold_id.hpp"

#include <voltgate/gateway.hpp>

#include <algorithm>

namespace voltgate {

io_awaitable<ownership_port::claim_result> memory_ownership::claim(std::string) {
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.utc().time_since_epoch()).count();
    std::uint64_t last = last_.load();
    std::uint64_t next = 0;
    do {
        next = std::max(last + 1, static_cast<std::uint64_t>(std::max<std::int64_t>(now, 0)));
    } while (!last_.compare_exchange_weak(last, next));
    co_return ownership_claim{next, {}};
}

configured_id_tags::configured_id_tags(const authorization_config& config)
    : accept_all_(config.policy == authorization_config::mode::accept_all) {
    for (const auto& tag : config.id_tags) accepted_.insert(fold_id(tag));
}

io_awaitable<id_tag_info> configured_id_tags::find(std::string, std::optional<std::string> id_tag) {
    id_tag_info info;
    const bool accepted = accept_all_ || (id_tag && accepted_.contains(fold_id(*id_tag)));
    info.status = accepted ? id_tag_status::accepted : id_tag_status::invalid;
    co_return info;
}

io_awaitable<stored> memory_events::store(event e, message_mark, std::optional<reservation_update>) {
    bus_.publish(std::move(e));
    co_return stored::fresh;
}

}  // namespace voltgate
