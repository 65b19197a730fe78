// The stores of a gateway without a journal: everything in memory, gone with the process.
#pragma once

#include "events/bus.hpp"
#include "stores/ports.hpp"

#include <voltgate/clock.hpp>

#include <atomic>
#include <optional>
#include <string>
#include <unordered_set>

namespace voltgate {

/// Epochs are milliseconds since 1970, or one more than the last: so they grow over restarts too.
class memory_ownership final : public ownership_port {
  public:
    explicit memory_ownership(const clock_source& clock) : clock_(clock) {}
    io_awaitable<claim_result> claim(std::string charge_point_id) override;

  private:
    const clock_source& clock_;
    std::atomic<std::uint64_t> last_{0};
};

/// authorization.policy: everybody, or a list.
class configured_id_tags final : public id_tag_port {
  public:
    explicit configured_id_tags(const authorization_config& config);
    io_awaitable<id_tag_info> find(std::string charge_point_id, std::optional<std::string> id_tag) override;

  private:
    bool accept_all_;
    std::unordered_set<std::string> accepted_;  // folded
};

/// Events are public at once.
class memory_events final : public event_port {
  public:
    explicit memory_events(event_bus& bus) : bus_(bus) {}
    void record(event& e) override { bus_.publish(std::move(e)); }
    io_awaitable<stored> store(event e, message_mark mark, std::optional<reservation_update> news) override;

  private:
    event_bus& bus_;
};

/// Records live in the registry alone.
class memory_charge_points final : public charge_point_port {
  public:
    void changed(const std::shared_ptr<remembered_charge_point>&) override {}
    void save() override {}
};

}  // namespace voltgate
