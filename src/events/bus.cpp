// Sequencing and handing out of events.
#include "events/bus.hpp"

#include "events/event_id.hpp"
#include "events/event_queue.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace voltgate {

std::uint64_t event_bus::publish(event&& e) {
    if (!wanted(e.type)) return skip();

    if (e.id == std::array<std::uint64_t, 2>{}) e.id = make_event_id(random_);
    const auto numbered = std::make_shared<event>(std::move(e));
    return queue(numbered, true);
}

void event_bus::deliver(event&& e) {
    last_sequence_.store(e.sequence, std::memory_order_relaxed);
    queue(std::make_shared<event>(std::move(e)), false);
}

std::uint64_t event_bus::queue(const std::shared_ptr<event>& e, bool number) {
    const event_ptr shared = e;
    std::vector<event_queue::completion> ready;
    {
        // Numbering and queueing under one lock: that is what makes every reader see the numbers ascending.
        const std::lock_guard lock(mutex_);
        if (number) e->sequence = skip();
        bool any_closed = false;
        for (const auto& queue : queues_) {
            any_closed = any_closed || queue->closed();
            if (!queue->wants(*shared)) continue;
            auto pushed = queue->push(shared);
            if (pushed.dropped) dropped_.fetch_add(1, std::memory_order_relaxed);
            if (pushed.ready) ready.push_back(std::move(*pushed.ready));
        }
        if (any_closed) forget_closed();
    }
    for (auto& completion : ready) std::move(completion).send();
    return shared->sequence;
}

std::shared_ptr<event_queue> event_bus::subscribe(event_filter filter, std::size_t capacity) {
    auto queue = std::make_shared<event_queue>(std::move(filter), capacity, completions_);
    {
        const std::lock_guard lock(mutex_);
        if (!closed_) {
            queues_.push_back(queue);
            forget_closed();
            return queue;
        }
    }
    queue->end();
    return queue;
}

void event_bus::close() {
    std::vector<std::shared_ptr<event_queue>> queues;
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        queues.swap(queues_);
        wanted_types_.store(0, std::memory_order_release);
    }
    for (const auto& queue : queues) queue->end();
}

std::size_t event_bus::reader_count() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::count_if(queues_.begin(), queues_.end(), [](const auto& queue) { return !queue->closed(); }));
}

/// Under mutex_. Queues do not know the bus, so that a stream may outlive it: those closed by their readers are
/// found here, at the next event or subscription.
void event_bus::forget_closed() {
    std::erase_if(queues_, [](const auto& queue) { return queue->closed(); });
    std::uint32_t types = 0;
    for (const auto& queue : queues_) types |= queue->wanted_types();
    wanted_types_.store(types, std::memory_order_release);
}

}  // namespace voltgate
