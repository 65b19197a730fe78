// Memory of pending operations: small blocks, taken from and given back to lists of the running thread. Asio's own
// recycler keeps two blocks a thread, fewer than a message has operations, and may leave a large one under a small
// wait.
#pragma once

#include "async/io_types.hpp"

#include <boost/asio/bind_allocator.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>

namespace voltgate {

/// The lists of one thread; for op_allocator.
class op_blocks {
  public:
    static constexpr std::size_t largest = 1024;

    [[nodiscard]] static void* take(std::size_t size) {
        const std::size_t c = class_of(size);
        if (c >= class_count) return ::operator new(size);
        auto& list = lists_[c];
        if (!list.first) return ::operator new((c + 1) * step);
        block* b = list.first;
        list.first = b->next;
        --list.size;
        return b;
    }

    static void give(void* memory, std::size_t size) noexcept {
        const std::size_t c = class_of(size);
        if (c >= class_count || lists_[c].size >= most_kept) {
            ::operator delete(memory);
            return;
        }
        auto* b = new (memory) block;
        b->next = lists_[c].first;
        lists_[c].first = b;
        ++lists_[c].size;
    }

    /// Frees what the thread holds; before it ends.
    static void clear() noexcept {
        for (auto& list : lists_) {
            while (list.first) {
                block* b = list.first;
                list.first = b->next;
                ::operator delete(b);
            }
            list.size = 0;
        }
    }

  private:
    struct block {
        block* next = nullptr;
    };
    struct list {
        block* first;
        std::uint32_t size;
    };
    static constexpr std::size_t step = 64;
    static constexpr std::size_t class_count = largest / step;
#if defined(BOOST_ASIO_DISABLE_SMALL_BLOCK_RECYCLING)
    static constexpr std::uint32_t most_kept = 0;  // AddressSanitizer is to see every use after free
#else
    static constexpr std::uint32_t most_kept = 64;
#endif

    static constexpr std::size_t class_of(std::size_t size) noexcept { return (size - 1) / step; }

    static inline thread_local constinit std::array<list, class_count> lists_{};
};

template <class T>
struct op_allocator {
    using value_type = T;
    op_allocator() = default;
    template <class U>
    op_allocator(const op_allocator<U>&) noexcept {}  // implicit: allocators convert

    [[nodiscard]] T* allocate(std::size_t n) { return static_cast<T*>(op_blocks::take(n * sizeof(T))); }
    void deallocate(T* p, std::size_t n) noexcept { op_blocks::give(p, n * sizeof(T)); }

    template <class U>
    friend bool operator==(const op_allocator&, const op_allocator<U>&) noexcept {
        return true;
    }
};

/// as_result for what is awaited for every message.
[[nodiscard]] inline auto as_result_often() { return asio::bind_allocator(op_allocator<void>(), as_result); }

}  // namespace voltgate
