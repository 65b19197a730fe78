#include "security/address_table.hpp"

#include "async/mix_bits.hpp"
#include "async/random_source.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace voltgate {

namespace {

// Whoever has one IPv6 address has the 2^64 of its network.
ip_bytes key_of(const ip_bytes& address) noexcept {
    ip_bytes key = address;
    const bool is_v4 = boost::asio::ip::address_v6(address).is_v4_mapped();
    if (!is_v4) std::fill(key.begin() + 8, key.end(), static_cast<unsigned char>(0));
    return key;
}

}  // namespace

std::size_t address_table::hash::operator()(const ip_bytes& a) const noexcept {
    std::uint64_t halves[2];
    std::memcpy(halves, a.data(), sizeof halves);
    return static_cast<std::size_t>(mix_bits(mix_bits(halves[0] ^ seed_) ^ halves[1]));
}

address_table::address_table(const address_limits& limits, random_source& random)
    : limits_(limits), entries_(0, hash(random.secret_number())) {}

address_table::verdict address_table::enter(const ip_bytes& address, time_point now, std::shared_ptr<place>& taken) {
    const ip_bytes key = key_of(address);
    const std::lock_guard lock(mutex_);
    forget_some(now);
    const auto [found, is_new] = entries_.try_emplace(key);
    entry& e = found->second;
    if (is_new) {
        e.node = idle_.insert(idle_.end(), key);
        if (idle_.size() > limits_.most_idle) forget_oldest();
    }
    if (limits_.connections > 0 && e.open >= limits_.connections) return verdict::too_many;
    if (limits_.rate.bounded() && !e.bucket.take(now, limits_.rate)) return verdict::too_often;
    taken = std::make_shared<place>(shared_from_this(), key);
    if (e.open++ == 0) busy_.splice(busy_.end(), idle_, e.node);
    return verdict::admitted;
}

void address_table::leave(const ip_bytes& key) noexcept {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end() || found->second.open == 0 || --found->second.open > 0) return;
    idle_.splice(idle_.end(), busy_, found->second.node);
    if (idle_.size() > limits_.most_idle) forget_oldest();
}

// Two for every one that comes: so they go faster than they come.
void address_table::forget_some(time_point now) {
    for (int i = 0; i < 2 && !idle_.empty(); ++i) {
        if (!entries_.at(idle_.front()).bucket.full(now)) return;
        forget_oldest();
    }
}

void address_table::forget_oldest() {
    entries_.erase(idle_.front());
    idle_.pop_front();
}

std::size_t address_table::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

}  // namespace voltgate
