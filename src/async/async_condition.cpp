#include "async/async_condition.hpp"

#include <boost/asio/append.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include <memory>

namespace voltgate {

async_condition::~async_condition() {
    while (first_) first_->complete(asio::error::operation_aborted);
}

void async_condition::start_wait(thread_timers& timers, deadline until,
                                 asio::any_completion_handler<void(error_code)> handler) {
    auto wait = std::make_unique<condition_wait>(timers, std::move(handler));
    wait->enter(&condition_wait::in_condition_, first_);
    timers.arm(wait->node_, until);
    static_cast<void>(wait.release());  // it has its own end
}

void async_condition::wake_all() {
    while (first_) first_->complete({});
}

condition_wait::condition_wait(thread_timers& timers, asio::any_completion_handler<void(error_code)> handler)
    : handler_(std::move(handler)), work_(timers.executor()) {
    auto slot = asio::get_associated_cancellation_slot(handler_);
    if (slot.is_connected()) {
        slot.assign([this](asio::cancellation_type type) {
            if (type != asio::cancellation_type::none) complete(asio::error::operation_aborted);
        });
    }
    enter(&condition_wait::in_thread_, timers.waits_);
}

condition_wait::~condition_wait() {
    leave(&condition_wait::in_condition_);
    leave(&condition_wait::in_thread_);
}

void condition_wait::enter(hook condition_wait::* of, condition_wait*& first) noexcept {
    hook& mine = this->*of;
    mine.next = first;
    mine.link = &first;
    if (first) (first->*of).link = &mine.next;
    first = this;
}

void condition_wait::leave(hook condition_wait::* of) noexcept {
    hook& mine = this->*of;
    if (!mine.link) return;
    *mine.link = mine.next;
    if (mine.next) (mine.next->*of).link = mine.link;
    mine = {};
}

void condition_wait::on_due(std::chrono::steady_clock::time_point) {
    complete(in_condition_.link ? error_code(asio::error::timed_out) : error_code());
}

void condition_wait::complete(error_code ec) {
    const std::unique_ptr<condition_wait> mine(this);
    auto handler = std::move(handler_);
    auto slot = asio::get_associated_cancellation_slot(handler);
    if (slot.is_connected()) slot.clear();  // it would find nobody
    asio::post(work_.get_executor(), asio::append(std::move(handler), ec));
}

}  // namespace voltgate
