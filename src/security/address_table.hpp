// How many connections each address has, and how often it makes new ones. Thread-safe; asked once a connection.
#pragma once

#include "async/token_bucket.hpp"
#include "security/networks.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace voltgate {

class random_source;

struct address_limits {
    std::size_t connections = 0;  // 0: no bound
    token_rate rate;
    std::size_t most_idle = 16'384;  // addresses without a connection that are remembered for their rate
};

class address_table : public std::enable_shared_from_this<address_table> {
  public:
    using time_point = token_bucket::time_point;

    address_table(const address_limits& limits, random_source& random);

    /// A connection of an address, for as long as it lives.
    class place {
      public:
        place(std::shared_ptr<address_table> table, const ip_bytes& key) noexcept
            : table_(std::move(table)), key_(key) {}
        ~place() { table_->leave(key_); }
        place(const place&) = delete;
        place& operator=(const place&) = delete;

      private:
        std::shared_ptr<address_table> table_;
        ip_bytes key_;
    };

    enum class verdict : std::uint8_t { admitted, too_many, too_often };
    /// `taken`: set when it is admitted.
    [[nodiscard]] verdict enter(const ip_bytes& address, time_point now, std::shared_ptr<place>& taken);

    /// Addresses that are known now: those with connections, and at most most_idle others.
    [[nodiscard]] std::size_t size() const;

  private:
    struct entry {
        std::size_t open = 0;
        token_bucket bucket;
        std::list<ip_bytes>::iterator node;  // in idle_ while open is 0, else in busy_
    };
    class hash {
      public:
        explicit hash(std::uint64_t seed) noexcept : seed_(seed) {}
        std::size_t operator()(const ip_bytes& a) const noexcept;

      private:
        std::uint64_t seed_;  // nobody can choose addresses that collide
    };

    void leave(const ip_bytes& key) noexcept;
    void forget_some(time_point now);
    void forget_oldest();

    const address_limits limits_;
    mutable std::mutex mutex_;
    std::unordered_map<ip_bytes, entry, hash> entries_;
    std::list<ip_bytes> idle_;  // those without a connection, the longest idle first
    std::list<ip_bytes> busy_;  // the others
};

}  // namespace voltgate
