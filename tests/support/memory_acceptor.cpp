#include "support/memory_acceptor.hpp"

#include <boost/asio/error.hpp>

#include <utility>

namespace voltgate::test {

std::unique_ptr<memory_end> memory_acceptor::connect(const asio::ip::tcp::endpoint& from) {
    auto [gateway, client] = memory_end::pair(thread_.executor(), capacity_);
    waiting_.push_back({transport(std::move(gateway)), from});
    came_.notify_all();
    return std::move(client);
}

io_awaitable<error_code> memory_acceptor::accept(const io_executor&, http::arrival& into) {
    while (waiting_.empty() && !closed_) {
        co_await came_.async_wait(thread_.io.timers, as_result);
    }
    if (closed_) co_return asio::error::operation_aborted;
    into = std::move(waiting_.front());
    waiting_.pop_front();
    co_return error_code();
}

void memory_acceptor::close() {
    closed_ = true;
    waiting_.clear();
    came_.notify_all();
}

}  // namespace voltgate::test
