#include "stores/transaction_ids.hpp"

namespace voltgate {

namespace {

constexpr unsigned half_bits = (transaction_ids::number_bits + 1) / 2;
constexpr std::uint32_t half_mask = (1U << half_bits) - 1;
constexpr unsigned rounds = 6;

std::uint32_t mix(std::uint64_t key, unsigned round, std::uint32_t half) noexcept {
    std::uint64_t mixed = (key + (round + 1) * 0x9E3779B97F4A7C15ULL) ^ half;
    mixed = (mixed ^ mixed >> 33) * 0xFF51AFD7ED558CCDULL;
    mixed = (mixed ^ mixed >> 29) * 0xC4CEB9FE1A85EC53ULL;
    return static_cast<std::uint32_t>(mixed >> 40) & half_mask;
}

}  // namespace

// A Feistel network is a bijection whatever the round function does. It has a bit more than the numbers: walking on
// until the result is in range again makes it one of the numbers.
std::uint32_t transaction_ids::permute(std::uint32_t n, bool backwards) const noexcept {
    do {
        std::uint32_t left = n >> half_bits, right = n & half_mask;
        for (unsigned i = 0; i < rounds; ++i) {
            const unsigned round = backwards ? rounds - 1 - i : i;
            if (backwards) {
                const std::uint32_t before = right ^ mix(key_, round, left);
                right = left;
                left = before;
            } else {
                const std::uint32_t next = left ^ mix(key_, round, right);
                left = right;
                right = next;
            }
        }
        n = left << half_bits | right;
    } while (n > last_number);
    return n;
}

std::int32_t transaction_ids::id_of(std::uint32_t number) const noexcept {
    return static_cast<std::int32_t>(node_ << number_bits | permute(number & last_number, false));
}

std::optional<std::uint32_t> transaction_ids::number_of(std::int64_t id) const noexcept {
    if (id <= 0 || id > 0x7FFF'FFFF || static_cast<std::uint32_t>(id) >> number_bits != node_) return std::nullopt;
    return permute(static_cast<std::uint32_t>(id) & last_number, true);
}

}  // namespace voltgate
