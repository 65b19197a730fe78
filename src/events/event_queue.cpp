// The bounded queue of one reader.
#include "events/event_queue.hpp"

#include "config/pattern.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/prefer.hpp>

#include <algorithm>
#include <utility>

namespace voltgate {

namespace {

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

constexpr std::uint32_t bit(event_type t) noexcept { return std::uint32_t{1} << static_cast<unsigned>(t); }
static_assert(event_type_count < 32);

std::uint32_t type_bits(const std::vector<event_type>& types) noexcept {
    if (types.empty()) return (std::uint32_t{1} << event_type_count) - 1;
    std::uint32_t bits = 0;
    for (const auto t : types) bits |= bit(t);
    return bits;
}

}  // namespace

void event_queue::completion::send() && {
    const auto deliver_on = std::move(to.deliver_on);
    deliver_on.execute([done = std::move(*this)]() mutable {
        const auto own_executor = std::move(done.to.work);
        own_executor.execute(
            [inner = std::move(done)]() mutable { std::move(inner.to.handler)(inner.error, std::move(inner.item)); });
    });
}

event_queue::event_queue(event_filter filter, std::size_t capacity, asio::any_io_executor fallback)
    : charge_point_id_(std::move(filter.charge_point_id)),
      charge_points_(std::move(filter.charge_points)),
      accepts_(std::move(filter.accepts)),
      types_(type_bits(filter.types)),
      capacity_(std::max<std::size_t>(capacity, 1)),
      fallback_(std::move(fallback)) {}

bool event_queue::wants(const event& e) const {
    return (types_ & bit(e.type)) != 0 &&
           (charge_point_id_.empty() || equal_ignoring_case(charge_point_id_, e.charge_point_id)) &&
           (charge_points_.empty() || settings::matches_any(charge_points_, e.charge_point_id)) &&
           (!accepts_ || accepts_(e.charge_point_id));
}

event_queue::push_result event_queue::push(const event_ptr& e) {
    push_result result;
    const std::lock_guard lock(mutex_);
    if (ended_ || closed()) return result;
    waiting_.push_back(e);
    if (waiter_) {
        result.ready = settle(*waiter_);
        waiter_.reset();
    } else if (waiting_.size() > capacity_) {
        waiting_.pop_front();
        ++missed_;
        result.dropped = true;
    }
    return result;
}

void event_queue::end() {
    std::optional<completion> aborted;
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        fallback_ = {};  // a stream may outlive the threads it came from
        aborted = abort_waiter();
    }
    if (aborted) std::move(*aborted).send();
}

bool event_queue::over() const {
    const std::lock_guard lock(mutex_);
    return ended_ && waiting_.empty();
}

void event_queue::next(next_handler handler, asio::any_completion_executor deliver_on) {
    const auto own_executor = asio::get_associated_executor(handler, deliver_on);
    waiter w{std::move(handler), asio::prefer(own_executor, asio::execution::outstanding_work.tracked),
             std::move(deliver_on)};
    std::optional<completion> ready;
    {
        const std::lock_guard lock(mutex_);
        ready = settle(w);
        w.number = ++last_number_;
    }
    if (!ready) {
        // The slot belongs to the handler's side: after the next block, which may let another thread complete it,
        // it must not be touched from here.
        auto slot = asio::get_associated_cancellation_slot(w.handler);
        if (slot.is_connected())
            slot.assign([weak = weak_from_this(), number = w.number](asio::cancellation_type type) {
                if (type == asio::cancellation_type::none) return;
                if (const auto self = weak.lock()) self->cancel(number);
            });
        const std::lock_guard lock(mutex_);
        ready = settle(w);
        if (!ready) waiter_.emplace(std::move(w));
    }
    if (ready) std::move(*ready).send();
}

std::vector<stream_item> event_queue::take(std::size_t limit) {
    std::vector<stream_item> items;
    const std::lock_guard lock(mutex_);
    const auto count = std::min(limit, waiting_.size());
    items.reserve(count);
    for (std::size_t i = 0; i < count; ++i) items.push_back(pop());
    return items;
}

void event_queue::close() {
    std::optional<completion> aborted;
    std::deque<event_ptr> unread;
    {
        const std::lock_guard lock(mutex_);
        closed_.store(true, std::memory_order_release);
        unread.swap(waiting_);
        aborted = abort_waiter();
    }
    if (aborted) std::move(*aborted).send();
}

asio::any_io_executor event_queue::fallback() const {
    const std::lock_guard lock(mutex_);
    return fallback_;
}

std::optional<event_queue::completion> event_queue::settle(waiter& w) {
    const bool is_second = waiter_ && &*waiter_ != &w;
    if (is_second) return completion{std::move(w), asio::error::already_started, {}};
    if (!waiting_.empty()) return completion{std::move(w), {}, pop()};
    if (ended_ || closed()) return completion{std::move(w), asio::error::operation_aborted, {}};
    return std::nullopt;
}

std::optional<event_queue::completion> event_queue::abort_waiter() {
    if (!waiter_) return std::nullopt;
    completion aborted{std::move(*waiter_), asio::error::operation_aborted, {}};
    waiter_.reset();
    return aborted;
}

stream_item event_queue::pop() {
    stream_item item;
    item.event = std::move(waiting_.front());
    item.missed = std::exchange(missed_, 0);
    waiting_.pop_front();
    return item;
}

void event_queue::cancel(std::uint64_t number) {
    std::optional<completion> aborted;
    {
        const std::lock_guard lock(mutex_);
        if (waiter_ && waiter_->number == number) aborted = abort_waiter();
    }
    if (aborted) std::move(*aborted).send();
}

}  // namespace voltgate
