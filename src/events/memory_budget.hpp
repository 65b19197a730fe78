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

}  // namespace voltgate
