// Memory that many objects may have together, of what charge points make them hold.
#pragma once

#include <atomic>
#include <cstddef>

namespace voltgate {

/// Any thread.
class memory_budget {
  public:
    explicit memory_budget(std::size_t most) noexcept : most_(most) {}

    /// False: there is not so much left, and nothing is taken.
    [[nodiscard]] bool take(std::size_t bytes) noexcept {
        if (used_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= most_) return true;
        give(bytes);
        return false;
    }
    void give(std::size_t bytes) noexcept { used_.fetch_sub(bytes, std::memory_order_relaxed); }
    [[nodiscard]] std::size_t used() const noexcept { return used_.load(std::memory_order_relaxed); }

  private:
    const std::size_t most_;
    std::atomic<std::size_t> used_{0};
};

/// What one object has taken of it, given back with the object.
class memory_share {
  public:
    explicit memory_share(memory_budget& budget) noexcept : budget_(budget) {}
    ~memory_share() { budget_.give(bytes_); }
    memory_share(const memory_share&) = delete;
    memory_share& operator=(const memory_share&) = delete;

    /// False: there is not so much left, and the share stays as it is.
    [[nodiscard]] bool grow_to(std::size_t bytes) noexcept {
        if (bytes <= bytes_) return true;
        if (!budget_.take(bytes - bytes_)) return false;
        bytes_ = bytes;
        return true;
    }

  private:
    memory_budget& budget_;
    std::size_t bytes_ = 0;
};

}  // namespace voltgate
