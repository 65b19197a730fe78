// Deadlines of one thread, at the cost of a list operation each: a hierarchical wheel of intrusive nodes. Pure: time
// comes in as an argument. Below it thread_timers has the one alarm that the thread is woken by.
#pragma once

#include "async/deadline.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace voltgate {

/// A place in a circular list.
class wheel_link {
  public:
    wheel_link() noexcept = default;
    wheel_link(const wheel_link&) = delete;
    wheel_link& operator=(const wheel_link&) = delete;

  protected:
    ~wheel_link() = default;

  private:
    friend class timing_wheel;
    friend class wheel_node;
    void unlink() noexcept {
        next_->prev_ = prev_;
        prev_->next_ = next_;
        next_ = prev_ = this;
    }
    [[nodiscard]] bool alone() const noexcept { return next_ == this; }

    wheel_link* next_ = this;
    wheel_link* prev_ = this;
};

/// What is called when a node is due.
struct wheel_call {
    void (*function)(void* context, std::chrono::steady_clock::time_point now);
    void* context;
};

/// A member function of `owner` as such a call.
template <auto Member, class Owner>
[[nodiscard]] wheel_call calling(Owner& owner) noexcept {
    return {
        [](void* context, std::chrono::steady_clock::time_point now) { (static_cast<Owner*>(context)->*Member)(now); },
        &owner};
}

/// Part of what has a deadline. Takes itself out of the wheel when it goes.
class wheel_node : private wheel_link {
  public:
    explicit wheel_node(wheel_call call) noexcept : call_(call) {}
    ~wheel_node() { disarm(); }

    void disarm() noexcept { unlink(); }
    [[nodiscard]] bool armed() const noexcept { return !alone(); }
    /// When it was armed for.
    [[nodiscard]] deadline due() const noexcept { return armed() ? deadline::at(at_) : deadline::never(); }

  private:
    friend class timing_wheel;

    std::chrono::steady_clock::time_point at_{};
    wheel_call call_;
};

class timing_wheel {
  public:
    using time_point = std::chrono::steady_clock::time_point;

    /// How much later than it is due a node may be called, if advance() is called when next() says.
    static constexpr std::chrono::nanoseconds tick{std::int64_t{1} << 23};

    explicit timing_wheel(time_point now) noexcept : now_(tick_of(now)) {}
    timing_wheel(const timing_wheel&) = delete;
    timing_wheel& operator=(const timing_wheel&) = delete;
    ~timing_wheel();  // nodes that are left are disarmed

    /// Its call comes once, from the first advance() with a time that is not before `at`. Moving an armed node to a
    /// later time is one store. `never` disarms it.
    void arm(wheel_node& node, deadline at) noexcept;

    /// Calls what is due, the earlier ticks first. A call may arm and disarm any node and destroy any, with its owner;
    /// what it arms is called with the next advance() at the earliest. What it throws is thrown on, and the others
    /// follow with the next advance().
    void advance(time_point now);

    /// When advance() has something to do next; not later than a tick after the first node is due.
    [[nodiscard]] deadline next() noexcept;

  private:
    static constexpr unsigned slot_bits = 6;
    static constexpr std::size_t slots = std::size_t{1} << slot_bits;
    static constexpr std::size_t levels = 7;  // all that a time_point can be

    struct list : wheel_link {};
    struct place {
        std::size_t level;
        std::size_t slot;
        std::uint64_t start;  // its first tick
    };

    [[nodiscard]] static std::uint64_t tick_of(time_point t) noexcept;
    static void append(wheel_link& list, wheel_link& one) noexcept;
    void insert(wheel_node& node) noexcept;
    /// The earliest place that is not empty; false: there is none.
    [[nodiscard]] bool find_first(place& found) noexcept;
    void gather(list& from, time_point now) noexcept;

    std::uint64_t now_;  // in ticks
    // Of level n a slot has 64^n ticks. A node stands on the lowest level that tells its tick from now_.
    std::array<std::uint64_t, levels> used_{};  // a bit for each slot; set where a list may have something
    std::array<std::array<list, slots>, levels> lists_;
    list due_;  // nodes whose call comes now
};

}  // namespace voltgate
