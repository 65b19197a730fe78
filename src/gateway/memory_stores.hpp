// The stores of a gateway without a journal: everything in memory, gone with the process.
#pragma once

#include "gateway/ports.hpp"

#include <array>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace voltgate {

/// Epochs are milliseconds since 1970, or one more than the last: so they grow over restarts too.
class memory_ownership final : public ownership_port {
  public:
    explicit memory_ownership(const clock_source& clock) : clock_(clock) {}
    io_awaitable<std::uint64_t> claim(std::string charge_point_id) override;

  private:
    const clock_source& clock_;
    std::atomic<std::uint64_t> last_{0};
};

/// authorization.policy: everybody, or a list.
class configured_id_tags final : public id_tag_port {
  public:
    explicit configured_id_tags(const authorization_config& config);
    io_awaitable<id_tag_info> find(std::string charge_point_id, std::string id_tag) override;

  private:
    bool accept_all_;
    std::unordered_set<std::string> accepted_;  // folded
};

/// Ids are a keyed permutation of a counter: unique, unpredictable, from 1 to 2^31 - 1.
class transaction_ids {
  public:
    transaction_ids();  // random key and start
    transaction_ids(std::uint64_t key, std::uint32_t start) : key_(key), counter_(start) {}
    [[nodiscard]] std::int32_t next() noexcept;

  private:
    [[nodiscard]] std::uint32_t permute(std::uint32_t n) const noexcept;
    std::uint64_t key_;
    std::uint32_t counter_;
};

class memory_transactions final : public transaction_port {
  public:
    explicit memory_transactions(std::size_t most_charge_points) : most_charge_points_(most_charge_points) {}
    io_awaitable<started_transaction> start(transaction_start t) override;
    io_awaitable<stopped_transaction> stop(transaction_stop t) override;
    bool note_use(std::string_view charge_point_id, std::int64_t transaction_id) override;

  private:
    struct entry {
        std::int32_t id = 0;
        transaction_start start;
        std::optional<transaction_stop> stop;
        bool used = false;  // a later message bore its id
    };
    struct hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view s) const noexcept { return std::hash<std::string_view>{}(s); }
    };
    static constexpr std::size_t most_per_charge_point = 32;

    const std::size_t most_charge_points_;
    std::mutex mutex_;
    transaction_ids ids_;
    std::unordered_map<std::string, std::vector<entry>, hash, std::equal_to<>> entries_;  // oldest first
};

}  // namespace voltgate
