// Transaction ids of OCPP 1.6: positive 31-bit numbers that are unique, and that nobody can guess from others.
#pragma once

#include <cstdint>
#include <optional>

namespace voltgate {

/// A keyed permutation between the transactions' running numbers, 1 to `last_number`, and their ids. The upper four of
/// an id's 31 bits are the node's: sixteen gateways can give ids that never meet.
class transaction_ids {
  public:
    static constexpr unsigned number_bits = 27;
    static constexpr std::uint32_t last_number = (1U << number_bits) - 1;

    explicit transaction_ids(std::uint64_t key, std::uint32_t node = 0) noexcept : key_(key), node_(node & 15U) {}

    /// Zero for the one number that has none: it is to be passed over.
    [[nodiscard]] std::int32_t id_of(std::uint32_t number) const noexcept;
    /// Nullopt: it cannot be an id of this node.
    [[nodiscard]] std::optional<std::uint32_t> number_of(std::int64_t id) const noexcept;

  private:
    [[nodiscard]] std::uint32_t permute(std::uint32_t n, bool backwards) const noexcept;

    std::uint64_t key_;
    std::uint32_t node_;
};

}  // namespace voltgate
