#include "session/correlation_future.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>

#include <utility>

namespace voltgate {

correlation_future::~correlation_future() {
    if (ticket_ != 0 && !result_) session_->forget_waiter(ticket_);
}

void correlation_future::has_turn() {
    has_turn_ = true;
    changed_.notify_all();
}

void correlation_future::has_ended(command_result r) {
    result_ = std::move(r);
    changed_.notify_all();
    ended_.emit(asio::cancellation_type::terminal);
}

io_awaitable<bool> correlation_future::async_turn(std::unique_ptr<outbound_call> call) {
    ticket_ = call->ticket;
    call->waiter = this;
    session_->submit(std::move(call));
    while (!has_turn_ && !result_) co_await changed_.async_wait(timers(), as_result);
    co_return !result_;
}

io_awaitable<bool> correlation_future::async_prepare(io_awaitable<bool> preparation) {
    auto token = asio::bind_cancellation_slot(ended_.slot(), as_result);
    const io_executor here = session_->thread().executor();
    auto [failure, done] = co_await asio::co_spawn(here, std::move(preparation), std::move(token));
    co_return !failure && done;
}

io_awaitable<void> correlation_future::async_call() {
    if (!result_) session_->let_go(ticket_);
    while (!result_) co_await changed_.async_wait(timers(), as_result);
}

void correlation_future::refuse(reason why, std::string text) {
    if (!result_) session_->refuse(ticket_, why, std::move(text));
}

}  // namespace voltgate
