// Leased frames: one immutable text each, shared by handler, history and outbox, returned to their thread's pool.
#pragma once

#include "events/memory_budget.hpp"
#include "websocket/frame.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace voltgate {

class frame_pool;

/// The text of one message, in either direction. Written by its first owner, read by all others.
struct frame {
    std::string text;
    std::chrono::system_clock::time_point received;  // of its last byte; set for inbound frames
    std::chrono::steady_clock::time_point received_steady;
    std::chrono::steady_clock::time_point not_before;    // when its turn comes; none: at once
    std::unique_ptr<memory_share> share;                 // of what large messages may take together; most take none
    websocket::frame_head head;                          // before the text, once it is written
    websocket::opcode opcode = websocket::opcode::text;  // of what is sent
    frame* next = nullptr;  // in the one list that holds it (inbound queue, outbox); owned by that list

  private:
    friend class frame_pool;
    friend class frame_ptr;
    std::atomic<std::uint32_t> references{0};
    frame_pool* home = nullptr;
};

/// Counted reference. Copies may travel between threads; the last one on the pool's own thread recycles the frame.
class frame_ptr {
  public:
    frame_ptr() = default;
    explicit frame_ptr(frame* f) noexcept : frame_(f) {
        if (frame_) frame_->references.fetch_add(1, std::memory_order_relaxed);
    }
    frame_ptr(const frame_ptr& other) noexcept : frame_ptr(other.frame_) {}
    frame_ptr(frame_ptr&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
    frame_ptr& operator=(frame_ptr other) noexcept {
        std::swap(frame_, other.frame_);
        return *this;
    }
    ~frame_ptr() { release(); }

    /// Gives its reference away, and takes one over: for lists that link frames themselves.
    [[nodiscard]] frame* detach() noexcept { return std::exchange(frame_, nullptr); }
    [[nodiscard]] static frame_ptr adopt(frame* f) noexcept {
        frame_ptr p;
        p.frame_ = f;
        return p;
    }

    [[nodiscard]] frame* get() const noexcept { return frame_; }
    frame* operator->() const noexcept { return frame_; }
    frame& operator*() const noexcept { return *frame_; }
    explicit operator bool() const noexcept { return frame_ != nullptr; }

  private:
    void release() noexcept;
    frame* frame_ = nullptr;
};

/// A bounded stock of frames for one I/O thread. lease() is for that thread only.
class frame_pool {
  public:
    frame_pool();
    ~frame_pool();
    frame_pool(const frame_pool&) = delete;
    frame_pool& operator=(const frame_pool&) = delete;

    /// An empty frame, with capacity for an ordinary message.
    [[nodiscard]] frame_ptr lease();

  private:
    friend class frame_ptr;
    void take_back(frame* f) noexcept;

    static constexpr std::size_t most_kept = 128;
    static constexpr std::size_t most_kept_capacity = 8 * 1024;  // larger texts are freed, not kept
    static constexpr std::size_t usual_capacity = 1024;

    std::vector<frame*> free_;
};

/// First in, first out, through frame::next; holds one reference to each.
class frame_list {
  public:
    frame_list() = default;
    ~frame_list() { clear(); }
    frame_list(const frame_list&) = delete;
    frame_list& operator=(const frame_list&) = delete;

    void push(frame_ptr f) noexcept;
    [[nodiscard]] frame_ptr pop() noexcept;       // null when empty
    [[nodiscard]] frame_ptr pop_back() noexcept;  // null when empty; looks at all
    void clear() noexcept;
    [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }  // of their texts
    [[nodiscard]] const frame* front() const noexcept { return first_; }

  private:
    frame* first_ = nullptr;
    frame* last_ = nullptr;
    std::size_t bytes_ = 0;
    std::uint32_t size_ = 0;
};

}  // namespace voltgate
